from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import world
from faults import unreachable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kitchen import limits, table
from kitchen.errors import TooManyRequests
from kitchen.limits import Limit
from world import NOW

pytestmark = pytest.mark.usefixtures("aws")
BRIEF = Limit(3, 10, lambda subject, _: {"PK": f"RATE_LIMIT#{subject}", "SK": "OPERATION#brief"}, "windowStart")


def test_the_tenth_profile_update_passes_and_the_eleventh_does_not() -> None:
    for number in range(10):
        assert limits.spend(limits.PROFILE_UPDATE, "u", NOW).count == number + 1
    with pytest.raises(TooManyRequests) as refused:
        limits.spend(limits.PROFILE_UPDATE, "u", NOW + 1_000)
    assert refused.value.retry_after == 899
    assert refused.value.headers == {
        "Retry-After": "899",
        "X-RateLimit-Limit": "10",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1772601667",
    }
    assert refused.value.details == {"limit": 10, "currentCount": 10, "resetAt": 1_772_601_667_089}
    assert world.item("RATE_LIMIT#u", "OPERATION#profile_update") == {
        "PK": "RATE_LIMIT#u",
        "SK": "OPERATION#profile_update",
        "windowStart": 1_772_600_767_089,
        "attempts": 10,
        "ttl": 1_772_600_767 + 900 + 86_400,
    }


def test_a_window_that_is_over_begins_anew() -> None:
    for _ in range(10):
        limits.spend(limits.PROFILE_UPDATE, "u", NOW)
    assert limits.spend(limits.PROFILE_UPDATE, "u", NOW + 900_000).count == 1


def test_friend_requests_are_counted_until_their_reset() -> None:
    limits.spend(limits.FRIEND_REQUEST, "u", NOW)
    assert world.item("RATE_LIMIT#u#send_friend_request", "METADATA") == {
        "PK": "RATE_LIMIT#u#send_friend_request",
        "SK": "METADATA",
        "count": 1,
        "resetAt": 1_772_600_767 + 86_400,
        "ttl": 1_772_600_767 + 86_400 + 86_400,
    }
    assert limits.spend(limits.FRIEND_REQUEST, "u", NOW + 1).count == 2
    assert limits.spend(limits.FRIEND_REQUEST, "u", NOW + 86_401_000).count == 1


def test_suggestions_are_counted_by_the_utc_day() -> None:
    spent = [limits.spend(limits.AI_SUGGESTION, "u", NOW) for _ in range(5)]
    assert [part.remaining for part in spent] == [4, 3, 2, 1, 0]
    assert spent[0].resets_at == 1_772_668_800_000
    with pytest.raises(TooManyRequests):
        limits.spend(limits.AI_SUGGESTION, "u", NOW)
    assert limits.spend(limits.AI_SUGGESTION, "u", NOW + 86_400_000).count == 1
    assert world.item("RATE_LIMIT#AI#u", "DATE#2026-03-04") == {
        "PK": "RATE_LIMIT#AI#u",
        "SK": "DATE#2026-03-04",
        "count": 5,
        "ttl": 1_772_600_767 + 86_400,
        "updatedAt": "2026-03-04T05:06:07.089Z",
    }


def test_looking_at_a_limit_spends_nothing() -> None:
    limits.spend(limits.AI_SUGGESTION, "u", NOW)
    limits.spend(limits.PROFILE_UPDATE, "u", NOW)
    assert limits.look(limits.AI_SUGGESTION, "u", NOW).count == 1
    assert limits.look(limits.AI_SUGGESTION, "u", NOW).count == 1
    assert limits.look(limits.PROFILE_UPDATE, "u", NOW).count == 1
    assert limits.look(limits.PROFILE_UPDATE, "u", NOW + 900_000).count == 0
    assert limits.look(limits.FRIEND_REQUEST, "u", NOW).count == 0


def test_everybody_has_limits_of_their_own() -> None:
    for _ in range(10):
        limits.spend(limits.AVATAR_UPLOAD, "u", NOW)
    assert limits.spend(limits.AVATAR_UPLOAD, "v", NOW).count == 1
    assert limits.spend(limits.BACKGROUND_UPLOAD, "u", NOW).count == 1


def test_a_limiter_that_does_not_answer_lets_the_request_pass() -> None:
    with unreachable(table.client, "UpdateItem"):
        assert limits.spend(limits.PROFILE_UPDATE, "u", NOW).count == 0
    with unreachable(table.client, "GetItem"):
        assert limits.look(limits.PROFILE_UPDATE, "u", NOW).count == 0


def test_many_at_once_never_spend_more_than_there_is() -> None:
    def spend(_: int) -> bool:
        try:
            limits.spend(BRIEF, "u", NOW)
        except TooManyRequests:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(spend, range(24))) == 3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 6), max_size=20), st.integers(0, 10**9))
def test_no_window_ever_lets_more_pass_than_its_limit(steps: list[int], subject: int) -> None:
    now, passed = NOW, []
    for step in steps:
        now += step * 1_000
        try:
            limits.spend(BRIEF, f"{subject}{steps}", now)
        except TooManyRequests:
            continue
        passed.append(now)
    starts: list[int] = []
    for moment in passed:
        if not starts or moment >= starts[-1] + 10_000:
            starts.append(moment)
    assert all(sum(start <= moment < start + 10_000 for moment in passed) <= 3 for start in starts)
