from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ecinfra.assets import Asset, Handlers, escapes
from ecinfra.errors import AssetError
from tests.bundle.kit import app, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "reader", {"handler.py": "1", "text/words.py": "2"})


def refused(folder: Path) -> str:
    with pytest.raises(AssetError) as caught:
        _ = Asset(folder).digest
    return str(caught.value)


def test_a_key_names_the_folder_and_the_hash_of_its_content(folder: Path) -> None:
    assert Asset(folder).key == "code/reader-5bf4d37037cf941433bef1e7c6f2d3eb.zip"


def test_the_same_sources_elsewhere_have_the_same_hash(folder: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "elsewhere/reader", {"text/words.py": "2", "handler.py": "1"})
    (other / "handler.py").chmod(0o755)
    os.utime(other / "handler.py", (0, 0))

    assert Asset(other) != Asset(folder)
    assert Asset(other).digest == Asset(folder).digest


@pytest.mark.parametrize(
    "change",
    [{"handler.py": "3"}, {"new.py": ""}, {"handler.py": "1\0text/words.py"}],
    ids=["content", "a new file", "a name in the content"],
)
def test_another_content_has_another_hash(folder: Path, change: dict[str, str]) -> None:
    before = Asset(folder).digest
    write(folder, change)

    assert Asset(folder).digest != before


def test_another_name_has_another_hash(folder: Path) -> None:
    before = Asset(folder).digest
    (folder / "handler.py").rename(folder / "other.py")

    assert Asset(folder).digest != before


def test_what_tools_leave_behind_is_no_source(folder: Path) -> None:
    before = Asset(folder).digest
    write(folder, {"__pycache__/handler.cpython-313.pyc": "", ".ruff_cache/x": "", "text/old.pyc": "", "a.py~": ""})

    assert Asset(folder).digest == before


def test_what_is_left_out_is_no_source(folder: Path) -> None:
    assert [source.name for source in Asset(folder, left_out=("handler.py",)).sources] == ["text/words.py"]


def test_the_hash_of_a_layer_knows_what_it_is_built_for(tmp_path: Path) -> None:
    handlers = Handlers(write(tmp_path, {"layer/shared.py": ""}))
    every = [handlers.layer("python3.13", "arm64"), handlers.layer("python3.12", "arm64"), handlers.layer("host")]

    assert len({layer.digest for layer in every}) == 3
    assert every[2].circumstances[0] == "host"
    assert f"-{sys.version_info.major}{sys.version_info.minor}" in every[2].circumstances[1]


def test_what_lambda_brings_along_is_part_of_the_hosts_layer_alone(tmp_path: Path) -> None:
    names = ("requirements.in", "requirements.txt", "requirements-host.txt")
    handlers = Handlers(write(tmp_path, {f"layer/{name}": "" for name in names}))

    assert [source.name for source in handlers.layer("python3.13", "arm64").sources] == ["requirements.txt"]
    assert [source.name for source in handlers.layer("host").sources] == ["requirements-host.txt", "requirements.txt"]


def test_a_link_that_stays_inside_stands_for_what_it_leads_to(folder: Path) -> None:
    (folder / "copy.py").symlink_to("handler.py")
    (folder / "more").symlink_to(folder / "text")

    found = {source.name: source.content() for source in Asset(folder).sources}
    assert found == {"copy.py": b"1", "handler.py": b"1", "more/words.py": b"2", "text/words.py": b"2"}


def test_a_link_that_leaves_the_folder_is_refused(folder: Path) -> None:
    (folder / "text" / "hosts").symlink_to("/etc/hosts")

    assert refused(folder) == (
        f"{folder}/text/hosts is a link to /etc/hosts, outside of {folder}\n"
        "  an asset holds what is in its folder: put a copy there"
    )


def test_a_folder_that_is_a_link_to_elsewhere_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "reader").symlink_to(folder)

    assert refused(tmp_path / "own" / "reader").startswith(
        f"{tmp_path}/own/reader is a link to {folder}, outside of {tmp_path}/own\n"
    )


@pytest.mark.parametrize("target", ["nowhere.py", "gone.py"], ids=["nothing", "itself"])
def test_a_broken_link_is_refused(folder: Path, target: str) -> None:
    (folder / "gone.py").symlink_to(target)

    assert refused(folder) == (
        f"{folder}/gone.py is a link to {target}, and that is not there\n  mend it, or remove it"
    )


def test_links_that_go_round_in_circles_are_refused(folder: Path) -> None:
    (folder / "text" / "again").symlink_to("..")

    assert refused(folder) == f"{folder}/text/again is a link to a folder around it\n  remove it"


def test_a_pipe_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "pipe")

    assert refused(folder) == f"{folder}/pipe is neither a file nor a folder; an asset holds nothing else"


def test_a_socket_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")

    assert refused(folder) == f"{folder}/socket is neither a file nor a folder; an asset holds nothing else"


@pytest.mark.parametrize("name", [b"..\\handler.py", b"c:handler.py", b"line\nfeed.py", b"\xff.py"])
def test_a_name_that_would_be_extracted_elsewhere_is_refused(folder: Path, name: bytes) -> None:
    path = os.fsencode(folder) + b"/" + name
    Path(os.fsdecode(path)).write_text("")

    assert refused(folder) == f"{os.fsdecode(path)!r} has a name that cannot be extracted everywhere\n  rename it"


def test_a_file_that_cannot_be_read_is_reported(folder: Path) -> None:
    asset = Asset(folder)
    (source, _) = asset.sources
    (folder / "handler.py").unlink()

    with pytest.raises(AssetError) as caught:
        source.content()
    assert str(caught.value) == f"cannot read {folder}/handler.py: no such file or directory"


def test_a_file_that_changed_after_it_was_hashed_is_reported(folder: Path) -> None:
    (source, _) = Asset(folder).sources
    (folder / "handler.py").write_text("3")

    with pytest.raises(AssetError) as caught:
        source.content()
    assert str(caught.value) == f"{folder}/handler.py changed after it was hashed\n  do it again"


def test_a_folder_without_a_name_is_refused(folder: Path) -> None:
    assert refused(folder / "text" / "..") == (
        f"'{folder}/text/..' does not say what the folder is called\n  write it without . and .."
    )


def test_a_function_without_sources_is_refused_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(AssetError) as caught:
        app(tmp_path, "reader")

    assert caught.value.place
    assert Path(caught.value.place.file).name == "kit.py"
    assert caught.value.message == f"there are no sources at {tmp_path}/reader"
    assert caught.value.hint == (
        "a function's code=...handler(name) wants a folder of that name, with handler.py in it"
    )


@pytest.mark.parametrize("name", ["../../etc", "", ".", "a/b", "/etc"])
def test_a_handler_is_a_folder_beside_the_others(name: str, tmp_path: Path) -> None:
    with pytest.raises(AssetError) as caught:
        Handlers(tmp_path).handler(name)
    assert caught.value.message == f"'{name}' cannot be the folder of a function"
    assert caught.value.hint == (
        "letters, digits, hyphens and underscores: a folder of that name stands beside the others"
    )


@given(some.lists(some.sampled_from(["..", ".", "", "a", "b.py", "\\", "c:", "/", "...", " "])).map("/".join))
def test_names_that_do_not_escape_stay_below_the_folder(name: str) -> None:
    if not escapes(name):
        assert os.path.normpath(f"/root/{name}") == f"/root/{name}"
        assert not re.match("[A-Za-z]:", name)
        assert "\\" not in name
