"""Write the plain troposphere program that makes the same templates, to measure against.

Every resource becomes a call of its troposphere class, with property classes inside, as one would write it by
hand; so the program pays for the same objects and the same validation, and for nothing else.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import troposphere
from troposphere.template_generator import TemplateGenerator

_SECTIONS = ("Parameters", "Conditions", "Mappings", "Outputs")


def write(templates: dict[str, dict[str, Any]], target: Path) -> None:
    """Write a module with a function that builds and writes every template into a folder."""
    modules: set[str] = set()
    lines = ["def main(folder):"]
    for number, (name, body) in enumerate(templates.items()):
        lines += _template(number, name, body, modules)
    imports = ["import troposphere", *(f"import {module}" for module in sorted(modules))]
    target.write_text("\n".join([*imports, "", "", *lines, ""]), encoding="utf-8")


def _template(number: int, name: str, body: dict[str, Any], modules: set[str]) -> list[str]:
    generated = TemplateGenerator(json.loads(json.dumps(body)))
    lines = [f"    t = troposphere.Template(Description={body.get('Description', '')!r})"]
    lines.append("    t.set_version('2010-09-09')")
    for title, parameter in body.get("Parameters", {}).items():
        lines.append(f"    t.add_parameter(troposphere.Parameter({title!r}, **{parameter!r}))")
    for title, condition in body.get("Conditions", {}).items():
        lines.append(f"    t.add_condition({title!r}, {condition!r})")
    for resource in generated.resources.values():
        lines.append(f"    t.add_resource({_code(resource, modules)})")
    for title, output in body.get("Outputs", {}).items():
        value = _plain(output["Value"])
        lines.append(f"    t.add_output(troposphere.Output({title!r}, Value={value}))")
    lines.append(f"    with open(folder + '/{number}-{name}.json', 'w') as file:")
    lines.append("        file.write(t.to_json())")
    return lines


def _code(item: Any, modules: set[str]) -> str:
    match item:
        case troposphere.BaseAWSObject():
            module = type(item).__module__
            modules.add(module)
            named = [repr(item.title)] if isinstance(item, troposphere.AWSObject) else []
            parts = {**item.properties, **{key: item.resource[key] for key in item.attributes if key in item.resource}}
            arguments = named + [f"{key}={_code(value, modules)}" for key, value in parts.items()]
            return f"{module}.{type(item).__name__}({', '.join(arguments)})"
        case troposphere.Tags():
            return f"troposphere.Tags(**{ {tag['Key']: tag['Value'] for tag in item.to_dict()}!r})"
        case troposphere.AWSHelperFn():
            return _plain(item.to_dict())
        case list():
            return f"[{', '.join(_code(value, modules) for value in item)}]"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_code(value, modules)}" for key, value in item.items()) + "}"
    return repr(item)


def _plain(value: Any) -> str:
    """An expression over troposphere's functions."""
    match value:
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
        case {"Fn::If": [name, yes, no]}:
            return f"troposphere.If({name!r}, {_plain(yes)}, {_plain(no)})"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_plain(part)}" for key, part in value.items()) + "}"
        case list():
            return f"[{', '.join(_plain(part) for part in value)}]"
    return repr(value)
