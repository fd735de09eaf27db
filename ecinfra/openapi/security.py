"""Who may call an operation: everybody, or those who show a token of the user pool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecinfra.errors import nearest
from ecinfra.frozen import frozen
from ecinfra.openapi.lines import Steps
from ecinfra.openapi.source import Source

_HOME: Steps = ("components", "securitySchemes")
_SCHEME = frozenset({"type", "name", "in", "scheme", "bearerFormat", "description"})
_NO_HINTS: Mapping[str, str] = {}


@frozen
class Security:
    """The security schemes of a contract, those that are a token of the user pool, and what most operations say."""

    source: Source
    schemes: dict[str, Any]
    tokens: list[str]
    usual: list[list[Any]]

    def callers(self, said: dict[str, Any], steps: Steps) -> tuple[bool, bool]:
        """Whether a caller must show who he is, and whether nobody is ever asked."""
        optional = "x-optional-token" in said and self.source.flag(said, "x-optional-token", steps)
        wanted: Any = said.get("security")
        if wanted not in self.usual:
            self._check(wanted, (*steps, "security"))
        return bool(wanted) and {} not in wanted, not wanted and not optional

    def _check(self, wanted: Any, steps: Steps) -> None:
        if not isinstance(wanted, list) or not all(isinstance(one, dict) for one in wanted):
            raise self.source.refuse(
                steps,
                "an operation says who may call it, for API Gateway reads no security of the whole document",
                '"security": [] lets everybody in, "security": [{"<scheme>": []}] those with a token',
            )
        for at, one in enumerate(wanted):
            self._check_one(one, (*steps, at))

    def _check_one(self, one: dict[str, Any], steps: Steps) -> None:
        if len(one) > 1:
            raise self.source.refuse(
                steps, f"API Gateway asks for one token, not for {' and '.join(one)}", "name one scheme"
            )
        for name, scopes in one.items():
            if name not in self.schemes:
                raise self.source.refuse(
                    (*steps, name), f"there is no security scheme {name}", nearest(name, self.schemes)
                )
            if name not in self.tokens:
                raise self.source.refuse(
                    (*_HOME, name),
                    "callers are known by a token of the user pool, in the header Authorization alone",
                    '"type": "http", "scheme": "bearer", or "type": "apiKey", "name": "Authorization", "in": "header"',
                )
            if scopes != []:
                raise self.source.refuse(
                    (*steps, name), "the user pool's own tokens carry no scopes", "leave the list empty"
                )


def read_schemes(said: Any, source: Source) -> Security:
    """The security schemes of a contract; one that no operation asks for may be of any kind."""
    schemes = source.table(said, _HOME)
    tokens = [name for name in schemes if _is_token(schemes[name], name, source)]
    return Security(source, schemes, tokens, [[], *([{name: []}] for name in tokens)])


def _is_token(scheme: Any, name: str, source: Source) -> bool:
    match source.table(scheme, (*_HOME, name)):
        case {"type": "apiKey", "in": "header", "name": str(header)} if header.lower() == "authorization":
            source.known(scheme, _SCHEME, (*_HOME, name), _NO_HINTS)
            return True
        case {"type": "http", "scheme": str(kind)} if kind.lower() == "bearer":
            source.known(scheme, _SCHEME, (*_HOME, name), _NO_HINTS)
            return True
    return False
