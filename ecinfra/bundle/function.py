"""The zip of a function: its folder, under its own name, and none of its neighbours."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ecinfra.bundle.archive import Member, stored
from ecinfra.bundle.parts import FunctionPart
from ecinfra.errors import AssetError, Place, nearest


def function_members(part: FunctionPart) -> list[Member]:
    """The files of a function's zip; refused, where one imports what will not be there."""
    files = {f"{part.asset.folder.name}/{source.name}": source.content() for source in part.asset.sources}
    if part.python:
        _check_neighbours(part, files)
    return [stored(name, content) for name, content in files.items()]


def check_entry(part: FunctionPart) -> None:
    """Refuse a function whose zip does not hold what Lambda is to call."""
    if not part.python:
        return
    files = {f"{part.asset.folder.name}/{source.name}": source for source in part.asset.sources}
    module, _, function = part.entry.rpartition(".")
    path = module.replace(".", "/")
    source = files.get(f"{path}.py", files.get(f"{path}/__init__.py"))
    if source is None:
        known = (name.removesuffix(".py").removesuffix("/__init__") for name in files if name.endswith(".py"))
        raise AssetError(
            f"{part.where}: there is no {path or function}.py in its zip, and its handler is {part.entry}",
            hint=nearest(f"{module}.{function}", [f"{name.replace('/', '.')}.{function}" for name in known])
            or f"the zip holds {part.asset.folder}, under the folder's own name",
        )
    if not re.search(rf"\b{re.escape(function)}\b|\bimport \*".encode(), source.content()):
        raise AssetError(
            f"{part.where}: nothing in {path}.py is called {function}, and its handler is {part.entry}",
            hint=f"such as: def {function}(event, context)",
        )


def _check_neighbours(part: FunctionPart, files: dict[str, bytes]) -> None:
    """Refuse to leave out what is imported: another function's folder is in another zip."""
    names = "|".join(_neighbours(part))
    if not names:
        return
    imports = re.compile(rf"^[ \t]*(?:from[ \t]+|import[ \t](?:[^\n]*\W)?)({names})\b".encode(), re.MULTILINE)
    for name, content in files.items():
        if name.endswith(".py") and imports.search(content):
            path = str(part.asset.folder.parent / name)
            for line, module in _imported(path, content):
                if module in names.split("|"):
                    raise AssetError(
                        f"{part.where}: {module} is imported, which is beside its folder and not in its zip",
                        place=Place(path, line),
                        hint="what functions share belongs into the layer",
                    )


def _neighbours(part: FunctionPart) -> Iterator[str]:
    """Modules that lie beside the function's folder, and are found neither in the layer nor in Python."""
    folder: Path = part.asset.folder
    found = set(sys.stdlib_module_names) | {folder.name, "layer"}
    if part.layer:
        found |= {Path(source.name.partition("/")[0]).stem for source in part.layer.asset.sources}
    for path in sorted(folder.parent.iterdir()):
        name = path.stem if path.suffix == ".py" else path.name
        if name.isidentifier() and name not in found and (path.suffix == ".py" or path.is_dir()):
            yield name


def _imported(path: str, content: bytes) -> Iterator[tuple[int, str]]:
    """Each module that a file imports by its full name, with the line."""
    import ast  # wanted only where something looks wrong

    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise AssetError(f"this is not Python: {error.args[0]}", place=Place(path, line or 1)) from error
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name.partition(".")[0]) for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module.partition(".")[0]
