"""What every function of EveryoneCook has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ecinfra.constructs import Function
from ecinfra.grants import Grant, Trigger
from ecinfra.units import Seconds, seconds
from templates.everyonecook.core import Core
from templates.everyonecook.names import HANDLERS, small
from templates.everyonecook.settings import Settings


def function(
    settings: Settings,
    core: Core,
    title: str,
    module: str,
    *,
    may: Sequence[Grant],
    env: Mapping[str, Any],
    on: Sequence[Trigger] = (),
    memory: int = 512,
    timeout: Seconds = seconds(30),
) -> Function:
    """A function over the shared layer, called after its module, that logs at the environment's level."""
    return Function(
        title,
        code=HANDLERS.handler(module),
        handler=f"{module}.handler.handler",
        layer=core.layer,
        name=small(settings, module.replace("_", "-")),
        on=tuple(on),
        may=tuple(may),
        env={**env, "LOG_LEVEL": settings.log_level},
        memory=memory,
        timeout=timeout,
        log_days=settings.log_days,
        log_key=core.key,
    )
