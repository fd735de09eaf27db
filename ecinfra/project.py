"""The project on disk: its systems, their environments, and the App of one of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from ecinfra.app import App
from ecinfra.errors import EcinfraError, Place, ProjectError, UsageError, nearest
from ecinfra.parts import Settings
from ecinfra.refusals import refused_outside, traces

_PACKAGE = "templates"
_OURS = Path(__file__).parent


class Project(NamedTuple):
    """A folder with systems below `templates/`; `default` is the system meant where none is named."""

    folder: Path
    systems: tuple[str, ...]
    default: str | None


def find(start: Path | None = None) -> Project:
    """The project around a folder: that one, or the nearest above it, that holds systems."""
    start = (start or Path.cwd()).absolute()
    for folder in (start, *start.parents):
        systems = _systems(folder / _PACKAGE)
        if systems:
            return Project(folder, systems, systems[0] if len(systems) == 1 else _declared(folder, systems))
    raise ProjectError(
        f"there is no project at {start}, nor above it",
        hint="a project holds templates/<system>/ with app.py and settings.py; ecinfra init writes one",
    )


def choose(project: Project, system: str | None) -> str:
    """The system that is meant: the one named, or the project's default."""
    if system is None:
        if project.default is None:
            raise UsageError(
                "the project has more than one system: " + ", ".join(project.systems),
                hint='name one with -s, or say which is meant in pyproject.toml: [tool.ecinfra] system = "..."',
            )
        return project.default
    if system not in project.systems:
        raise UsageError(f"there is no system '{system}'", hint=nearest(system, project.systems))
    return system


def environments(project: Project, system: str | None) -> Mapping[str, Settings]:
    """The settings of each environment of a system, by the environment's name."""
    system = choose(project, system)
    module = _import(project, f"{_PACKAGE}.{system}.settings")
    known = vars(module).get("ENVIRONMENTS")
    if not isinstance(known, Mapping) or not known:
        raise ProjectError(
            "there is no dictionary ENVIRONMENTS with an environment in it",
            place=_first_line(module),
            hint='such as ENVIRONMENTS = {"local": local, "dev": dev}',
        )
    for name, settings in known.items():
        own = getattr(settings, "environment", None)
        if own != name:
            raise ProjectError(
                f"ENVIRONMENTS['{name}'] has the environment {own!r}",
                place=_first_line(module),
                hint=f"its settings must say environment={name!r}: stacks are named by it",
            )
    return known


def define(project: Project, system: str | None, environment: str) -> App:
    """The App of a system in one environment, as its `app.py` defines it."""
    system = choose(project, system)
    known = environments(project, system)
    if environment not in known:
        raise UsageError(f"{system} has no environment '{environment}'", hint=nearest(environment, known))
    module = _import(project, f"{_PACKAGE}.{system}.app")
    make = vars(module).get("define")
    if not callable(make):
        raise ProjectError(
            "there is no function define",
            place=_first_line(module),
            hint="such as: def define(settings: Settings) -> App",
        )
    with _failures(project, f"define() of {system} failed"):
        app = make(known[environment])
    if not isinstance(app, App):
        raise ProjectError(
            f"define returned {'nothing' if app is None else type(app).__name__}, not an App",
            place=_first_line(module, make),
            hint="end it with: return app",
        )
    return app


def _systems(folder: Path) -> tuple[str, ...]:
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            path.name
            for path in folder.iterdir()
            if path.name.isidentifier() and (path / "app.py").is_file() and (path / "settings.py").is_file()
        )
    )


def _declared(folder: Path, systems: tuple[str, ...]) -> str | None:
    """The default system, by the project's pyproject.toml."""
    import tomllib  # only projects of several systems pay for it

    path = folder / "pyproject.toml"
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ProjectError(f"cannot read {path}: {error}") from error
    match written:
        case {"tool": {"ecinfra": {"system": name}}}:
            pass
        case _:
            return None
    if name in systems:
        return str(name)
    raise ProjectError(
        f"pyproject.toml says [tool.ecinfra] system = {name!r}, and there is no such system",
        hint=nearest(str(name), systems),
    )


def _import(project: Project, name: str) -> ModuleType:
    with _failures(project, f"cannot import {name}"):
        _enter(project.folder)
        return import_module(name)


def _enter(folder: Path) -> None:
    """Let `templates` be this project's, and no other's."""
    entry = str(folder)
    if sys.path[:1] != [entry]:
        sys.path[:] = [entry, *(other for other in sys.path if other != entry)]
    package = sys.modules.get(_PACKAGE)
    if package is not None and next(iter(getattr(package, "__path__", ())), None) == str(folder / _PACKAGE):
        return
    for name in [name for name in sys.modules if name == _PACKAGE or name.startswith(f"{_PACKAGE}.")]:
        del sys.modules[name]
    if not (folder / _PACKAGE / "__init__.py").is_file():
        # any distribution with a package of that name would win against a mere folder
        package = sys.modules[_PACKAGE] = ModuleType(_PACKAGE)
        package.__path__ = [str(folder / _PACKAGE)]


@contextmanager
def _failures(project: Project, what: str) -> Iterator[None]:
    """Say in one line, at the project's own line, what its code raised; what it prints is no answer of a command's."""
    try:
        with redirect_stdout(sys.stderr):
            yield
    except EcinfraError:
        raise
    except SystemExit as error:
        raise ProjectError(
            f"{what}: it would end the program, by {error!r}",
            place=_origin(error, project.folder),
            hint="templates define, and return: raise an error where they cannot",
        ) from error
    except Exception as error:
        place = _origin(error, project.folder)
        said = error.msg or "" if isinstance(error, SyntaxError) else str(error)
        text = ": ".join(part for part in (type(error).__name__, " ".join(said.split())) if part)
        raise refused_outside(error, place) or ProjectError(f"{what}: {text}", place=place) from error


def _origin(error: BaseException, folder: Path) -> Place | None:
    """The innermost of the project's lines that an error went through."""
    if isinstance(error, SyntaxError) and error.filename and _belongs(error.filename, folder):
        return Place(error.filename, error.lineno or 1)
    lines = [(trace.tb_frame.f_code.co_filename, trace.tb_lineno) for trace in traces(error)]
    return next((Place(file, line) for file, line in reversed(lines) if _belongs(file, folder)), None)


def _belongs(file: str, folder: Path) -> bool:
    """Whether a file is the project's own: not a library's, though one may be installed inside the folder."""
    path = Path(file)
    return path.is_relative_to(folder) and not path.is_relative_to(_OURS) and "site-packages" not in path.parts


def _first_line(module: ModuleType, function: Any = None) -> Place:
    code = getattr(function, "__code__", None)
    return Place(code.co_filename, code.co_firstlineno) if code else Place(str(module.__file__), 1)
