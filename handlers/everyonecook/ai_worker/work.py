"""One message: a job taken on, a dish made, the result handed in; or the job laid down, at last given up."""

from __future__ import annotations

from pydantic import ValidationError

from ai_worker import dishes
from kitchen import clock
from kitchen.logs import logger
from kitchen.pantry import cache, jobs
from kitchen.pantry.models import Order

# The queue hands a message out so often before it goes to the dead.
TRIES = 3


def do(body: str, tries: int, now: int) -> None:
    """Do what a message asks for; an exception sends it back to the queue."""
    order = read(body)
    logger.append_keys(job_id=order.jobId)
    try:
        jobs.start(order.jobId, order.userId, order.timestamp, now)
    except jobs.Completed:
        logger.info("the job is done already")
        return
    try:
        finish(order)
    except Exception:
        lay_down(order.jobId, tries, clock.now())
        raise


def read(body: str) -> Order:
    """The order in a message."""
    try:
        return Order.model_validate_json(body)
    except ValidationError as error:
        # its text may be long, and is not ours
        raise ValueError(f"a message is no order: {error.error_count()} faults") from None


def finish(order: Order) -> None:
    """Make a dish, keep it for others, hand it in."""
    made = dishes.make(order.ingredients, order.settings, clock.now())
    cache.keep(order.cacheKey, order.settings, made.dishes, clock.now())
    jobs.complete(order.jobId, made.result(), clock.now())


def lay_down(job_id: str, tries: int, now: int) -> None:
    """Leave a job for another try, or give it up after the last one."""
    if tries >= TRIES:
        logger.error("the job is given up", tries=tries)
        jobs.fail(job_id, "no recipe could be made; try again later", now)
    else:
        jobs.give_back(job_id)
