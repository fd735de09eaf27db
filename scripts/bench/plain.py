"""Write the plain troposphere program that makes the same resources, to measure against.

Every resource becomes a call of its troposphere class, with property classes inside, as one would write it by
hand; so the program pays for the same objects and the same validation, and for nothing else.
"""

from __future__ import annotations

import py_compile
from keyword import iskeyword
from pathlib import Path
from typing import Any
from unittest.mock import patch

import troposphere
from troposphere import encode_to_dict

from ecinfra.app import App
from ecinfra.parts import Resource
from ecinfra.project import Project, define
from ecinfra.stack import Stack
from ecinfra.values import Plain, Value


def write(project: Project, system: str, environment: str, target: Path) -> None:
    """Write a module with a function that builds and writes every stack's template into a folder."""
    made: dict[str, list[troposphere.AWSObject]] = {}
    prepare = Stack._prepared

    def noted(stack: Stack, resource: troposphere.AWSObject, *rest: Any) -> Resource:
        made.setdefault(stack.name, []).append(resource)
        return prepare(stack, resource, *rest)

    with patch.object(Stack, "_prepared", noted):
        app = define(project, system, environment)
    modules: set[str] = set()
    lines = ["def main(folder):"]
    for name, resources in made.items():
        lines += _template(app, name, resources, modules)
    imports = ["import troposphere", *(f"import {module}" for module in sorted(modules))]
    target.write_text("\n".join([*imports, "", "", *lines, ""]), encoding="utf-8")
    py_compile.compile(str(target), doraise=True)


def _template(app: App, name: str, resources: list[troposphere.AWSObject], modules: set[str]) -> list[str]:
    stack = app.stacks[name]
    lines = [f"    t = troposphere.Template(Description={stack.description!r})", "    t.set_version('2010-09-09')"]
    for resource in resources:
        body = stack.resources[str(resource.title)].body
        tags = body.get("Properties", {}).get("Tags")
        if isinstance(tags, list) and "Tags" in resource.props:
            resource.Tags = troposphere.Tags(**{tag["Key"]: tag["Value"] for tag in tags})
        for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
            if policy in body:
                setattr(resource, policy, body[policy])
        lines.append(f"    t.add_resource({_code(resource, modules)})")
    for output in stack.outputs.values():
        lines.append(f"    t.add_output(troposphere.Output({output.name!r}, Value={_plain(output.value)}))")
    lines.append(f"    with open(folder + '/{name}.json', 'w') as file:")
    lines.append("        file.write(t.to_json())")
    return lines


def _code(item: Any, modules: set[str]) -> str:
    match item:
        case troposphere.Tags():
            return f"troposphere.Tags(**{ {tag['Key']: tag['Value'] for tag in item.to_dict()}!r})"
        case troposphere.BaseAWSObject():
            module = type(item).__module__
            modules.add(module)
            named = [repr(item.title)] if isinstance(item, troposphere.AWSObject) else []
            parts = {**item.properties, **{key: item.resource[key] for key in item.attributes if key in item.resource}}
            arguments = named + [
                _argument(
                    key,
                    _typed(value.data, item.props[key][0], modules)
                    if isinstance(value, Plain)
                    else _code(value, modules),
                )
                for key, value in parts.items()
            ]
            return f"{module}.{type(item).__name__}({', '.join(arguments)})"
        case Value():
            return _plain(encode_to_dict(item)["Ecinfra::Value"]["is"])
        case list():
            return f"[{', '.join(_code(value, modules) for value in item)}]"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_code(value, modules)}" for key, value in item.items()) + "}"
        case str() | int() | float() | None:
            return repr(item)
    return _plain(encode_to_dict(item))


def _typed(value: Any, kind: Any, modules: set[str]) -> str:
    """Plain data of ours as the property classes that one would write."""
    if isinstance(kind, list) and isinstance(value, list):
        return f"[{', '.join(_typed(each, kind[0], modules) for each in value)}]"
    if isinstance(kind, type) and issubclass(kind, troposphere.AWSProperty) and isinstance(value, dict):
        modules.add(kind.__module__)
        arguments = [_argument(key, _typed(part, kind.props[key][0], modules)) for key, part in value.items()]
        return f"{kind.__module__}.{kind.__name__}({', '.join(arguments)})"
    return _plain(value)


def _argument(name: str, code: str) -> str:
    """WAF has a property called None, which is no name for an argument."""
    return f"**{{{name!r}: {code}}}" if iskeyword(name) else f"{name}={code}"


def _plain(value: Any) -> str:
    """An expression over troposphere's functions."""
    match value:
        case {"Ecinfra::Value": {"is": inner}}:
            return _plain(inner)
        case {"Ref": str() as name} if len(value) == 1:
            return f"troposphere.Ref({name!r})"
        case {"Fn::GetAtt": [str() as name, str() as attribute]}:
            return f"troposphere.GetAtt({name!r}, {attribute!r})"
        case {"Fn::Sub": str() as text}:
            return f"troposphere.Sub({text!r})"
        case {"Fn::Sub": [str() as text, dict() as own]}:
            return f"troposphere.Sub({text!r}, {_plain(own)})"
        case {"Fn::Join": [glue, parts]}:
            return f"troposphere.Join({glue!r}, {_plain(parts)})"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_plain(part)}" for key, part in value.items()) + "}"
        case list():
            return f"[{', '.join(_plain(part) for part in value)}]"
    return repr(value)
