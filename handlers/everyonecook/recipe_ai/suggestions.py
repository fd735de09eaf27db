"""Suggestions: out of the cache at once, or by a job of the AI worker."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from kitchen import changes, limits, metrics
from kitchen.errors import BadRequest, Failed, Forbidden, NotFound
from kitchen.limits import AI_SUGGESTION, Spent
from kitchen.logs import logger
from kitchen.pantry import cache, jobs, translation, words
from kitchen.pantry.models import Order, Wishes
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item
from recipe_ai import queue
from recipe_ai.models import AiSuggestionRequest

routes = Routes()

INGREDIENTS_MOST = 100
ESTIMATED_SECONDS = 30
_MESSAGES = {
    "PENDING": "the recipe is waiting to be made",
    "PROCESSING": "the recipe is being made",
    "COMPLETED": "the recipe is ready",
    "FAILED": "the recipe could not be made",
}


@routes.post("/ai/suggestions", body=AiSuggestionRequest)
def suggest(call: Call) -> Answer:
    """Suggest a dish."""
    asked: AiSuggestionRequest = call.body
    names = words.split(asked.ingredients)
    if not 1 <= len(names) <= INGREDIENTS_MOST:
        raise BadRequest(f"ingredients: name 1 to {INGREDIENTS_MOST}")
    spent = limits.look(AI_SUGGESTION, call.user_id, call.now)
    if not spent.remaining:
        raise limits.refusal(spent, call.now)
    found = translation.translate(names, call.now)
    if not found.entries:
        details = {"failedIngredients": found.failed}
        raise BadRequest("none of the ingredients was understood", code="NO_TRANSLATIONS", details=details)
    return answer(call.user_id, found.english, wishes_of(asked), call.now)


@routes.get("/ai/suggestions/{jobId}")
def get_job(call: Call) -> dict[str, Any]:
    """The state and the result of a job."""
    job = jobs.find(call.path["jobId"])
    if job is None:
        raise NotFound("there is no such job", code="JOB_NOT_FOUND")
    if job["userId"] != call.user_id:
        raise Forbidden("this is not your job")
    return view(job)


def wishes_of(asked: AiSuggestionRequest) -> Wishes:
    """What the dish is to be like."""
    return Wishes(
        servings=asked.servings,
        mealType=asked.mealType,
        maxTime=asked.maxCookingTime,
        dislikedIngredients=asked.dislikedIngredients or [],
        skillLevel=asked.skillLevel or "none",
        preferredCookingMethods=asked.preferredCookingMethods or [],
    )


def answer(user_id: str, english: list[str], wishes: Wishes, now: int) -> Answer:
    """A dish out of the cache, or a job; either counts."""
    dishes = cache.find(english, wishes, now)
    metrics.count("Cache.Hit" if dishes else "Cache.Miss")
    spent = limits.spend(AI_SUGGESTION, user_id, now)
    job_id = str(uuid4())
    if dishes:
        jobs.answer(job_id, user_id, dishes, now)
        hit = {"message": _MESSAGES["COMPLETED"], "cacheHit": True, "recipes": dishes}
        body = {"jobId": job_id, "status": "COMPLETED", **hit, "rateLimit": rate(spent)}
        return Answer(body, headers={"Cache-Control": "private, max-age=300"})
    order = Order(
        jobId=job_id,
        userId=user_id,
        ingredients=english,
        cacheKey=cache.cache_key(english, wishes),
        settings=wishes,
        timestamp=now,
    )
    commission(order, now)
    waiting = {"message": _MESSAGES["PENDING"], "estimatedTime": ESTIMATED_SECONDS, "cacheHit": False}
    return Answer({"jobId": job_id, "status": "PENDING", **waiting, "rateLimit": rate(spent)}, 202)


def commission(order: Order, now: int) -> None:
    """Begin a job and hand it to the worker; where that fails, the job has failed and does not count."""
    jobs.begin(order.jobId, order.userId, now)
    try:
        queue.send(order)
    except (BotoCoreError, ClientError):
        logger.exception("a job could not be queued")
        jobs.fail(order.jobId, "the recipe could not be asked for; try again", now)
        changes.update(AI_SUGGESTION.key(order.userId, now), add={AI_SUGGESTION.counter: -1}, when=changes.PRESENT)
        raise Failed("something went wrong on our side") from None


def rate(spent: Spent) -> dict[str, int]:
    """What is left of the day's suggestions."""
    return {"limit": spent.limit, "remaining": spent.remaining, "resetAt": spent.resets_at}


def view(job: Item) -> dict[str, Any]:
    """A job as its user sees it."""
    shown = {"jobId": job["jobId"], "status": job["status"], "message": _MESSAGES[job["status"]]}
    shown |= {name: job[name] for name in ("createdAt", "ttl")}
    told = ("completedAt", "error", "warning", "ingredientAnalysis")
    shown |= {name: job[name] for name in told if job.get(name) is not None}
    if "result" in job:
        shown["recipes"] = job["result"].get("recipes", [])
    return shown
