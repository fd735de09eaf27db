"""What a layer is built for: a runtime of Lambda on an architecture, or the interpreter that builds it."""

from __future__ import annotations

import re
from typing import NamedTuple

from ecinfra.assets import HOST
from ecinfra.errors import AssetError

_RUNTIME = re.compile(r"python3\.(\d+)")
_PYTHON_OF_AMAZON_LINUX_2023 = 12  # and of those after it; earlier ones run on Amazon Linux 2
_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}
_ELF = {"aarch64": 183, "arm64": 183, "x86_64": 62}


class Target(NamedTuple):
    """What pip is told, which tags of wheels fit (None: those that pip takes), and the machine in ELF headers."""

    label: str
    options: tuple[str, ...]
    tags: frozenset[str] | None
    machine: int | None

    @property
    def host(self) -> bool:
        """Whether what is built runs here."""
        return self.tags is None


def target(circumstances: tuple[str, ...]) -> Target:
    """The target that the circumstances of a layer name."""
    match circumstances:
        case (host, _, system) if host == HOST:
            kernel, _, machine = system.partition("-")
            return Target("this machine", (), None, _ELF.get(machine) if kernel == "linux" else None)
        case (runtime, architecture) if (version := _RUNTIME.fullmatch(runtime)) and architecture in _MACHINES:
            return _lambda(int(version[1]), architecture)
    raise AssetError(
        f"a layer cannot be built for {', '.join(circumstances) or 'nothing'}",
        hint='layer("python3.13", "arm64") and layer("python3.13", "x86_64") are for Lambda, layer("host") is for here',
    )


def _lambda(version: int, architecture: str) -> Target:
    machine = _MACHINES[architecture]
    glibc = 34 if version >= _PYTHON_OF_AMAZON_LINUX_2023 else 26
    # the newest first: pip takes the wheel of the first that it finds one for
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in range(glibc, 16, -1)] + [f"manylinux2014_{machine}"]
    options = [f"--python-version=3.{version}", "--implementation=cp", f"--abi=cp3{version}"]
    options += [f"--platform={platform}" for platform in platforms]
    label = f"python3.{version} on {architecture}"
    return Target(label, tuple(options), frozenset(_tags(version, platforms)), _ELF[machine])


def _tags(version: int, platforms: list[str]) -> list[str]:
    """The tags of wheels that run on Lambda, as their names say them: python-abi-platform."""
    pythons = ["py3", *(f"py3{minor}" for minor in range(version + 1))]
    tags = [f"{python}-none-{platform}" for python in [*pythons, f"cp3{version}"] for platform in [*platforms, "any"]]
    tags += [f"cp3{minor}-abi3-{platform}" for minor in range(2, version + 1) for platform in platforms]
    return tags + [f"cp3{version}-cp3{version}-{platform}" for platform in platforms]
