from __future__ import annotations

import pytest
import world
from kitchen import notifications, table
from kitchen.keys import people
from world import ALICE, BOB, NOW

pytestmark = pytest.mark.usefixtures("aws")


def test_a_notification_lies_with_its_recipient_by_time_for_thirty_days() -> None:
    made = notifications.notify(
        BOB, "new_comment", NOW, actor=ALICE, resource_id="p", resource_type="post", metadata={"a": 1}
    )
    (item,) = table.query(f"USER#{BOB}", prefix="NOTIFICATION#").items
    assert item == {
        "PK": f"USER#{BOB}",
        "SK": f"NOTIFICATION#2026-03-04T05:06:07.089Z#{made}",
        "notificationId": made,
        "userId": BOB,
        "type": "new_comment",
        "actorId": ALICE,
        "resourceId": "p",
        "resourceType": "post",
        "metadata": {"a": 1},
        "isRead": False,
        "createdAt": "2026-03-04T05:06:07.089Z",
        "ttl": 1_772_600_767 + 30 * 86_400,
    }


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    assert notifications.notify(ALICE, "new_reaction", NOW, actor=ALICE) is None
    assert world.items() == []


def test_what_is_switched_off_is_not_written() -> None:
    world.put({**people.notification_preferences(BOB), "preferences": {"new_reaction": False}})
    assert notifications.notify(BOB, "new_reaction", NOW, actor=ALICE) is None
    assert notifications.notify(BOB, "new_comment", NOW, actor=ALICE) is not None


@pytest.mark.parametrize(
    ("kind", "switch"),
    [
        ("new_reaction", "new_reaction"),
        ("new_comment", "new_comment"),
        ("comment_reply", "comment_reply"),
        ("friend_request", "new_friend_request"),
        ("friend_accepted", "friend_accepted"),
        ("post_shared", "post_shared"),
        ("post_hidden", "post_hidden"),
        ("comment_hidden", "post_hidden"),
    ],
)
def test_each_kind_listens_to_its_switch(kind: str, switch: str) -> None:
    world.put({**people.notification_preferences(BOB), "preferences": {switch: False}})
    assert notifications.notify(BOB, kind, NOW, actor=ALICE) is None


@pytest.mark.parametrize("kind", ["mention", "WARNING", "POST_HIDDEN", "account_banned", "APPEAL_APPROVED"])
def test_what_has_no_switch_always_arrives(kind: str) -> None:
    off = dict.fromkeys(notifications.SWITCHES, False)
    world.put({**people.notification_preferences(BOB), "preferences": off})
    assert notifications.notify(BOB, kind, NOW, keep_seconds=notifications.ADMIN_TTL) is not None


def test_without_preferences_everything_is_wanted() -> None:
    assert notifications.preferences(BOB) == {
        "preferences": {
            "new_reaction": True,
            "new_comment": True,
            "new_friend_request": True,
            "friend_accepted": True,
            "post_shared": True,
            "post_hidden": True,
            "comment_reply": True,
        },
        "pushEnabled": True,
        "emailEnabled": True,
    }
