"""How every AWS client of ours behaves: short waits, few tries."""

from __future__ import annotations

from botocore.config import Config

# A request has 29 s at the gateway: better an early failure than a late one.
PATIENT = Config(
    connect_timeout=2,
    read_timeout=8,
    retries={"mode": "standard", "total_max_attempts": 3},
    tcp_keepalive=True,
)
