"""Names of wires: readable, and never the same for two values.

`Table.Arn` becomes TableGetArn, a plain Ref of `TableArn` TableArnRef, a Value of a resource TableHasIndexes. The
three words separate; where an id contains one of them itself, a zero behind it says that it does not.
"""

from __future__ import annotations

import re
from collections.abc import Container

from ecinfra.errors import LinkError, Place
from ecinfra.link.references import GET_ATT, REF, Reference

_WORDS = re.compile(r"(Get|Ref|Has)(0*)")
_ATTRIBUTE = re.compile(r"[A-Za-z1-9][\x21-\x7e]*")
_LONGEST = 255
_OTHERS = re.compile(r"[^A-Za-z1-9]")


def wire_name(reference: Reference, taken: Container[str], place: Place | None = None) -> str:
    """The name of the output and of the parameters that carry a value."""
    name = _WORDS.sub(r"\1\g<2>0", reference.id)
    if reference.kind == REF:
        name += "Ref"
    else:
        if not _ATTRIBUTE.fullmatch(reference.attribute):
            raise LinkError(f"'{reference.attribute}' of {reference.id} is no attribute's name", place=place)
        word = "Get" if reference.kind == GET_ATT else "Has"
        name += word + _OTHERS.sub(lambda other: f"0{ord(other.group()):02x}", reference.attribute)
    while name in taken:
        name += "0"
    if len(name) > _LONGEST:
        raise LinkError(f"{reference} cannot cross stacks: its name would be longer than {_LONGEST}", place=place)
    return name
