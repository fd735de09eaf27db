from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ecinfra import App
from ecinfra.assets import Handlers
from ecinfra.bundle import bundle
from ecinfra.constructs import Layer
from ecinfra.errors import AssetError
from tests.bundle.kit import HANDLER, Settings, app, contents, elf, offer, wheel, write, zips

ROOT = Path(__file__).parents[2]
ARM = ("python3.13", "arm64")
X86_64 = 62


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What pip finds wheels in."""
    return offer(tmp_path / "index", monkeypatch)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A function, and a layer of one module."""
    return write(
        tmp_path / "handlers",
        {"reader/handler.py": "import kitchen, spoon\n" + HANDLER, "layer/kitchen/__init__.py": "import spoon\n"},
    )


def pin(sources: Path, *lines: str, host: str = "") -> None:
    write(sources, {"layer/requirements.txt": "".join(lines)})
    if host:
        write(sources, {"layer/requirements-host.txt": host})


def refused(sources: Path, layer: tuple[str, ...] = ARM) -> str:
    target = sources.parent / "out"
    with pytest.raises(AssetError) as caught:
        bundle(app(sources, "reader", layer=layer), target)
    assert zips(target) == []
    return str(caught.value)


def test_a_layer_holds_its_folder_and_what_its_requirements_ask_for(index: Path, sources: Path, tmp_path: Path) -> None:
    pin(sources, wheel(index, "spoon", {"spoon/__init__.py": ""}), wheel(index, "fork", {"fork.py": ""}))
    wheel(index, "knife", {"knife.py": ""})
    said: list[tuple[str, str]] = []

    _, layer = bundle(app(sources, "reader", layer=ARM), tmp_path / "out", lambda *words: said.append(words))

    assert list(contents(layer.path)) == [
        "python/fork-1.0.dist-info/METADATA",
        "python/fork-1.0.dist-info/WHEEL",
        "python/fork.py",
        "python/kitchen/__init__.py",
        "python/spoon-1.0.dist-info/METADATA",
        "python/spoon-1.0.dist-info/WHEEL",
        "python/spoon/__init__.py",
    ]
    what = "the layer Shared for python3.13 on arm64"
    assert said == [(what, ""), (what, "spoon, 1 of 2"), (what, "fork, 2 of 2")]


def test_a_layer_has_the_same_bytes_wherever_it_is_built(index: Path, sources: Path, tmp_path: Path) -> None:
    pin(sources, wheel(index, "spoon", {"spoon/__init__.py": "soup = 1\n" * 100}))
    first = bundle(app(sources, "reader", layer=ARM), tmp_path / "out")

    again = bundle(app(sources, "reader", layer=ARM), tmp_path / "elsewhere")

    assert [artifact.path.read_bytes() for artifact in first] == [artifact.path.read_bytes() for artifact in again]


