"""Request models: strict about types, closed to unknown fields, built when first used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, Union, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema

from kitchen.errors import BadRequest

Kind = TypeVar("Kind")
Model = TypeVar("Model", bound=BaseModel)


class _NotNull:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        kinds = tuple(kind for kind in get_args(source) if kind is not type(None))
        return handler.generate_schema(Union[kinds])  # noqa: UP007 - made of a tuple


# A field that may be left out and then reads None; null itself is refused, as the contract knows no null.
Maybe = Annotated[Kind | None, _NotNull()]

Privacy = Literal["public", "friends", "private"]
ImageType = Literal["image/jpeg", "image/png", "image/webp"]


class Body(BaseModel):
    """A JSON body; every model of a request's body is one."""

    model_config = ConfigDict(
        strict=True, extra="forbid", defer_build=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class Query(BaseModel):
    """The query string, whose values are texts; what is not known is passed over."""

    model_config = ConfigDict(extra="ignore", defer_build=True, allow_inf_nan=False, hide_input_in_errors=True)


class Listing(Query):
    """The query of a list that is read page by page; `lastKey` is another name of `nextToken`."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    nextToken: Maybe[Annotated[str, Field(max_length=4096)]] = None
    lastKey: Maybe[Annotated[str, Field(max_length=4096)]] = None

    @property
    def token(self) -> str | None:
        """The paging token, by either name."""
        return self.nextToken or self.lastKey


def read_body(model: type[Model], text: str | None) -> Model:
    """The body as a model, or BadRequest that says which field is wrong and how."""
    try:
        return model.model_validate_json(text or "")
    except ValidationError as error:
        raise _refusal(error, "the body is not JSON") from None


def read_query(model: type[Model], values: Mapping[str, str]) -> Model:
    """The query string as a model, or BadRequest that says which parameter is wrong and how."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise _refusal(error, "the query string is malformed") from None


def _refusal(error: ValidationError, malformed: str) -> BadRequest:
    # never the value itself: it may be a password
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in found):
        return BadRequest(malformed)
    # the last name may be the caller's own, of a field we do not know
    names = [".".join(str(part)[:40] for part in fault["loc"][:6]) for fault in found[:5]]
    faults = [
        f"{name}: {fault['msg']}" if name else str(fault["msg"]) for name, fault in zip(names, found, strict=False)
    ]
    return BadRequest("; ".join(faults))
