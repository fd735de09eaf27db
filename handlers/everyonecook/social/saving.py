"""Recipes of others, taken into one's own."""

from __future__ import annotations

from uuid import uuid4

from kitchen import changes, clock, content, limits, recipes, users
from kitchen.errors import BadRequest, Forbidden
from kitchen.keys import posts
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item
from kitchen.text import sanitise
from social import images, visibility
from social.circle import Circle, Person
from social.models import SavePostRecipeRequest

routes = Routes()


@routes.post("/posts/{postId}/save-recipe", body=SavePostRecipeRequest, body_required=False)
def post_save(call: Call) -> Answer:
    """Copy the recipe of a post into the caller's recipes."""
    recipe = save(call.user_id, call.path["postId"], sanitise(call.body.customTitle or ""), call.now)
    return Answer({"message": "the recipe is saved", "recipe": users.attributes(recipe)}, 201)


def save(user_id: str, post_id: str, title: str, now: int) -> Item:
    """A new recipe of the user's with copies of the post's pictures; twenty a day."""
    post = visibility.find(post_id)
    author = Circle(user_id).person(post["authorId"])
    if not visibility.may_view(post, author.relation):
        raise Forbidden("this post is not for you")
    if post["postType"] != "recipe_share" or not post.get("recipeData"):
        raise BadRequest("this post has no recipe")
    limits.spend(limits.SAVE_RECIPE, user_id, now)
    recipe_id, data = str(uuid4()), post["recipeData"]
    folder = f"recipes/{user_id}/{recipe_id}"
    try:
        pictures = images.copy_pictures(
            data.get("images") or {}, f"posts/{post_id}/", f"{folder}/completed.jpg", folder + "/step-{n}-{i}.jpg"
        )
        data = {**data, "title": title or data["title"], "images": pictures}
        recipe = recipes.new_recipe(recipe_id, user_id, "saved", data, now)
        recipe["attribution"] = _attribution(post, author, now)
        recipes.add(recipe, now)
    except Exception:
        content.delete_prefix(f"{folder}/")
        raise
    _count(post_id)
    return recipe


def _attribution(post: Item, author: Person, now: int) -> dict[str, str]:
    return {
        "originalAuthorId": author.user_id,
        "originalAuthorUsername": author.username or "",
        "originalPostId": post["postId"],
        "savedAt": clock.iso(now),
    }


def _count(post_id: str) -> None:
    try:
        changes.update(posts.post(post_id), add={"importCount": 1}, when=changes.PRESENT)
    except changes.ConditionFailed:
        return
