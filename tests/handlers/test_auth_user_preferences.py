from __future__ import annotations

from typing import Any

import pytest
import world
from front import Front
from world import ALICE, BOB

STABLE = "/users/profile/preferences/stable"
FREQUENT = "/users/profile/preferences/frequent"


def item(front: Front, path: str) -> dict[str, Any]:
    answer = front.get(path, who=ALICE)
    assert answer.status == 200
    found: dict[str, Any] = answer.body["data"]["item"]
    return {name: value for name, value in found.items() if name not in ("createdAt", "updatedAt")}


def test_stable_preferences_begin_with_their_defaults(front: Front) -> None:
    assert item(front, STABLE) == {
        "userId": ALICE,
        "skillLevel": "intermediate",
        "spiceLevel": "medium",
        "dietaryRestrictions": [],
        "dislikedIngredients": [],
        "favoriteCuisines": [],
        "budgetLevel": "moderate",
        "kitchenEquipment": ["stove", "oven", "microwave"],
    }
    assert world.item(f"USER#{ALICE}", "PREFERENCES#STABLE") is not None


def test_frequent_preferences_begin_with_their_defaults(front: Front) -> None:
    assert item(front, FREQUENT) == {
        "userId": ALICE,
        "recentIngredients": [],
        "recentMealTypes": [],
        "recentServings": 4,
        "recentMaxTime": 60,
    }
    assert world.item(f"USER#{ALICE}", "PREFERENCES#FREQUENT") is not None


def test_changed_stable_preferences_read_as_changed(front: Front) -> None:
    answer = front.put(STABLE, {"skillLevel": "expert", "budgetLevel": "", "dietaryRestrictions": ["nuts"]}, who=ALICE)
    assert answer.status == 200
    assert answer.body["data"]["item"]["skillLevel"] == "expert"
    read = item(front, STABLE)
    assert (read["skillLevel"], read["budgetLevel"], read["dietaryRestrictions"]) == ("expert", "", ["nuts"])
    assert read["spiceLevel"] == "medium"
    assert item(front, FREQUENT)["recentServings"] == 4


def test_only_the_last_of_what_is_recent_is_kept(front: Front) -> None:
    sent = {
        "recentIngredients": [f"i{number}" for number in range(25)],
        "recentMealTypes": ["snack"] * 3 + ["dinner"] * 9,
        "recentServings": 2,
    }
    answer = front.put(FREQUENT, sent, who=ALICE)
    assert answer.status == 200
    assert answer.body["data"]["item"]["lastUsedAt"].endswith("Z")
    read = item(front, FREQUENT)
    assert read["recentIngredients"] == [f"i{number}" for number in range(5, 25)]
    assert read["recentMealTypes"] == ["snack"] + ["dinner"] * 9
    assert (read["recentServings"], read["recentMaxTime"]) == (2, 60)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (STABLE, {}),
        (STABLE, {"skillLevel": "none"}),
        (STABLE, {"spiceLevel": "mild", "more": 1}),
        (STABLE, {"dietaryRestrictions": "nuts"}),
        (STABLE, {"dietaryRestrictions": ["x"] * 101}),
        (STABLE, {"kitchenEquipment": [None]}),
        (FREQUENT, {}),
        (FREQUENT, {"recentMealTypes": ["brunch"]}),
        (FREQUENT, {"recentServings": 0}),
        (FREQUENT, {"recentServings": "4"}),
        (FREQUENT, {"recentMaxTime": -1}),
    ],
)
def test_preferences_out_of_range_are_refused(front: Front, path: str, sent: dict[str, Any]) -> None:
    assert front.put(path, sent, who=ALICE).status == 400
    assert world.item(f"USER#{ALICE}", "PREFERENCES#STABLE") is None
    assert world.item(f"USER#{ALICE}", "PREFERENCES#FREQUENT") is None


def test_preferences_are_everybodys_own(front: Front) -> None:
    front.put(STABLE, {"skillLevel": "expert"}, who=BOB)
    assert item(front, STABLE)["skillLevel"] == "intermediate"
