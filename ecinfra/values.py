"""Values that are more than one reference, yet travel whole."""

from __future__ import annotations

from typing import Any

from troposphere import AWSHelperFn, AWSObject, encode_to_dict

MARK = "Ecinfra::Value"


class Value(AWSHelperFn):
    """An expression that belongs to a resource, as an attribute of it does.

    `Value(queue, "ConsoleUrl", Sub(...))` is put together in the stack where `queue` lives, under that stack's
    region and account; a reader elsewhere is handed the finished text.
    """

    def __init__(self, of: AWSObject | str, name: str, expression: Any, *, is_list: bool = False) -> None:
        title = of if isinstance(of, str) else of.title
        self.data = {MARK: {"of": title, "name": name, "is": encode_to_dict(expression), "list": is_list}}


class Plain(AWSHelperFn):
    """A property that is plain data already, however large: it is taken as it is, and what it shares stays shared."""

    def __init__(self, data: dict[str, Any] | list[Any]) -> None:
        self.data = data

    def to_dict(self) -> Any:
        """A parcel that troposphere hands on unopened."""
        return Parcel(self.data)


class Parcel:
    """Plain data on its way through troposphere, which copies every dictionary that it can see."""

    def __init__(self, content: dict[str, Any] | list[Any]) -> None:
        self.content = content


HASHED = "Ecinfra::NamedBy"


def named_by_content(resource: AWSObject, of: dict[str, list[str]]) -> AWSObject:
    """Let a resource's logical id carry the hash of what it freezes.

    `of` names resources and, for each, the properties that count. With them count the fixed properties of all that
    they refer to: what is replaced under an unchanged name changes the hash as well.
    """
    resource.resource[HASHED] = of
    return resource
