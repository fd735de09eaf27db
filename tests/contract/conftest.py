from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A system that has no function yet."""
    return Shop(tmp_path)
