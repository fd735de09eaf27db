"""Where a function's Python finds its modules: in its zip, then in its layer."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ecinfra.assets import HOST_REQUIREMENTS, REQUIREMENTS, Asset
from ecinfra.contract.units import Broken, Module
from ecinfra.errors import Place


class Root(NamedTuple):
    """A folder that modules are imported from; `top` is the package that it is, in a function's zip."""

    folder: Path
    top: str = ""

    def find(self, name: str) -> Path | None:
        """The file of a module, or the folder of a package without one."""
        inner = name.removeprefix(self.top).removeprefix(".") if self.top else name
        path = self.folder.joinpath(*inner.split("."))
        files = [path / "__init__.py", *([path.with_name(f"{path.name}.py")] if inner else [])]
        return next((file for file in files if file.is_file()), path if path.is_dir() else None)


@dataclass(eq=False)
class Shelf:
    """Folders to import from, and what lies behind them; a module sees its own shelf and those behind it."""

    root: Root
    behind: Shelf | None = None
    requirements: tuple[str, ...] = ()
    _known: dict[str, Module | None] = field(default_factory=dict)

    def module(self, name: str) -> Module | None:
        """A module by its whole name; none where it lies on none of the shelves."""
        if name not in self._known:
            own = name.partition(".")[0] in self._tops
            self._known[name] = self._load(name) if own else self.behind.module(name) if self.behind else None
        return self._known[name]

    @cached_property
    def _tops(self) -> frozenset[str]:
        if self.root.top:
            return frozenset({self.root.top})
        if not self.root.folder.is_dir():
            return frozenset()
        return frozenset(path.name.removesuffix(".py") for path in self.root.folder.iterdir())

    def _load(self, name: str) -> Module | None:
        path = self.root.find(name)
        if path is None:
            return None
        if path.suffix != ".py":
            return Module(name, path, self, ast.Module([], []), is_package=True)
        content = path.read_bytes()
        read = _parse(content, path)
        tree, broken = (ast.Module([], []), read) if isinstance(read, Broken) else (read, None)
        return Module(name, path, self, tree, path.name == "__init__.py", broken, b"global " in content)


def function_shelf(asset: Asset, behind: Shelf | None) -> Shelf:
    """The shelf of a function's zip: its folder under its own name."""
    return Shelf(Root(asset.folder, asset.folder.name), behind, behind.requirements if behind else ())


def layer_shelf(asset: Asset, behind: Shelf | None) -> Shelf:
    """The shelf of a layer: what lies in its folder, and what is installed beside it."""
    lines = [*(behind.requirements if behind else ())]
    for name in {REQUIREMENTS, HOST_REQUIREMENTS}.difference(asset.left_out):
        file = asset.folder / name
        lines += file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []
    return Shelf(Root(asset.folder), behind, tuple(lines))


def _parse(content: bytes, path: Path) -> ast.Module | Broken:
    try:
        return ast.parse(content, str(path))
    except SyntaxError as error:
        return Broken(Place(str(path), error.lineno or 1), error.msg)
    except ValueError as error:
        return Broken(Place(str(path), 1), str(error))