def test_a_layer_that_is_there_needs_no_index(
    index: Path, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(sources, wheel(index, "spoon", {"spoon/__init__.py": ""}))
    bundle(app(sources, "reader", layer=ARM), tmp_path / "out")
    offer(tmp_path / "nothing", monkeypatch)
    write(sources, {"reader/more.py": ""})

    assert [each.built for each in bundle(app(sources, "reader", layer=ARM), tmp_path / "out")] == [True, False]


def test_a_layer_without_requirements_needs_no_pip(sources: Path, tmp_path: Path) -> None:
    _, layer = bundle(app(sources, "reader", layer=ARM), tmp_path / "out")

    assert contents(layer.path) == {"python/kitchen/__init__.py": b"import spoon\n"}


def test_pip_takes_the_wheel_of_the_layers_machine(index: Path, sources: Path, tmp_path: Path) -> None:
    code = {"spoon.so": elf(183)}
    line = wheel(index, "spoon", code, tag="cp313-cp313-manylinux_2_28_aarch64")
    other = wheel(index, "spoon", {"spoon.so": elf(X86_64)}, tag="cp313-cp313-manylinux_2_28_x86_64")
    pin(sources, line.rstrip() + " --hash=" + other.partition("--hash=")[2])

    _, layer = bundle(app(sources, "reader", layer=ARM), tmp_path / "out")

    assert contents(layer.path)["python/spoon.so"] == elf(183)


def test_machine_code_of_another_machine_is_refused(index: Path, sources: Path) -> None:
    pin(sources, wheel(index, "spoon", {"spoon.so": elf(X86_64)}))

    assert refused(sources) == (
        "spoon-1.0-py3-none-any.whl holds spoon.so, machine code that does not run on python3.13 on arm64"
    )


def test_two_packages_with_one_file_are_refused(index: Path, sources: Path) -> None:
    pin(sources, wheel(index, "spoon", {"tool.py": "1"}), wheel(index, "fork", {"tool.py": "2"}))

    assert refused(sources) == (
        "fork-1.0-py3-none-any.whl and spoon-1.0-py3-none-any.whl both hold tool.py, and not the same"
    )


def test_a_package_that_the_folder_hides_is_refused(index: Path, sources: Path) -> None:
    pin(sources, wheel(index, "kitchen", {"kitchen/__init__.py": "mine"}))

    assert refused(sources) == "layer and kitchen-1.0-py3-none-any.whl both hold kitchen/__init__.py, and not the same"


def test_a_package_with_another_hash_is_refused(index: Path, sources: Path) -> None:
    wheel(index, "spoon", {"spoon.py": ""})
    pin(sources, f"spoon==1.0 --hash=sha256:{'0' * 64}\n")

    assert refused(sources) == (
        f"the layer at {sources}/layer cannot be built for python3.13 on arm64: "
        "spoon==1.0 does not have the hash that the requirements pin\n"
        "  somebody may have changed it where pip finds it: look before you pin another hash"
    )


def test_a_package_that_nobody_pinned_is_refused(index: Path, sources: Path) -> None:
    wheel(index, "fork", {"fork.py": ""})
    pin(sources, wheel(index, "spoon", {"spoon.py": ""}, needs="fork"))

    assert refused(sources) == (
        f"the layer at {sources}/layer cannot be built for python3.13 on arm64: "
        "fork is wanted by another package, and is not pinned itself\n"
        "  pip-compile --generate-hashes writes requirements with all that they want"
    )


def test_a_package_that_pip_does_not_find_is_refused(index: Path, sources: Path) -> None:
    pin(sources, wheel(index, "spoon", {"spoon.py": ""}, tag="cp313-cp313-macosx_11_0_arm64"))

    assert refused(sources) == (
        f"the layer at {sources}/layer cannot be built for python3.13 on arm64: "
        "No matching distribution found for spoon==1.0\n"
        "  pip needs its index within reach, and there a wheel that fits python3.13 on arm64"
    )


def test_a_package_without_a_pin_is_refused_before_pip_is_asked(sources: Path) -> None:
    pin(sources, "spoon>=1.0\n")

    assert refused(sources).startswith(
        f"{sources}/layer/requirements.txt:1: 'spoon>=1.0' is not pinned to one version\n"
    )


def test_the_layer_of_this_machine_holds_what_lambda_brings_along(index: Path, sources: Path, tmp_path: Path) -> None:
    pin(sources, wheel(index, "spoon", {"spoon.py": ""}), host=wheel(index, "sdk", {"sdk.py": ""}))

    _, here = bundle(app(sources, "reader", layer=("host",)), tmp_path / "out")
    _, there = bundle(app(sources, "reader", layer=ARM), tmp_path / "out")

    assert "python/sdk.py" in contents(here.path)
    assert "python/sdk.py" not in contents(there.path)


def test_the_layer_of_this_machine_is_imported_alone(index: Path, sources: Path) -> None:
    pin(sources, wheel(index, "spoon", {"spoon/__init__.py": "import click\n"}))

    assert refused(sources, ("host",)) == (
        f"the layer at {sources}/layer does not work on this machine: "
        "spoon cannot be imported: ModuleNotFoundError: No module named 'click'"
    )


def test_a_layer_on_another_runtime_than_its_code_is_refused(sources: Path, tmp_path: Path) -> None:
    made = App("Shop", Settings())
    made.stack("Back").add(Layer("Shared", Handlers(sources).layer("python3.12", "arm64")))

    with pytest.raises(AssetError) as caught:
        bundle(made, tmp_path / "out")
    assert str(caught.value) == (
        "Back.Shared runs on python3.13 on arm64, and its code is built for python3.12 on arm64\n"
        "  layer(runtime, architecture) of the sources says the same as the construct"
    )


def test_a_layer_for_nothing_known_is_refused(sources: Path, tmp_path: Path) -> None:
    made = App("Shop", Settings())
    made.stack("Back").add(Layer("Shared", Handlers(sources).layer("ruby3.4", "arm64")))

    with pytest.raises(AssetError) as caught:
        bundle(made, tmp_path / "out")
    assert caught.value.message == "Back.Shared: a layer cannot be built for ruby3.4, arm64"


def test_a_layer_that_lambda_does_not_take_is_refused(index: Path, sources: Path) -> None:
    pin(sources, wheel(index, "spoon", {"spoon.py": bytes(262_144_000)}))

    assert refused(sources) == (
        "Back.Shared unzips to 262,144,136 bytes; Lambda takes 262,144,000 of a function and its layer\n"
        "  leave out packages that the functions can do without"
    )


def test_what_lambda_does_not_take_with_its_layer_is_refused(index: Path, sources: Path) -> None:
    pin(sources, wheel(index, "spoon", {"spoon.py": bytes(262_144_000 - 200)}))

    assert refused(sources) == (
        "Back.Reader unzips to 262,144,004 bytes, 68 of them without Shared; "
        "Lambda takes 262,144,000 of a function and its layer\n"
        "  leave out packages that the functions can do without"
    )


def test_an_interrupted_build_leaves_nothing(sources: Path, tmp_path: Path) -> None:
    pin(sources, f"spoon==1.0 --hash=sha256:{'0' * 64}\n")
    program = (
        "from pathlib import Path\n"
        "from ecinfra.bundle import bundle\n"
        "from tests.bundle.kit import app\n"
        f"bundle(app(Path({str(sources)!r}), 'reader', layer={ARM!r}), Path({str(tmp_path / 'out')!r}))\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": f"http://127.0.0.1:{silent.getsockname()[1]}/simple",
        }
        with subprocess.Popen(
            [sys.executable, "-P", "-c", program], env=environment, stderr=subprocess.PIPE, cwd=tmp_path
        ) as process:
            silent.accept()
            assert zips(tmp_path / "out") != []
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)

    assert b"KeyboardInterrupt" in said
    assert zips(tmp_path / "out") == []
