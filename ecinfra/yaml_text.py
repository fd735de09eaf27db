"""Templates as YAML; imported only where YAML is asked for, since its parser costs more than rendering does."""

from __future__ import annotations

import re
from typing import Any

import yaml

_STRING = "tag:yaml.org,2002:str"
# numbers to a reader of YAML 1.2, and text to PyYAML, which would leave them bare
_NUMBER = re.compile(r"[-+]?(?:0o[0-7]+|[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)")
# ends of lines to some readers, and not to others
_BREAK = re.compile("[\x85\u2028\u2029]")


class _Dumper(yaml.SafeDumper):
    """Writes every value where it is used: CloudFormation knows no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def to_yaml(body: dict[str, Any], width: int) -> str:
    """A template as YAML."""
    text: str = yaml.dump(
        body, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=width
    )
    return text


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(_STRING, str.__str__(text), style='"' if _BREAK.search(text) else None)


_Dumper.add_representer(str, _string)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(_NUMBER.pattern + r"\Z"), list("-+.0123456789"))
# of a type of one's own, such as an Enum of strings, JSON and YAML hold what it is made of
_Dumper.add_multi_representer(str, _string)
_Dumper.add_multi_representer(int, lambda dumper, value: dumper.represent_int(int.__int__(value)))
_Dumper.add_multi_representer(float, lambda dumper, value: dumper.represent_float(float.__float__(value)))
_Dumper.add_multi_representer(dict, lambda dumper, value: dumper.represent_dict(value))
_Dumper.add_multi_representer(list, lambda dumper, value: dumper.represent_list(value))
