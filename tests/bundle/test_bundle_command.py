from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ecinfra.cli import main
from tests.bundle.kit import HANDLER, contents, offer, wheel, write, zips
from tests.projects import SETTINGS, other_templates

APP = """\
from pathlib import Path

from ecinfra import App
from ecinfra.assets import Handlers
from ecinfra.constructs import Function, Layer
from templates.shop.names import NAMES

HANDLERS = Handlers(Path(__file__).parents[2] / "handlers")


def define(settings):
    app = App("Shop", settings)
    back = app.stack("Back")
    layer = back.add(Layer("Shared", HANDLERS.layer("python3.13", "arm64")))
    for name in NAMES:
        back.add(Function(name.title(), HANDLERS.handler(name), f"{name}.handler.handler", layer=layer))
    return app
"""
X86 = APP.replace('"arm64"))', '"x86_64"), architecture="x86_64")')
EMPTY = 'from ecinfra import App\n\n\ndef define(settings):\n    return App("Shop", settings)\n'
Bundle = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project of two functions over a layer, as the working directory."""
    folder = write(
        tmp_path / "shop",
        {
            "templates/shop/app.py": APP,
            "templates/shop/names.py": 'NAMES = ["reader", "writer"]\n',
            "templates/shop/settings.py": SETTINGS,
            "handlers/reader/handler.py": HANDLER,
            "handlers/writer/handler.py": HANDLER,
            "handlers/third/handler.py": HANDLER,
            "handlers/layer/kitchen.py": "soup = 1\n" * 300,
        },
    )
    monkeypatch.chdir(folder)
    time.sleep(0.06)  # what changed just now is looked at again
    with other_templates():
        yield folder


@pytest.fixture
def bundle() -> Bundle:
    """Run the command as its own process would: with templates that nobody has imported yet."""

    def run(*arguments: str) -> Result:
        with other_templates():
            for name in [name for name in sys.modules if name.partition(".")[0] == "templates"]:
                del sys.modules[name]
            return CliRunner().invoke(main, ["bundle", *arguments], prog_name="ecinfra")

    return run


def first_line(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()[0]


def test_the_table_compares_functions_with_what_they_were_without_the_layer(project: Path, bundle: Bundle) -> None:
    result = bundle("-e", "dev")

    assert result.exit_code == 0
    assert result.stdout == (
        "shop, dev: 3 artifacts in build/shop/artifacts, 3 built\n"
        "\n"
        "function  with layer  without   saved\n"
        "Reader        0.2 KB   3.0 KB  94.0 %\n"
        "Writer        0.2 KB   3.0 KB  94.0 %\n"
        "total         0.4 KB   6.0 KB  94.0 %\n"
        "\n"
        "layer   for                     zip  unzipped\n"
        "Shared  python3.13 on arm64  2.8 KB    2.7 KB\n"
    )
    assert result.stderr == "building the layer Shared for python3.13 on arm64\n"
    assert zips(project / "build/shop/artifacts") == ["layer", "reader", "writer"]


def test_environments_share_their_artifacts(project: Path, bundle: Bundle) -> None:
    bundle("-e", "dev")

    assert first_line(bundle("-e", "prod")) == "shop, prod: 3 artifacts in build/shop/artifacts, nothing to build"


def test_where_nothing_changed_the_templates_are_not_even_imported(
    project: Path, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bundle("-e", "dev")
    monkeypatch.syspath_prepend("/nowhere")  # as another start of the program would have it
    with other_templates():
        for name in [name for name in sys.modules if name.partition(".")[0] == "templates"]:
            del sys.modules[name]
        again = CliRunner().invoke(main, ["bundle", "-e", "dev"], prog_name="ecinfra")
        assert "templates.shop.app" not in sys.modules

    assert first_line(again) == "shop, dev: 3 artifacts in build/shop/artifacts, nothing to build"
    assert again.stdout.splitlines()[1:] == before.stdout.splitlines()[1:]


@pytest.mark.parametrize(
    ("change", "built"),
    [
        ({"handlers/reader/handler.py": HANDLER + "\n"}, ["reader"]),
        ({"handlers/reader/more.py": ""}, ["reader"]),
        ({"handlers/layer/kitchen.py": "soup = 2\n" * 300}, ["layer"]),
        ({"templates/shop/app.py": X86}, ["layer"]),
        ({"templates/shop/names.py": 'NAMES = ["reader", "writer", "third"]\n'}, ["third"]),
    ],
    ids=["a handler", "a new file", "the layer", "a template", "a module of the templates"],
)  # fmt: skip
def test_what_changed_is_built(change: dict[str, str], built: list[str], project: Path, bundle: Bundle) -> None:
    bundle("-e", "dev")
    before = set((project / "build/shop/artifacts").iterdir())
    write(project, change)

    assert first_line(bundle("-e", "dev")).endswith(", 1 built")
    new = set((project / "build/shop/artifacts").iterdir()) - before
    assert [path.name.rpartition("-")[0] for path in new] == built


def test_a_change_is_seen_though_size_and_time_stay_the_same(project: Path, bundle: Bundle) -> None:
    bundle("-e", "dev")
    path = project / "handlers/reader/handler.py"
    before = path.stat()
    path.write_text(HANDLER.replace("return event", "return 12345"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size

    assert first_line(bundle("-e", "dev")).endswith(", 1 built")


def test_a_file_that_is_gone_is_no_longer_in_the_zip(project: Path, bundle: Bundle) -> None:
    write(project, {"handlers/reader/more.py": ""})
    bundle("-e", "dev")
    (project / "handlers/reader/more.py").unlink()

    bundle("-e", "dev")
    held = [set(contents(path)) for path in (project / "build/shop/artifacts").glob("reader-*.zip")]
    assert sorted(map(len, held)) == [1, 2]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"PK")], ids=["gone", "damaged"])
def test_an_artifact_that_is_gone_or_damaged_is_built_again(
    damage: Callable[[Path], object], project: Path, bundle: Bundle
) -> None:
    bundle("-e", "dev")
    (path,) = (project / "build/shop/artifacts").glob("reader-*.zip")
    damage(path)

    assert first_line(bundle("-e", "dev")).endswith(", 1 built")
    assert list(contents(path)) == ["reader/handler.py"]


def test_a_copy_of_a_project_does_not_take_the_others_word(
    project: Path, bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle("-e", "dev")
    shutil.copytree(project, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    write(tmp_path / "copy", {"handlers/reader/handler.py": HANDLER + "\n"})

    assert first_line(bundle("-e", "dev")) == "shop, dev: 3 artifacts in build/shop/artifacts, 1 built"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"form": 1}', '{"form": 1, "project": 2, "outcome": {}}'])
def test_a_memory_that_makes_no_sense_is_forgotten(text: str, project: Path, bundle: Bundle) -> None:
    bundle("-e", "dev")
    write(project, {".ecinfra/bundle/shop-dev.json": text})

    assert first_line(bundle("-e", "dev")) == "shop, dev: 3 artifacts in build/shop/artifacts, nothing to build"


def test_a_project_that_takes_no_memory_is_bundled_all_the_same(project: Path, bundle: Bundle) -> None:
    write(project, {".ecinfra": ""})

    assert first_line(bundle("-e", "dev")).endswith(", 3 built")


def test_the_first_time_explains_itself(project: Path, bundle: Bundle) -> None:
    assert bundle("-e", "dev", "--explain").stdout.splitlines()[-4:] == [
        "",
        "Reader: it is bundled for the first time",
        "Writer: it is bundled for the first time",
        "Shared: it is bundled for the first time",
    ]


def test_the_files_that_changed_a_hash_are_named(project: Path, bundle: Bundle) -> None:
    write(project, {"handlers/reader/old.py": ""})
    bundle("-e", "dev")
    (project / "handlers/reader/old.py").unlink()
    write(
        project,
        {
            "handlers/reader/handler.py": HANDLER + "\n",
            "handlers/reader/new.py": "",
            "templates/shop/app.py": X86,
        },
    )

    result = bundle("-e", "dev", "--explain")
    assert result.stdout.splitlines()[-5:] == [
        "",
        "Reader: reader/handler.py changed",
        "Reader: reader/new.py is new",
        "Reader: reader/old.py is gone",
        "Shared: it is built for python3.13, x86_64, not for python3.13, arm64",
    ]
    assert bundle("-e", "dev", "--explain").stdout.splitlines()[-1] == "no hash has changed since the last time"


def test_machines_are_told_the_same(project: Path, bundle: Bundle) -> None:
    told = json.loads(bundle("-e", "dev", "--json", "--explain").stdout)

    assert (told["system"], told["environment"]) == ("shop", "dev")
    reader = told["artifacts"][0]
    path = Path(reader["path"])
    assert path.parent == project / "build/shop/artifacts"
    assert reader == {
        "key": f"code/{path.name}",
        "path": str(path),
        "size": path.stat().st_size,
        "built": True,
        "unpacked": len(HANDLER),
    }
    layer = told["artifacts"][2]
    assert told["functions"][0] == {
        "title": "Reader",
        "key": reader["key"],
        "layer": layer["key"],
        "without_layer": reader["size"] + layer["size"],
    }
    assert told["layers"] == [{"title": "Shared", "key": layer["key"], "target": "python3.13 on arm64"}]
    assert told["changes"]["Reader"] == ["it is bundled for the first time"]
    assert "changes" not in json.loads(bundle("-e", "dev", "--json").stdout)


def test_a_function_that_could_share_is_marked(project: Path, bundle: Bundle) -> None:
    write(project, {"handlers/reader/large.txt": bytes(200_000)})

    lines = bundle("-e", "dev").stdout.splitlines()
    assert lines[3] == "Reader    ! 200.3 KB  203.1 KB   1.3 %"
    assert lines[7] == "!  over 200 KB: what functions share belongs into a layer"


def test_a_project_without_functions_has_nothing_to_build(project: Path, bundle: Bundle) -> None:
    write(project, {"templates/shop/app.py": EMPTY})

    assert bundle("-e", "dev").stdout == "shop, dev: 0 artifacts in build/shop/artifacts, nothing to build\n"
    assert not (project / "build").exists()


def test_a_function_without_sources_is_refused_at_its_line(project: Path, bundle: Bundle) -> None:
    write(project, {"templates/shop/names.py": 'NAMES = ["gone"]\n'})

    result = bundle("-e", "dev")

    assert result.exit_code == 1
    assert result.stderr == (
        "error: templates/shop/app.py:16: there are no sources at handlers/gone\n"
        "  a function's code=...handler(name) wants a folder of that name, with handler.py in it\n"
    )
    assert not (project / "build").exists()


def test_a_link_that_leaves_is_refused_and_nothing_is_written(project: Path, bundle: Bundle) -> None:
    bundle("-e", "dev")
    (project / "handlers/reader/hosts").symlink_to("/etc/hosts")
    before = zips(project / "build/shop/artifacts")

    result = bundle("-e", "dev")

    assert result.exit_code == 1
    assert result.stderr == (
        "error: templates/shop/app.py:16: handlers/reader/hosts is a link to /etc/hosts, outside of "
        f"{project / 'handlers/reader'}\n"
        "  an asset holds what is in its folder: put a copy there\n"
    ).replace(f"{project}/", "")
    assert zips(project / "build/shop/artifacts") == before


@pytest.mark.parametrize("name", ["test", "../../dev", "dev/../dev"])
def test_an_unknown_environment_is_refused(name: str, project: Path, bundle: Bundle) -> None:
    result = bundle("-e", name)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: shop has no environment '{name}'\n")


def test_a_terminal_sees_how_far_a_layer_is(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = offer(tmp_path / "index", monkeypatch)
    write(project, {"handlers/layer/requirements.txt": wheel(index, "spoon", {"spoon.py": ""})})
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-P", "-m", "ecinfra", "bundle", "-e", "dev"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "80"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        process.communicate()
    shown = os.read(ours, 10_000).decode()
    os.close(ours)

    assert shown == (
        "\r\x1b[Kbuilding the layer Shared for python3.13 on arm64"
        "\r\x1b[Kbuilding the layer Shared for python3.13 on arm64: spoon, 1 of 1"
        "\r\x1b[K"
    )
