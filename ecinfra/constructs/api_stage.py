"""How a stage treats its methods: limits, logs, caching."""

from __future__ import annotations

from collections.abc import Iterable

from troposphere.apigateway import MethodSetting

from ecinfra.frozen import frozen
from ecinfra.openapi.operation import Operation
from ecinfra.parts import given
from ecinfra.units import Seconds, minutes

_SIZES = ("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237")


@frozen
class Throttle:
    """Requests a second, and how many may come at once."""

    rate: int
    burst: int

    def __post_init__(self) -> None:
        if self.rate <= 0 or self.burst <= 0:
            raise ValueError(f"throttle: rate {self.rate} and burst {self.burst} must be more than 0")


@frozen
class Cache:
    """A cache for the answers that are the same for everybody: its size in GB, and how long they last."""

    size: str = "0.5"
    lasts: Seconds = minutes(5)
    encrypted: bool = True

    def __post_init__(self) -> None:
        if self.size not in _SIZES:
            raise ValueError(f"cache: {self.size!r} is not one of the sizes {', '.join(_SIZES)} GB")
        if not 0 < self.lasts <= 3600:
            raise ValueError(f"cache: {self.lasts} is not between 1 and 3600 seconds")


@frozen
class Treatment:
    """What a stage does for every method, and what it must not do for some."""

    throttle: Throttle
    cache: Cache | None
    data_trace: bool

    def settings(self, operations: Iterable[Operation]) -> list[MethodSetting]:
        """Settings for all methods, then for those that are treated otherwise.

        Nothing is cached unless a method says so itself: a route that is forgotten here is slow, and shows nobody
        what another caller was answered. Passwords and links that let one upload are traced nowhere.
        """
        settings = [self._setting("*", "/*", cached=False, traced=self.data_trace)]
        for operation in operations:
            cached = self.cache is not None and operation.cacheable
            traced = self.data_trace and not operation.sensitive
            if cached or traced != self.data_trace:
                path = "/" + operation.path.replace("/", "~1") if operation.path != "/" else "/"
                settings.append(self._setting(operation.method.upper(), path, cached=cached, traced=traced))
        return settings

    def _setting(self, method: str, path: str, *, cached: bool, traced: bool) -> MethodSetting:
        """One setting, complete: a method with settings of its own inherits nothing from those of the stage."""
        return MethodSetting(
            HttpMethod=method,
            ResourcePath=path,
            LoggingLevel="INFO",
            MetricsEnabled=True,
            DataTraceEnabled=traced,
            ThrottlingRateLimit=self.throttle.rate,
            ThrottlingBurstLimit=self.throttle.burst,
            CachingEnabled=cached,
            **given(
                CacheTtlInSeconds=self.cache.lasts if self.cache else None,
                CacheDataEncrypted=self.cache.encrypted if self.cache else None,
            ),
        )
