"""A function's case, as its templates state it: what it runs, what it knows, what it may do, what wakes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ecinfra.assets import Asset
from ecinfra.contract.sources import Shelf, function_shelf, layer_shelf
from ecinfra.lint.estate import Estate, Located
from ecinfra.lint.functions import FUNCTION, function
from ecinfra.lint.literals import items, members, text
from ecinfra.lint.statements import Statement, statements

ROLE = "AWS::IAM::Role"
_LAYER = "AWS::Lambda::LayerVersion"
_MANAGED = "AWS::IAM::ManagedPolicy"
_WAKING = {"AWS::DynamoDB::Table": "table stream", "AWS::Kinesis::Stream": "stream", "AWS::SQS::Queue": "queue"}


@dataclass(frozen=True, eq=False)
class Case:
    """A function, its sources where they are the project's, its role, and under which circumstances it runs."""

    function: Located
    shelf: Shelf | None
    is_sealed: bool
    role: Located | None
    grants: tuple[Statement, ...]
    is_known: bool
    whens: frozenset[str]
    wakers: frozenset[str]

    @property
    def id(self) -> str:
        """Its logical id."""
        return self.function.id

    @property
    def entry(self) -> str:
        """Where it starts: `folder.module.function`."""
        return text(self.function.properties.get("Handler", ""))

    @property
    def runtime(self) -> str:
        """What runs it."""
        return text(self.function.properties.get("Runtime", ""))

    @property
    def variables(self) -> dict[str, Any]:
        """The environment variables that it is given."""
        given = members(members(self.function.properties.get("Environment")).get("Variables"))
        return {name: value for name, value in given.items() if value != {"Ref": "AWS::NoValue"}}


@dataclass(frozen=True)
class Cases:
    """The cases of all functions of a system; `assets` are its sources by the keys of their artifacts."""

    estate: Estate
    assets: Mapping[str, Asset]

    def __iter__(self) -> Iterator[Case]:
        for found in self.estate.all(FUNCTION):
            layers = items(found.properties.get("Layers"))
            sources = [self._layer(found, layer) for layer in layers]
            behind = self._behind(tuple(asset.key for asset in sources if asset))
            asset = self._asset(found.properties.get("Code"))
            role = self.estate.resource(found.template, found.properties.get("Role"), ROLE)
            wakers = [mapping for mapping, woken in self._mappings if woken is found]
            yield Case(
                function=found,
                shelf=function_shelf(asset, behind) if asset else None,
                is_sealed=all(sources),
                role=role,
                grants=tuple(self._grants.get(role.id, ())) if role else (),
                is_known=role is not None and self._is_known(role),
                whens=frozenset(self._whens(found, wakers)),
                wakers=frozenset(source.id for each in wakers if (source := self._source(each))),
            )

    @cached_property
    def _shelves(self) -> dict[tuple[str, ...], Shelf]:
        return {}

    @cached_property
    def _mappings(self) -> list[tuple[Located, Located | None]]:
        found = self.estate.all("AWS::Lambda::EventSourceMapping")
        return [(each, function(self.estate, each.template, each.properties.get("FunctionName"))) for each in found]

    @cached_property
    def _grants(self) -> dict[str, list[Statement]]:
        """What each role is allowed, wherever that is written."""
        found: dict[str, list[Statement]] = {}
        for statement in statements(self.estate):
            if statement.allows and statement.granted:
                for role in self._holders(statement.owner):
                    found.setdefault(role, []).append(statement)
        return found

    def _holders(self, owner: Located) -> Iterator[str]:
        if owner.type == ROLE:
            yield owner.id
        names = [*items(owner.properties.get("Roles")), *items(owner.properties.get("RoleName"))]
        for name in names:
            role = self.estate.resource(owner.template, name, ROLE)
            if role and role is not owner:
                yield role.id
        for role in self.estate.all(ROLE) if owner.type == _MANAGED else ():
            if owner.id in (policy.id for policy in self._managed(role) if policy):
                yield role.id

    def _managed(self, role: Located) -> list[Located | None]:
        arns = items(role.properties.get("ManagedPolicyArns"))
        return [self.estate.resource(role.template, arn, _MANAGED) for arn in arns]

    def _is_known(self, role: Located) -> bool:
        """Whether everything that a role may do is written in the system, and its functions alone have it."""
        return all(self._managed(role))

    def _asset(self, code: Any) -> Asset | None:
        return self.assets.get(text(members(code).get("S3Key", "")))

    def _layer(self, owner: Located, value: Any) -> Asset | None:
        layer = self.estate.resource(owner.template, value, _LAYER)
        return self._asset(layer.properties.get("Content")) if layer else None

    def _behind(self, keys: tuple[str, ...]) -> Shelf | None:
        """The shelf of some layers, one for all functions that have them: a later layer lies before an earlier."""
        if not keys:
            return None
        if keys not in self._shelves:
            self._shelves[keys] = layer_shelf(self.assets[keys[-1]], self._behind(keys[:-1]))
        return self._shelves[keys]

    def _source(self, mapping: Located) -> Located | None:
        return self.estate.resource(mapping.template, mapping.properties.get("EventSourceArn"))

    def _whens(self, found: Located, wakers: list[Located]) -> Iterator[str]:
        properties = found.properties
        yield "always"
        if members(properties.get("TracingConfig")).get("Mode", "PassThrough") != "PassThrough":
            yield "traced"
        if properties.get("VpcConfig"):
            yield "network"
        if properties.get("FileSystemConfigs"):
            yield "files"
        if properties.get("DeadLetterConfig") or self._has_destination(found):
            yield "destination"
        for mapping in wakers:
            source = self._source(mapping)
            yield from [_WAKING[source.type]] if source and source.type in _WAKING else _WAKING.values()
            if mapping.properties.get("DestinationConfig"):
                yield "destination"

    def _has_destination(self, found: Located) -> bool:
        configured = self.estate.all("AWS::Lambda::EventInvokeConfig")
        return any(function(self.estate, it.template, it.properties.get("FunctionName")) is found for it in configured)
