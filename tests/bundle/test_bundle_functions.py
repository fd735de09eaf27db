from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ecinfra.assets import Handlers
from ecinfra.bundle import bundle
from ecinfra.constructs import Function
from ecinfra.errors import AssetError
from tests.bundle.kit import HANDLER, app, contents, write, zips


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Two functions, and what lies beside them."""
    return write(
        tmp_path / "handlers",
        {
            "reader/__init__.py": "",
            "reader/handler.py": "from reader import words\n" + HANDLER,
            "reader/words.json": "{}",
            "reader/words.py": "",
            "reader/__pycache__/words.cpython-311.pyc": "",
            "writer/handler.py": HANDLER,
            "shared.py": "",
            "api.json": "{}",
        },
    )


def refused(sources: Path, *names: str, entry: str = "") -> str:
    target = sources.parent / "out"
    with pytest.raises(AssetError) as caught:
        bundle(app(sources, *names, entry=entry), target)
    assert zips(target) == []
    return str(caught.value)


def test_a_zip_holds_the_folder_of_its_function_and_no_neighbour(sources: Path, tmp_path: Path) -> None:
    reader, writer = bundle(app(sources, "reader", "writer"), tmp_path / "out")

    assert list(contents(reader.path)) == [
        "reader/__init__.py",
        "reader/handler.py",
        "reader/words.json",
        "reader/words.py",
    ]
    assert contents(writer.path) == {"writer/handler.py": HANDLER.encode()}


def test_an_artifact_is_found_by_its_key(sources: Path, tmp_path: Path) -> None:
    made = app(sources, "writer")
    (writer,) = bundle(made, tmp_path / "out")

    assert writer.key == made.stacks["Back"].resources["Writer"].body["Properties"]["Code"]["S3Key"]
    assert writer.path == tmp_path / "out" / writer.key.removeprefix("code/")
    assert (writer.size, writer.unpacked, writer.built) == (writer.path.stat().st_size, len(HANDLER), True)


def test_what_is_there_is_not_built_again(sources: Path, tmp_path: Path) -> None:
    bundle(app(sources, "reader", "writer"), tmp_path / "out")
    write(sources, {"writer/handler.py": HANDLER * 2})

    assert [artifact.built for artifact in bundle(app(sources, "reader", "writer"), tmp_path / "out")] == [False, True]
    assert zips(tmp_path / "out") == ["reader", "writer", "writer"]


def test_functions_of_one_folder_share_its_zip(sources: Path, tmp_path: Path) -> None:
    write(sources, {"writer/other.py": HANDLER})
    made = app(sources, "writer")
    made.stack("More").add(Function("Other", Handlers(sources).handler("writer"), "writer.other.handler"))

    assert len(bundle(made, tmp_path / "out")) == 1


def test_two_checkouts_make_the_same_bytes(sources: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "handlers"
    for path in sorted(sources.rglob("*.*"), reverse=True):
        write(other, {str(path.relative_to(sources)): path.read_bytes()})
        os.utime(other / path.relative_to(sources), (1, 1))
        (other / path.relative_to(sources)).chmod(0o700)

    before = bundle(app(sources, "reader", "writer"), tmp_path / "out")
    again = bundle(app(other, "reader", "writer"), tmp_path / "elsewhere" / "out")

    assert [artifact.key for artifact in before] == [artifact.key for artifact in again]
    assert [artifact.path.read_bytes() for artifact in before] == [artifact.path.read_bytes() for artifact in again]


def test_a_damaged_artifact_is_built_again(sources: Path, tmp_path: Path) -> None:
    (writer,) = bundle(app(sources, "writer"), tmp_path / "out")
    whole = writer.path.read_bytes()
    writer.path.write_bytes(whole[:40])

    assert bundle(app(sources, "writer"), tmp_path / "out")[0].built
    assert writer.path.read_bytes() == whole


def test_nothing_is_left_beside_the_artifacts(sources: Path, tmp_path: Path) -> None:
    bundle(app(sources, "writer"), tmp_path / "out")

    assert zips(tmp_path / "out") == ["writer"]


def test_what_a_killed_build_left_behind_is_removed_when_it_is_old(sources: Path, tmp_path: Path) -> None:
    write(tmp_path / "out", {".bundle-old/half.zip": "", ".bundle-new/half.zip": ""})
    os.utime(tmp_path / "out" / ".bundle-old", (0, 0))

    bundle(app(sources, "writer"), tmp_path / "out")

    assert zips(tmp_path / "out") == [".bundle", "writer"]
    assert (tmp_path / "out" / ".bundle-new" / "half.zip").exists()


def test_a_handler_that_is_not_in_the_zip_is_refused(sources: Path) -> None:
    assert refused(sources, "reader", entry="reader.handlr.handler") == (
        "Back.Reader: there is no reader/handlr.py in its zip, and its handler is reader.handlr.handler\n"
        "  did you mean 'reader.handler.handler'?"
    )


def test_a_handler_without_its_folder_is_refused_with_the_one_that_is_meant(sources: Path) -> None:
    assert refused(sources, "writer", entry="handler.handler") == (
        "Back.Writer: there is no handler.py in its zip, and its handler is handler.handler\n"
        "  did you mean 'writer.handler.handler'?"
    )


def test_a_handler_that_nothing_resembles_is_refused(sources: Path) -> None:
    write(sources, {"empty/notes.txt": ""})

    assert refused(sources, "empty") == (
        "Back.Empty: there is no empty/handler.py in its zip, and its handler is empty.handler.handler\n"
        f"  the zip holds {sources}/empty, under the folder's own name"
    )


def test_a_handler_that_its_file_does_not_mention_is_refused(sources: Path) -> None:
    assert refused(sources, "writer", entry="writer.handler.main") == (
        "Back.Writer: nothing in writer/handler.py is called main, and its handler is writer.handler.main\n"
        "  such as: def main(event, context)"
    )


@pytest.mark.parametrize("entry", ["reader.handler", "reader.words.handler"])
def test_a_handler_may_be_of_a_package_or_imported(entry: str, sources: Path, tmp_path: Path) -> None:
    write(sources, {"reader/__init__.py": HANDLER, "reader/words.py": "from reader import *\n"})

    assert bundle(app(sources, "reader", entry=entry), tmp_path / "out")


@pytest.mark.parametrize(
    "line", ["import writer", "import json, writer.handler", "from writer import handler", "    from writer.a import b"]
)
def test_an_import_of_a_neighbour_is_refused_at_its_line(line: str, sources: Path) -> None:
    write(
        sources,
        {"reader/words.py": f"import json\nif json:\n    pass\n{'if True:' if line[0] == ' ' else ''}\n{line}\n"},
    )

    assert refused(sources, "writer", "reader") == (
        f"{sources}/reader/words.py:5: Back.Reader: writer is imported, which is beside its folder and not in its zip\n"
        "  what functions share belongs into the layer"
    )


def test_a_module_beside_the_folder_is_a_neighbour_too(sources: Path) -> None:
    write(sources, {"reader/words.py": "import shared\n"})

    assert "Back.Reader: shared is imported, which is beside its folder" in refused(sources, "reader")


def test_words_that_look_like_an_import_are_none(sources: Path, tmp_path: Path) -> None:
    write(
        sources,
        {"reader/words.py": '"""\nfrom writer import much\n"""\nfrom .writer import x\n', "reader/writer.py": ""},
    )

    assert bundle(app(sources, "reader"), tmp_path / "out")


def test_a_file_that_is_not_python_is_refused_where_it_matters(sources: Path) -> None:
    write(sources, {"reader/words.py": "import writer\n)\n"})

    assert refused(sources, "reader") == (f"{sources}/reader/words.py:2: this is not Python: unmatched ')'")


def test_where_one_function_is_refused_no_zip_is_written(sources: Path) -> None:
    write(sources, {"reader/words.py": "import writer\n"})

    refused(sources, "writer", "reader")


def test_a_folder_that_cannot_be_written_is_reported(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")

    with pytest.raises(AssetError) as caught:
        bundle(app(sources, "writer"), tmp_path / "out")
    assert re.fullmatch(rf"cannot write {tmp_path}/out/writer-\w+\.zip: not a directory", str(caught.value))
