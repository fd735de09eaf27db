"""The files of a new project."""

from __future__ import annotations

from pathlib import Path

from ecinfra import __version__

_HERE = Path(__file__).parent
_FILES = {
    ".gitignore": "gitignore.txt",
    "README.md": "README.md.txt",
    "pyproject.toml": "pyproject.toml.txt",
    "templates/__init__.py": "templates.py.txt",
    "templates/{system}/__init__.py": "system.py.txt",
    "templates/{system}/app.py": "app.py.txt",
    "templates/{system}/settings.py": "settings.py.txt",
    "templates/{system}/mail.py": "mail.py.txt",
    "templates/{system}/hello.py": "hello.py.txt",
    "handlers/{system}/hello/handler.py": "handler.py.txt",
    "tests/test_{system}.py": "test.py.txt",
}


def project_files(system: str) -> dict[str, str]:
    """A project with one system: each file's path, and its text."""
    name = "".join(word.capitalize() for word in system.split("_"))
    words = {"system": system, "Name": name, "version": __version__}
    files = {}
    for path, source in _FILES.items():
        text = (_HERE / source).read_text(encoding="utf-8")
        for word, meaning in words.items():
            text = text.replace(f"{{{{{word}}}}}", meaning)
        files[path.format(system=system)] = text
    return files
