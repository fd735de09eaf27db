"""The caller's privacy settings."""

from __future__ import annotations

from typing import Any

from auth_user.models import UpdatePrivacyRequest
from kitchen import changes, levels, table
from kitchen.errors import BadRequest, NotFound
from kitchen.keys import people
from kitchen.routes import Call, Routes

routes = Routes()

# Forms of older days, which the first change does away with.
_LEGACY = ("fieldPrivacy", *(f"show{name[0].upper()}{name[1:]}" for name in levels.DEFAULTS))


@routes.get("/users/profile/privacy")
def get_privacy(call: Call) -> dict[str, Any]:
    """Who sees what of the caller."""
    settings = table.get(people.privacy(call.user_id))
    if settings is None:
        raise NotFound("there are no privacy settings yet")
    return {"privacy": {**levels.effective(settings), **levels.FIXED}}


@routes.put("/users/profile/privacy", body=UpdatePrivacyRequest)
def put_privacy(call: Call) -> dict[str, Any]:
    """Change who sees what of the caller."""
    return {"privacy": change(call.user_id, call.body.model_dump(exclude_unset=True), call.now)}


def change(user_id: str, wanted: dict[str, str], now: int) -> dict[str, str]:
    """Change some levels; what older forms of the settings say of the others is kept."""
    if not wanted:
        raise BadRequest("name at least one field")
    key = people.privacy(user_id)
    held = table.get(key, consistent=True)
    others = {name: level for name, level in levels.effective(held).items() if name not in wanted}
    stale = [name for name in _LEGACY if held and name in held]
    item = changes.update(
        key, {**wanted, "userId": user_id, "updatedAt": now}, once={**others, "createdAt": now}, remove=stale
    )
    return {**levels.effective(item), **levels.FIXED}
