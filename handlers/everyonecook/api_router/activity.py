"""When users were last there: noted beside the request, never in its way."""

from __future__ import annotations

from threading import Thread

from boto3.dynamodb.conditions import Attr
from botocore.exceptions import BotoCoreError, ClientError

from kitchen import changes, clock
from kitchen.keys import limits, people
from kitchen.logs import logger
from kitchen.memory import Memory

# Long enough to look at a month and at the same month of the year before.
LOG_DAYS = 400
# How long an answer waits for a note that is still being written.
PATIENCE_SECONDS = 0.1

_profiles: Memory[bool] = Memory(5 * clock.MINUTE)
_hours: Memory[str] = Memory(clock.HOUR)


def track(user_id: str, now: int) -> Thread | None:
    """Begin to note that a user is there, where this container has not just done so."""
    hour = limits.activity(user_id, now)["SK"]
    profile_due = _profiles.get(user_id, now) is None
    hour_due = _hours.get(user_id, now) != hour
    if not (profile_due or hour_due):
        return None
    _profiles.put(user_id, True, now) if profile_due else None
    _hours.put(user_id, hour, now) if hour_due else None
    thread = Thread(target=_note, args=(user_id, now, profile_due, hour_due), daemon=True)
    thread.start()
    return thread


def forget() -> None:
    """Forget who was there, as a new container would."""
    _profiles.clear()
    _hours.clear()


def note_profile(user_id: str, now: int) -> None:
    """Write the time into the profile, if there is one."""
    changes.update(people.profile(user_id), {"lastActivityAt": now}, when=Attr("username").exists())


def note_hour(user_id: str, now: int) -> None:
    """Count the user in the hour of the Vietnamese calendar."""
    hour = clock.local(now)
    changes.update(
        limits.activity(user_id, now),
        {
            "userId": user_id,
            "hour": hour.hour,
            "date": f"{hour:%Y-%m-%d}",
            "lastActivityAt": now,
            "ttl": clock.seconds(now) + LOG_DAYS * 86_400,
        },
        once={"firstActivityAt": now},
        add={"activityCount": 1},
    )


def _note(user_id: str, now: int, profile_due: bool, hour_due: bool) -> None:
    try:
        if hour_due:
            note_hour(user_id, now)
        if profile_due:
            note_profile(user_id, now)
    except changes.ConditionFailed:
        # no profile yet: its first reading makes one
        return
    except (BotoCoreError, ClientError):
        logger.warning("a user's activity could not be noted", exc_info=True)
