"""What differs between the environments of EveryoneCook, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ecinfra.constructs import Capacity


@dataclass(frozen=True)
class Domains:
    """The names one environment answers to, all in one zone."""

    zone: str
    frontend: str
    api: str
    cdn: str


@dataclass(frozen=True)
class Settings:
    """One environment."""

    environment: str
    domains: Domains | None
    region: str = "ap-southeast-1"

    # The hosted zone and API Gateway's logging role exist once in an account: one environment owns them.
    owns_account: bool = False
    keep_data: bool = False
    key_pending_days: int = 7

    capacity: Capacity | None = None
    table_protected: bool = True
    table_recovery: bool = True
    bucket_versioned: bool = True
    pool_protected: bool = False

    api_cached: bool = False
    api_data_trace: bool = True
    requests_per_address: int = 2_000  # in five minutes
    localhost_allowed: bool = False
    costs_readable: bool = False

    log_days: int = 30
    log_level: str = "INFO"


prod = Settings(
    environment="prod",
    domains=Domains(
        zone="everyonecook.cloud",
        frontend="everyonecook.cloud",
        api="api.everyonecook.cloud",
        cdn="cdn.everyonecook.cloud",
    ),
    owns_account=True,
    keep_data=True,
    key_pending_days=30,
    capacity=Capacity(read=2, write=2, most=10, at=70),
    pool_protected=True,
    api_cached=True,
    api_data_trace=False,
    requests_per_address=5_000,
    costs_readable=True,
    log_days=90,
)

staging = Settings(
    environment="staging",
    domains=Domains(
        zone="everyonecook.cloud",
        frontend="staging.everyonecook.cloud",
        api="api-staging.everyonecook.cloud",
        cdn="cdn-staging.everyonecook.cloud",
    ),
    capacity=Capacity(read=2, write=2, most=10, at=70),
)

dev = Settings(
    environment="dev",
    domains=Domains(
        zone="everyonecook.cloud",
        frontend="dev.everyonecook.cloud",
        api="api-dev.everyonecook.cloud",
        cdn="cdn-dev.everyonecook.cloud",
    ),
    table_protected=False,
    table_recovery=False,
    bucket_versioned=False,
    localhost_allowed=True,
    log_days=7,
    log_level="DEBUG",
)

local = replace(
    dev,
    environment="local",
    domains=Domains(
        zone="everyonecook.test",
        frontend="everyonecook.test",
        api="api.everyonecook.test",
        cdn="cdn.everyonecook.test",
    ),
    owns_account=True,
)

ENVIRONMENTS = {settings.environment: settings for settings in (local, dev, staging, prod)}
