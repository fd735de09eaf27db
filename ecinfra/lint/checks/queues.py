"""Queues that wake functions."""

from __future__ import annotations

from ecinfra.lint.deliveries import QUEUE
from ecinfra.lint.estate import Estate, Located, Said
from ecinfra.lint.functions import function
from ecinfra.lint.literals import number, seconds
from ecinfra.lint.table import RULES

_VISIBILITY = RULES["EC101"]
_MARGIN = RULES["EC102"]
_TRIES = 6


def check_visibility(estate: Estate) -> Said:
    """A queue hides a message for long enough that its function gets done with it."""
    for mapping in estate.all("AWS::Lambda::EventSourceMapping"):
        queue = estate.resource(mapping.template, mapping.properties.get("EventSourceArn"), QUEUE)
        worker = function(estate, mapping.template, mapping.properties.get("FunctionName"))
        if not queue or not worker:
            continue
        hidden = number(estate.attribute(queue.template, queue.properties.get("VisibilityTimeout", 30)))
        timeout = number(estate.attribute(worker.template, worker.properties.get("Timeout", 3)))
        window = number(mapping.properties.get("MaximumBatchingWindowInSeconds", 0))
        if hidden is None or timeout is None:
            continue
        wanted = _TRIES * timeout + (window or 0)
        told = f"visibility {seconds(hidden)} behind a timeout of {seconds(timeout)} of {worker.id}"
        if hidden < timeout:
            if not _seen_by_cfn_lint(mapping, queue, worker):
                yield queue.fault(_VISIBILITY, f"{told}: Lambda refuses {mapping.id}", "VisibilityTimeout")
        elif hidden < wanted:
            advice = f"{seconds(wanted)} would give every message its tries, where Lambda is throttled"
            yield queue.fault(_MARGIN, f"{told}: {advice}", "VisibilityTimeout")


def _seen_by_cfn_lint(mapping: Located, queue: Located, worker: Located) -> bool:
    """Its E3505 looks at one template, and at numbers."""
    if not mapping.template is queue.template is worker.template:
        return False
    figures = queue.properties.get("VisibilityTimeout", 30), worker.properties.get("Timeout", 3)
    return all(isinstance(figure, int) for figure in figures)
