"""What cfn-lint works out over and over for the same question, worked out once.

Nothing here changes an answer: what is asked for again is remembered, and what is copied is copied faster. How
cfn-lint asks is its own affair and may change with it, so a release that nobody has measured goes the long way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

KNOWN = "1.58.0"


def take_shortcuts(rules: Any) -> None:
    """Let a known release of cfn-lint remember its answers."""
    from cfnlint.version import __version__

    if __version__ != KNOWN:
        return
    _copy_contexts()
    _remember_fields()
    _remember_validators()
    _find_rules_by_keyword(rules)


def _remember_fields() -> None:
    """It asks for the fields of a few dataclasses some 200,000 times."""
    from cfnlint.context import context
    from cfnlint.jsonschema import _filter

    fields = cache(dataclasses.fields)
    for module in (context, _filter):
        setattr(module, "fields", fields)  # noqa: B010 - mypy does not let a module's name be replaced


def _copy_contexts() -> None:
    """At every node it copies a context of 18 fields, one by one."""
    from cfnlint.context.context import Context

    def evolve(self: Any, **changes: Any) -> Any:
        if "ref_values" in changes:
            changes["ref_values"] = {**self.ref_values, **changes["ref_values"]}
        other = object.__new__(Context)
        other.__dict__.update(self.__dict__)
        if "resources" in changes:
            other.__dict__.pop("module_names", None)  # worked out from them
        other.__dict__.update(changes)
        return other

    setattr(Context, "evolve", evolve)  # noqa: B010


def _remember_validators() -> None:
    """It makes a dataclass of its own, and an empty template, for every subschema; a dozen of them differ."""
    from cfnlint.jsonschema import validators
    from cfnlint.template.template import Template

    make = validators.create
    if hasattr(make, "made"):
        return
    made: dict[Any, Any] = {}

    def create(
        validators: Mapping[str, Any] | None = None,
        function_filter: Any = None,
        fn_resolvers: Mapping[str, Any] | None = None,
    ) -> Any:
        filtering = function_filter and (
            function_filter.add_cfn_lint_keyword,
            function_filter.validate_dynamic_references,
        )
        key = tuple((validators or {}).items()), filtering, tuple((fn_resolvers or {}).items())
        if key not in made:
            made[key] = _copied(make(validators, function_filter, fn_resolvers))
        return made[key]

    create.made = made  # type: ignore[attr-defined]
    setattr(validators, "create", create)  # noqa: B010
    empty = Template(None, {})
    setattr(validators, "Template", lambda name, body: Template(name, body) if body else empty)  # noqa: B010
    for known in (validators.CfnTemplateValidator, validators.StandardValidator):
        _copied(known)


def _copied(validator: Any) -> Any:
    """Let validators of a class be copied at once; what a class fixes is the class's in every copy."""
    first = validator()
    fixed = {field.name: getattr(first, field.name) for field in dataclasses.fields(validator) if not field.init}

    def evolve(self: Any, **changes: Any) -> Any:
        other = object.__new__(validator)
        other.__dict__.update(self.__dict__)
        other.__dict__.update(fixed)
        other.__dict__.update(changes)
        if other.context is None or other.resolver is None:
            other.__post_init__()
        return other

    validator.evolve = evolve
    return validator


def _find_rules_by_keyword(rules: Any) -> None:
    """At every node of a template it walks through all rules for those that ask for the node's keyword."""
    from cfnlint.jsonschema._utils import Unset

    asking = rules["E1101"]
    found: dict[str, list[Any]] = {}

    def validate(validator: Any, keywords: Any, instance: Any, schema: Any) -> Iterator[Any]:
        filtering = validator.function_filter
        if filtering.add_cfn_lint_keyword:
            filtering = filtering.evolve(add_cfn_lint_keyword=False)
        validator = validator.evolve(function_filter=filtering)
        if not found:
            found.update(_by_keyword(asking.child_rules.values()))
        for keyword in keywords:
            for rule in found.get(keyword, ()):
                for error in rule.validate(validator, keyword, instance, schema):
                    if error.rule is None and isinstance(error.validator, Unset):
                        error.rule = rule
                    yield error

    asking.cfnLint = validate


def _by_keyword(rules: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for rule in rules:
        for keyword in rule.keywords if rule is not None and rule.id else ():
            found.setdefault(keyword, []).append(rule)
    return found
