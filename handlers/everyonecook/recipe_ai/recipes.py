"""The caller's recipes: made, read, changed, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from kitchen import changes, limits, users
from kitchen import recipes as kept
from kitchen.errors import BadRequest, Forbidden, NotFound
from kitchen.keys import recipes as keys
from kitchen.pantry import ingredients as pantry
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item
from recipe_ai import content, pictures
from recipe_ai.models import AiRecipeRequest, CreateRecipeRequest, UpdateRecipeRequest
from recipe_ai.reading import may_read

routes = Routes()

# Recipes of others: only their owner's heart may be put on them.
READ_ONLY = ("saved", "imported")


@routes.post("/recipes", body=CreateRecipeRequest)
def create(call: Call) -> Answer:
    """Create a recipe by hand."""
    said = call.body.model_dump(exclude_unset=True)
    return Answer({"recipe": add(call.user_id, "manual", said, call.now)}, 201)


@routes.post("/recipes/generate-ai", body=AiRecipeRequest)
def store_suggested(call: Call) -> Answer:
    """Keep a suggested dish."""
    said = call.body.model_dump(exclude_none=True)
    return Answer({"recipe": add(call.user_id, "ai", of_suggestion(said), call.now)}, 201)


@routes.get("/recipes/{recipeId}")
def get(call: Call) -> Answer:
    """A recipe in full."""
    recipe = found(call.path["recipeId"])
    if not may_read(recipe, call.user_id):
        raise Forbidden("this recipe is not shared with you")
    return Answer({"recipe": users.attributes(recipe)}, headers={"Cache-Control": "private, max-age=300"})


@routes.put("/recipes/{recipeId}", body=UpdateRecipeRequest)
def update(call: Call) -> dict[str, Any]:
    """Change a recipe."""
    recipe = own(call.path["recipeId"], call.user_id)
    return {"recipe": change(recipe, call.body.model_dump(exclude_unset=True), call.now)}


@routes.delete("/recipes/{recipeId}")
def delete(call: Call) -> dict[str, Any]:
    """Delete a recipe and its pictures."""
    recipe = own(call.path["recipeId"], call.user_id)
    kept.remove(recipe)
    pictures.clear(call.user_id, recipe["recipeId"], pictures.all_of(recipe.get("images") or {}))
    return {"message": "the recipe is deleted", "recipeId": recipe["recipeId"]}


def add(owner: str, source: str, said: Mapping[str, Any], now: int) -> Item:
    """Put a new recipe among its owner's and return it; ten on a day."""
    checked(said)
    limits.spend(limits.CREATE_RECIPE, owner, now)
    recipe = kept.new_recipe(str(uuid4()), owner, source, content.contents(said, now), now)
    kept.add(recipe, now)
    return users.attributes(recipe)


def checked(said: Mapping[str, Any]) -> None:
    """Refuse what is no recipe before anything is counted or asked of the model."""
    content.title(said["title"])
    content.named(said["ingredients"])
    content.images(said.get("images") or {}, content.steps(said["steps"]) and said["steps"])
    kept.check_size(said)


def of_suggestion(said: Mapping[str, Any]) -> dict[str, Any]:
    """A suggested dish as a recipe."""
    title = said.get("name") or said.get("title")
    if not title:
        raise BadRequest("name: it is missing")
    if not said.get("ingredients"):
        raise BadRequest("ingredients: they are missing")
    if not said.get("steps"):
        raise BadRequest("steps: they are missing")
    kept_as = ("description", "ingredients", "steps", "images", "servings", "cookingTime", "difficulty")
    recipe = {"title": title} | {name: said[name] for name in kept_as if name in said}
    if nutrition := said.get("nutrition") or said.get("nutritionPerServing"):
        recipe["nutrition"] = nutrition
    return recipe


def change(recipe: Item, said: dict[str, Any], now: int) -> Item:
    """Change a recipe as its owner, and return it."""
    if not said:
        raise BadRequest("name at least one field")
    if recipe["source"] in READ_ONLY and said.keys() != {"isFavorite"}:
        raise Forbidden("a recipe of somebody else cannot be edited", code="SOCIAL_RECIPE_READONLY")
    servings = said.get("servings") or recipe.get("servings") or content.SERVINGS
    values = content.contents({**said, "servings": servings}, now)
    if "images" not in said:
        values = _with_old_pictures(values, recipe)
    whole = (recipe.get("nutrition") or {}).get("perRecipe")
    if servings != recipe.get("servings") and whole and "nutrition" not in values:
        values["nutrition"] = pantry.spread(whole, servings)
    kept.check_size({**recipe, **values})
    # between reading and writing nobody else may have changed it: the pictures to remove depend on it
    unchanged = Attr("updatedAt").eq(recipe["updatedAt"]) & Attr("authorId").eq(recipe["authorId"])
    changed = changes.update(keys.recipe(recipe["recipeId"]), {**values, "updatedAt": now}, when=unchanged)
    left = set(pictures.all_of(changed.get("images") or {}))
    gone = [one for one in pictures.all_of(recipe.get("images") or {}) if one not in left]
    pictures.drop(gone, recipe["authorId"])
    return users.attributes(changed)


def found(recipe_id: str) -> Item:
    """A recipe, or NotFound."""
    recipe = kept.find(recipe_id)
    if recipe is None:
        raise NotFound("there is no such recipe", code="RECIPE_NOT_FOUND")
    return recipe


def own(recipe_id: str, caller: str) -> Item:
    """A recipe of the caller's."""
    recipe = found(recipe_id)
    if recipe["authorId"] != caller:
        raise Forbidden("this is not your recipe")
    return recipe


def _with_old_pictures(values: dict[str, Any], recipe: Item) -> dict[str, Any]:
    """New steps without a word on pictures keep the recipe's."""
    if "images" not in values:
        return values
    old = recipe.get("images") or {}
    named = any(values["images"]["steps"])
    return {**values, "images": {**old, "steps": values["images"]["steps"]} if named else old}
