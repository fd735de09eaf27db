"""Posts made of something there is already: a recipe of one's own, somebody else's post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from kitchen import changes, clock, recipes, text
from kitchen.errors import BadRequest, Forbidden, NotFound
from kitchen.keys import posts
from kitchen.keys import recipes as recipe_keys
from kitchen.postings import delete_post
from kitchen.routes import Answer, Call, Routes
from kitchen.steps import Update
from kitchen.table import Item
from kitchen.text import sanitise
from social import images, news, views, visibility, writing
from social.circle import Circle
from social.models import SharePostRequest, ShareRecipeRequest

routes = Routes()

# What of a recipe stands in a post.
EMBEDDED = ("title", "description", "ingredients", "steps", "cookingTime", "servings", "difficulty", "nutrition")
SNAPSHOT = ("title", "images", "recipeData", "postType")


@routes.post("/posts/share-recipe", body=ShareRecipeRequest)
def post_recipe(call: Call) -> Answer:
    """Post one of the caller's recipes."""
    post = share_recipe(call.user_id, call.body, call.now)
    return Answer({"message": "the recipe is shared", "post": views.show_one(Circle(call.user_id), post)}, 201)


@routes.post("/posts/{postId}/share", body=SharePostRequest, body_required=False)
def post_share(call: Call) -> Answer:
    """Post somebody else's public post."""
    body: SharePostRequest = call.body
    caption, privacy = body.caption or body.share_caption or "", body.privacyLevel or body.privacy or "public"
    circle = Circle(call.user_id)
    post = share_post(circle, call.user_id, call.path["postId"], sanitise(caption), privacy, call.now)
    return Answer({"message": "the post is shared", "post": views.show_one(circle, post)}, 201)


def share_recipe(author: str, body: ShareRecipeRequest, now: int) -> Item:
    """A new post with a recipe and copies of its pictures, or of those of them that are named."""
    recipe = recipes.find(body.recipeId)
    if recipe is None:
        raise NotFound("there is no such recipe")
    if recipe["authorId"] != author:
        raise Forbidden("this is not your recipe")
    said: dict[str, Any] = {
        "title": writing.title_of(body.title, body.content, recipe["title"]),
        "caption": sanitise(body.caption or ""),
        "recipeId": body.recipeId,
        "ingredients": names_of(recipe),
    }
    if recipe.get("source") in ("saved", "imported") and recipe.get("attribution"):
        said["recipeAttribution"] = recipe["attribution"]
    post_id, pictures = str(uuid4()), images.pictures_of(recipe)
    if body.images is not None:
        pictures = images.choose(pictures, body.images)
    said["recipeData"] = embedded(recipe, post_id, pictures)
    post = writing.new_post(author, "recipe_share", body.privacyLevel or body.privacy or "public", now, said, post_id)
    _publish_recipe(post, recipe, now)
    return post


def share_post(circle: Circle, sharer: str, post_id: str, caption: str, privacy: str, now: int) -> Item:
    """A new post that shows another one, whose author is told; a share of a share shows the first post."""
    original = _original(circle, visibility.find(post_id))
    if original["authorId"] == sharer:
        raise BadRequest("this is your own post")
    author = circle.person(original["authorId"])
    shared = {
        "originalPostId": original["postId"],
        "originalAuthorId": original["authorId"],
        "originalAuthorUsername": author.username,
        "originalAuthorAvatar": author.avatar_url,
        "snapshot": snapshot(original),
        "sharedAt": clock.iso(now),
    }
    post = writing.new_post(sharer, "shared", privacy, now, {"title": "", "caption": caption, "sharedPost": shared})
    counted = Update(posts.post(original["postId"]), add={"shares": 1}, when=_shareable())
    try:
        changes.transact(counted, *writing.publishing(post, now))
    except changes.ConditionFailed:
        raise Forbidden("only public posts can be shared") from None
    told = {"sharedPostId": post["postId"]}
    news.tell(original["authorId"], "post_shared", now, ("post", original["postId"]), sharer, told)
    return post


def snapshot(post: Item) -> dict[str, Any]:
    """What is kept of a post where it is shared, should it go."""
    kept = {name: post[name] for name in SNAPSHOT if name in post}
    return {**kept, "content": post.get("title", "")}


def names_of(recipe: Mapping[str, Any]) -> list[str]:
    """The names by which a recipe's ingredients are looked for, in the form of keys."""
    names: list[str] = []
    for part in recipe.get("ingredients") or ():
        if isinstance(part, str):
            names.append(part)
        else:
            local = part.get("normalized") or part.get("vietnamese") or part.get("vietnameseName") or part.get("name")
            names += [local or "", part.get("english") or ""]
    return list(dict.fromkeys(filter(None, (text.cut(text.normalise(name), 200) for name in names))))


def embedded(recipe: Mapping[str, Any], post_id: str, pictures: images.Pictures) -> dict[str, Any]:
    """The recipe as a post shows it, with pictures of the post's own."""
    data = {name: recipe[name] for name in EMBEDDED if recipe.get(name) is not None}
    data["steps"] = _without_pictures(recipe.get("steps") or ())
    folder, whose = f"posts/{post_id}", f"recipes/{recipe['authorId']}/"
    step = folder + "/recipe-step-{n}-{i}.jpg"
    return {**data, "images": images.copy_pictures(pictures, whose, f"{folder}/recipe-completed.jpg", step)}


def _publish_recipe(post: Item, recipe: Item, now: int) -> None:
    entries = [
        {**posts.post_ingredient(post["postId"], name), "ingredientName": name, "postId": post["postId"]}
        for name in post["ingredients"]
    ]
    shared = {"isShared": True, "sharedPostId": post["postId"], "sharedAt": now, "updatedAt": now}
    link = Update(recipe_keys.recipe(recipe["recipeId"]), shared, when=Attr("authorId").eq(post["authorId"]))
    try:
        changes.put_many(entries)
        changes.transact(*writing.publishing(post, now), link)
    except changes.ConditionFailed:
        delete_post(post)
        raise NotFound("there is no such recipe") from None
    except Exception:
        delete_post(post)
        raise


def _original(circle: Circle, post: Item) -> Item:
    first = post if not post.get("sharedPost") else visibility.find(post["sharedPost"]["originalPostId"])
    relation = circle.person(first["authorId"]).relation
    # hidden, or one of the two has blocked the other
    if not visibility.may_list({**first, "privacyLevel": "public"}, relation):
        raise visibility.unknown()
    if first["privacyLevel"] != "public" or post["privacyLevel"] != "public":
        raise Forbidden("only public posts can be shared")
    return first


def _shareable() -> Any:
    return Attr("privacyLevel").eq("public") & Attr("status").is_in(["active", "under_review"])


def _without_pictures(steps: Any) -> list[Any]:
    return [
        {name: value for name, value in step.items() if name != "images"} if isinstance(step, dict) else step
        for step in steps
    ]
