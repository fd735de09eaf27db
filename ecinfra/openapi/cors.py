"""CORS at the gateway: preflights that know their origins, and headers on the gateway's own answers."""

from __future__ import annotations

import re
from typing import Any

from ecinfra.frozen import frozen
from ecinfra.units import Seconds, hours

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?")
_ECHOED = "Access-Control-Allow-Origin"
_TEXT = {"schema": {"type": "string"}}

# What the gateway says itself has the shape of what the functions say; messageString comes with its own quotes.
_ENVELOPE = (
    '{"error":{"code":"$context.error.responseType","message":$context.error.messageString,'
    '"correlationId":"$context.requestId"}}'
)
_ANSWERS = {"UNAUTHORIZED": "401", "ACCESS_DENIED": "403", "DEFAULT_4XX": "", "DEFAULT_5XX": ""}


@frozen
class Cors:
    """Who may call from a browser, and how; `on_errors` are the headers allowed on the gateway's own answers."""

    origins: tuple[str, ...] | list[str]
    methods: tuple[str, ...] | list[str]
    headers: tuple[str, ...] | list[str]
    on_errors: tuple[str, ...] | list[str]
    max_age: Seconds = hours(1)

    def __post_init__(self) -> None:
        if not self.origins:
            raise ValueError("origins: at least one page must be allowed to call")
        for origin in self.origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(
                    f"origins: '{origin}' is not a scheme and a host in lower case, as in https://example.com"
                )

    def preflight(self) -> dict[str, Any]:
        """An OPTIONS method that answers by itself, and names the caller's origin if that is one of ours."""
        headers = {
            "Access-Control-Allow-Headers": f"'{','.join(self.headers)}'",
            "Access-Control-Allow-Methods": f"'{','.join(self.methods)}'",
            "Access-Control-Max-Age": f"'{self.max_age}'",
            "Vary": "'Origin'",
        }
        return {
            "responses": {"204": {"description": "Preflight", "headers": dict.fromkeys((_ECHOED, *headers), _TEXT)}},
            "x-amazon-apigateway-integration": {
                "type": "mock",
                "requestTemplates": {"application/json": '{"statusCode":204}'},
                "responses": {
                    "default": {
                        "statusCode": "204",
                        "responseParameters": {
                            f"method.response.header.{name}": text for name, text in headers.items()
                        },
                        "responseTemplates": {"application/json": self._echo()},
                    }
                },
            },
        }

    def _echo(self) -> str:
        """A header may come as Origin or, over HTTP/2, as origin; an absent one reads as the empty text."""
        ours = " || ".join(f"$origin == '{origin}'" for origin in self.origins)
        return (
            "#set($origin = $input.params('Origin'))"
            "#if($origin == '')#set($origin = $input.params('origin'))#end"
            f"#if({ours})#set($context.responseOverride.header.{_ECHOED} = $origin)#end"
        )

    def gateway_responses(self) -> dict[str, Any]:
        """The gateway's own answers, such that a browser shows them to the page that asked.

        They can repeat the request's Origin, but not compare it with a list. No credentials are ever allowed, so `*`
        gives nobody more than a call without a browser would; repeating whatever comes would only look stricter.
        """
        headers = {
            _ECHOED: "'*'",
            "Access-Control-Allow-Headers": f"'{','.join(self.on_errors)}'",
            "Access-Control-Allow-Methods": f"'{','.join(self.methods)}'",
        }
        answer = {
            "responseParameters": {f"gatewayresponse.header.{name}": text for name, text in headers.items()},
            "responseTemplates": {"application/json": _ENVELOPE},
        }
        return {name: {"statusCode": code, **answer} if code else answer for name, code in _ANSWERS.items()}
