"""Routes: what a function answers to, and what a request is once it is understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from kitchen.caller import Caller
from kitchen.envelopes import Envelope
from kitchen.errors import Unauthorized


@dataclass(frozen=True)
class Call:
    """One request: who, what, when."""

    now: int
    signed_in: Caller | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Any = None
    body: Any = None
    address: str = ""
    source: str = ""
    correlation: str = ""

    @property
    def caller(self) -> Caller:
        """The signed-in user; a route that needs none asks `signed_in`."""
        if self.signed_in is None:
            raise Unauthorized("sign in first")
        return self.signed_in

    @property
    def user_id(self) -> str:
        """The signed-in user's id."""
        return self.caller.user_id


@dataclass(frozen=True)
class Answer:
    """What a route answers when it is more than 200 and data; `bare` keeps the module's envelope away."""

    data: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False


Act = Callable[[Call], Any]


@dataclass(frozen=True)
class Route:
    """A method and a path, what they take, who may call, and what answers."""

    method: str
    path: str
    act: Act
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    public: bool = False
    group: str | None = None
    body_required: bool = True
    envelope: Envelope | None = None


class Routes:
    """The routes of one topic; `envelope` where they differ from their module's."""

    def __init__(self, envelope: Envelope | None = None) -> None:
        self._envelope = envelope
        self.routes: list[Route] = []

    def get(self, path: str, **how: Any) -> Callable[[Act], Act]:
        """Answer GET; `how` is what `Route` takes besides."""
        return self._add("GET", path, how)

    def post(self, path: str, **how: Any) -> Callable[[Act], Act]:
        """Answer POST."""
        return self._add("POST", path, how)

    def put(self, path: str, **how: Any) -> Callable[[Act], Act]:
        """Answer PUT."""
        return self._add("PUT", path, how)

    def delete(self, path: str, **how: Any) -> Callable[[Act], Act]:
        """Answer DELETE."""
        return self._add("DELETE", path, how)

    def _add(self, method: str, path: str, how: Mapping[str, Any]) -> Callable[[Act], Act]:
        def add(act: Act) -> Act:
            self.routes.append(Route(method, path, act, envelope=self._envelope, **how))
            return act

        return add
