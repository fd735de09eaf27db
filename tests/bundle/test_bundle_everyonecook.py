"""EveryoneCook's own bundle: from its real requirements, so the first run of these tests needs pip's index."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from ecinfra.bundle import Artifact, bundle
from ecinfra.bundle.outcome import Outcome, outcome
from ecinfra.bundle.parts import parts
from ecinfra.errors import AssetError
from ecinfra.project import define, find
from ecinfra.report.artifacts import without_layer

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from stand_ins import STAND_INS

ROOT = Path(__file__).parents[2]

# What the layer brings is imported once; then each function in a process of its own, which sees its zip and the layer.
IMPORT_EACH = """\
import importlib, os, sys
layer, *functions = sys.argv[1:]
sys.path.insert(0, layer)
for name in ("aws_lambda_powertools", "boto3", "jwt", "pydantic", "PIL.Image"):
    importlib.import_module(name)
for folder, entry in zip(functions[::2], functions[1::2]):
    child = os.fork()
    if child == 0:
        sys.path.insert(0, folder)
        module, _, name = entry.rpartition(".")
        os._exit(0 if callable(getattr(importlib.import_module(module), name)) else 2)
    if os.waitpid(child, 0)[1]:
        sys.exit(f"{entry} cannot be called")
print(len(functions) // 2)
"""


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest) -> Path:
    """Where artifacts stay from run to run: what has not changed is not downloaded again."""
    return Path(request.config.cache.mkdir("artifacts"))


def made(environment: str, folder: Path) -> Outcome:
    app = define(find(ROOT), "everyonecook", environment)
    try:
        artifacts = bundle(app, folder / environment)
    except AssetError as error:
        if "pip needs its index within reach" in error.hint:
            pytest.skip(error.message)
        raise
    for stale in {*(folder / environment).glob("*.zip")} - {artifact.path for artifact in artifacts}:
        stale.unlink(missing_ok=True)
    return outcome(parts(app), artifacts)


def layer_of(bundled: Outcome) -> Artifact:
    return next(each for each in bundled.artifacts if each.key == bundled.layers[0].key)


def unzip(artifacts: Sequence[Artifact], folder: Path) -> dict[str, Path]:
    """Each zip alone in a folder, by key."""
    for number, artifact in enumerate(artifacts):
        with zipfile.ZipFile(artifact.path) as archive:
            archive.extractall(folder / str(number))
    return {artifact.key: folder / str(number) for number, artifact in enumerate(artifacts)}


def test_every_function_runs_from_its_zip_and_the_layer_alone(kept: Path, tmp_path: Path) -> None:
    bundled = made("local", kept)
    folders = unzip(bundled.artifacts, tmp_path)
    entries = {part.title: part.entry for part in parts(define(find(ROOT), "everyonecook", "local")).functions}
    called = [word for each in bundled.functions for word in (str(folders[each.key]), entries[each.title])]

    result = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", IMPORT_EACH, str(folders[layer_of(bundled).key] / "python"), *called],
        env=STAND_INS,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
    assert result.stdout == "16\n"


def test_lambdas_layer_runs_on_arm(kept: Path) -> None:
    machines = set()
    names = []
    with zipfile.ZipFile(layer_of(made("dev", kept)).path) as archive:
        for info in archive.infolist():
            names.append(info.filename)
            with archive.open(info) as file:
                head = file.read(20)
            if head.startswith(b"\x7fELF"):
                machines.add(struct.unpack("<18xH", head)[0])
        assert archive.testzip() is None

    assert machines == {183}
    assert "python/_cffi_backend.cpython-313-aarch64-linux-gnu.so" in names
    assert {name.split("/")[0] for name in names} == {"python"}
    assert not [name for name in names if name.endswith((".pyc", "/RECORD", "/INSTALLER")) or "/bin/" in name]
    assert not [name for name in names if name.startswith(("python/boto", "python/requirements"))]


def test_the_layer_takes_eight_megabytes_off_each_function(kept: Path) -> None:
    bundled = made("dev", kept)
    sizes = {artifact.key: artifact.size for artifact in bundled.artifacts}
    alone = without_layer(bundled)

    for function in bundled.functions:
        assert sizes[function.key] < 200_000, function.title
        assert alone[function.title] > 8_000_000, function.title
