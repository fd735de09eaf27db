"""The handlers under test: their variables, their table, their bucket, their user pool's key."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import RLock
from typing import Any

# moto must be there before any client is made
import moto
import pytest
from moto.core.botocore_stubber import BotocoreStubber

sys.path[:0] = [str(Path(__file__).parents[2] / "scripts"), str(Path(__file__).parent)]

from stand_ins import STAND_INS, prepare  # noqa: E402 - found by the line above

os.environ.pop("AWS_ENDPOINT_URL", None)
os.environ.update(STAND_INS)
prepare()

import world  # noqa: E402 - reads the variables set above
from brisk import make_brisk  # noqa: E402 - as above
from front import Front  # noqa: E402 - as above

make_brisk()

_ONE_AT_A_TIME = RLock()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table and the bucket as they are deployed, empty; each call to them is atomic, as in AWS."""
    answer = BotocoreStubber.process_request

    def one_at_a_time(self: BotocoreStubber, request: Any) -> Any:
        with _ONE_AT_A_TIME:
            return answer(self, request)

    monkeypatch.setattr(BotocoreStubber, "process_request", one_at_a_time)
    with moto.mock_aws():
        world.make_table()
        world.make_bucket()
        yield


@pytest.fixture
def front(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    """The API as the gateway calls it: the router, and behind it every module."""
    with Front.opened(monkeypatch) as opened:
        yield opened
