"""What a request says of a recipe, in the form recipes are kept in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kitchen.errors import BadRequest
from kitchen.pantry import ingredients as pantry
from kitchen.pantry.ingredients import Ingredient
from kitchen.text import sanitise

STEP_PICTURES = 3
SERVINGS = 4

Said = Mapping[str, Any]


def contents(said: Said, now: int) -> dict[str, Any]:
    """Everything a request says, its ingredients resolved; what it does not say is left out."""
    found: dict[str, Any] = {}
    if "title" in said:
        found["title"] = title(said["title"])
    if "description" in said:
        found["description"] = sanitise(said["description"])
    for name in ("servings", "cookingTime", "difficulty", "isFavorite", "nutrition"):
        if name in said:
            found[name] = said[name]
    if "steps" in said:
        found["steps"] = steps(said["steps"])
    if "images" in said or "steps" in said:
        found["images"] = images(said.get("images") or {}, said.get("steps") or ())
    if "ingredients" in said:
        resolved = pantry.resolve(named(said["ingredients"]), now)
        found["ingredients"] = [one.view() for one in resolved]
        if "nutrition" not in said:
            found["nutrition"] = pantry.contents(resolved, said.get("servings") or SERVINGS)
    return found


def title(text: str) -> str:
    """A title without its tags."""
    clean = sanitise(text)
    if not clean:
        raise BadRequest("title: nothing is left of it without its tags")
    return clean


def named(given: Iterable[str | Said]) -> list[Ingredient]:
    """Ingredients, each of which has a name."""
    found = [pantry.read(one) for one in given]
    listed = [one for one in found if one]
    if not listed or len(listed) < len(found):
        raise BadRequest("ingredients: each one needs a name")
    return listed


def steps(given: Iterable[str | Said]) -> list[dict[str, Any]]:
    """Steps, numbered as they come; pictures are kept with the recipe's others."""
    listed: list[dict[str, Any]] = []
    for at, one in enumerate(given, 1):
        said = {"instruction": one} if isinstance(one, str) else one
        instruction = sanitise(said.get("instruction") or said.get("description") or "")
        if not instruction:
            raise BadRequest(f"steps.{at - 1}: it has no instruction")
        step: dict[str, Any] = {"stepNumber": at, "instruction": instruction}
        if name := sanitise(said.get("title") or ""):
            step["title"] = name
        if said.get("duration") not in (None, ""):
            step["duration"] = said["duration"]
        listed.append(step)
    if not listed:
        raise BadRequest("steps: there must be one at least")
    return listed


def images(given: Said, listed: Iterable[str | Said]) -> dict[str, Any]:
    """The pictures of a recipe, of the whole and by step, wherever the request names them."""
    by_step = [list(one) for one in given.get("steps") or ()]
    for at, one in enumerate(listed):
        more = [] if isinstance(one, str) else one.get("images") or []
        if not more:
            continue
        by_step += [[] for _ in range(at + 1 - len(by_step))]
        by_step[at] = list(dict.fromkeys([*by_step[at], *more]))
        if len(by_step[at]) > STEP_PICTURES:
            raise BadRequest(f"steps.{at}: a step has at most {STEP_PICTURES} images")
    found: dict[str, Any] = {"steps": by_step}
    if given.get("completed"):
        found["completed"] = given["completed"]
    return found
