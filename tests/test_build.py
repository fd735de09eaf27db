from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ecinfra.build import renew, write
from ecinfra.errors import ProjectError


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/one.txt": "ä\n", "two.txt": ""})

    assert tree(tmp_path) == ["a/b/one.txt", "two.txt"]
    assert (tmp_path / "a/b/one.txt").read_bytes() == b"\xc3\xa4\n"


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("before")
    (tmp_path / "two.txt").mkdir()

    with pytest.raises(ProjectError) as caught:
        write(tmp_path, {"one.txt": "after", "two.txt": "after"})

    assert caught.value.message == f"cannot write {tmp_path}/two.txt: is a directory"
    assert tree(tmp_path) == ["one.txt"]
    assert (tmp_path / "one.txt").read_text() == "before"


def test_a_folder_that_is_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")

    with pytest.raises(ProjectError) as caught:
        write(tmp_path / "out", {"Shop/Mail.json": "{}"})

    assert caught.value.message == f"cannot write {tmp_path}/out/Shop/Mail.json: not a directory"


def test_what_no_longer_exists_is_removed_with_its_folder(tmp_path: Path) -> None:
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1", "Shop-far/Old.json": "2"}, whole=True)
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "3"}, whole=True)

    assert tree(tmp_path) == [".rendered", "Shop/Mail.json"]
    assert not (tmp_path / "Shop-far").exists()


def test_what_others_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "Shop").mkdir()
    (tmp_path / "Shop" / "Notes.json").write_text("mine")
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1", "Shop/Old.json": "2"}, whole=True)
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True)

    assert tree(tmp_path) == [".rendered", "Shop/Mail.json", "Shop/Notes.json"]


def test_what_was_changed_by_hand_stays_and_is_named(tmp_path: Path) -> None:
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1", "Shop/Old.json": "2"}, whole=True)
    (tmp_path / "Shop" / "Old.json").write_text("mine")

    assert renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True) == [tmp_path / "Shop" / "Old.json"]
    assert (tmp_path / "Shop" / "Old.json").read_text() == "mine"
    assert renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True) == []


def test_a_file_that_is_gone_already_is_no_matter(tmp_path: Path) -> None:
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1", "Shop/Old.json": "2"}, whole=True)
    (tmp_path / "Shop" / "Old.json").unlink()

    assert renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True) == []


def test_a_folder_in_the_place_of_a_file_stays(tmp_path: Path) -> None:
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1", "Shop/Old.json": "2"}, whole=True)
    (tmp_path / "Shop" / "Old.json").unlink()
    (tmp_path / "Shop" / "Old.json").mkdir()

    assert renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True) == [tmp_path / "Shop" / "Old.json"]


def test_what_cannot_be_removed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1", "Shop/Old.json": "2"}, whole=True)
    monkeypatch.setattr(Path, "unlink", refuse)

    with pytest.raises(ProjectError) as caught:
        renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True)

    assert caught.value.message == (
        f"cannot remove {tmp_path}/Shop/Old.json, which no longer belongs there: permission denied"
    )


def test_a_record_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    (tmp_path / ".rendered").mkdir()

    with pytest.raises(ProjectError) as caught:
        renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True)

    assert caught.value.message == f"cannot read {tmp_path}/.rendered: is a directory"


def test_a_part_leaves_the_others_and_their_record(tmp_path: Path) -> None:
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1", "Shop/Desk.json": "2"}, whole=True)
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "3"}, whole=False)
    assert tree(tmp_path) == [".rendered", "Shop/Desk.json", "Shop/Mail.json"]

    renew(tmp_path, ".rendered", {"Shop/New.json": "4"}, whole=True)
    assert tree(tmp_path) == [".rendered", "Shop/New.json"]


def test_a_part_in_another_format_replaces_that_of_the_first(tmp_path: Path) -> None:
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1", "Shop/Desk.json": "2"}, whole=True)
    renew(tmp_path, ".rendered", {"Shop/Mail.yaml": "3"}, whole=False)

    assert tree(tmp_path) == [".rendered", "Shop/Desk.json", "Shop/Mail.yaml"]


def test_two_records_share_a_folder(tmp_path: Path) -> None:
    renew(tmp_path, ".dev", {"Shop-dev/Mail.json": "1"}, whole=True)
    renew(tmp_path, ".prod", {"Shop-prod/Mail.json": "1"}, whole=True)

    assert tree(tmp_path) == [".dev", ".prod", "Shop-dev/Mail.json", "Shop-prod/Mail.json"]


def test_the_record_is_what_sha256sum_writes(tmp_path: Path) -> None:
    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True)

    assert (tmp_path / ".rendered").read_text() == (
        "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  Shop/Mail.json\n"
    )


def test_a_record_names_nothing_outside_its_folder(tmp_path: Path) -> None:
    one = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    (tmp_path / "mine.json").write_text("1")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / ".rendered").write_text(f"{one}  ../mine.json\n{one}  Shop/../../mine.json\nnonsense\n")

    renew(tmp_path / "build", ".rendered", {"Shop/Mail.json": "1"}, whole=True)

    assert tree(tmp_path) == ["build/.rendered", "build/Shop/Mail.json", "mine.json"]


def killed(folder: Path, *, after: int) -> None:
    """Render in a process that is killed when it has moved some files."""
    program = (
        "import os, signal, sys; from pathlib import Path; from ecinfra.build import renew\n"
        "replace, left = Path.replace, [int(sys.argv[2])]\n"
        "def fall(path, target):\n"
        "    if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    left[0] -= 1; return replace(path, target)\n"
        "Path.replace = fall\n"
        "texts = {'Shop/Root.json': 'new', 'Shop/Mail.json': 'new', 'Shop/Desk.json': 'new'}\n"
        "renew(Path(sys.argv[1]), '.rendered', texts, whole=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder), str(after)], check=False)
    assert done.returncode == -signal.SIGKILL


def test_a_root_is_the_last_to_change(tmp_path: Path) -> None:
    texts = {"Shop/Root.json": "old", "Shop/Mail.json": "old", "Shop/Desk.json": "old"}
    renew(tmp_path, ".rendered", texts, whole=True)

    killed(tmp_path, after=3)

    assert {name: (tmp_path / name).read_text() for name in texts} == {
        "Shop/Root.json": "old",
        "Shop/Mail.json": "new",
        "Shop/Desk.json": "new",
    }


def test_what_a_killed_process_left_is_removed_the_next_time(tmp_path: Path) -> None:
    killed(tmp_path, after=1)
    assert [name.partition("-")[0] for name in tree(tmp_path)] == [".ecinfra"] * 3 + [".rendered"]

    renew(tmp_path, ".rendered", {"Shop/Mail.json": "1"}, whole=True)
    assert tree(tmp_path) == [".rendered", "Shop/Mail.json"]
    assert [path.name for path in tmp_path.glob(".ecinfra*")] == []


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    (tmp_path / f".ecinfra-{os.getppid()}").mkdir()
    (tmp_path / f".ecinfra-{os.getppid()}" / "0").touch()

    write(tmp_path, {"one.txt": ""})

    assert tree(tmp_path) == [f".ecinfra-{os.getppid()}/0", "one.txt"]


@pytest.mark.parametrize("process", [str(2**22 + 1), "9" * 30])
def test_only_what_was_staged_is_swept(tmp_path: Path, process: str) -> None:
    dead = tmp_path / f".ecinfra-{process}"
    dead.mkdir()
    (dead / "0").touch()
    (dead / "mine.txt").touch()
    (tmp_path / ".ecinfra-notes").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "1").touch()
    (tmp_path / ".ecinfra-99999999").symlink_to(tmp_path / "folder")

    write(tmp_path, {"one.txt": ""})

    assert tree(tmp_path) == [f".ecinfra-{process}/mine.txt", ".ecinfra-notes", "folder/1", "one.txt"]


def test_what_this_process_number_left_at_an_earlier_time_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / f".ecinfra-{os.getpid()}").mkdir()
    (tmp_path / f".ecinfra-{os.getpid()}" / "0").touch()

    write(tmp_path, {"one.txt": ""})

    assert tree(tmp_path) == ["one.txt"]


def test_where_a_folder_may_not_be_written_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.txt").write_text("before")
    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "closed")  # root may write everywhere

    with pytest.raises(ProjectError) as caught:
        write(tmp_path, {"one.txt": "after", "closed/two.txt": "after"})

    assert caught.value.message == f"cannot write {tmp_path}/closed/two.txt: permission denied"
    assert (tmp_path / "one.txt").read_text() == "before"


def test_what_says_the_same_already_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path, {"a": "one", "b": "two"})
    os.utime(tmp_path / "a", (1, 1))
    os.utime(tmp_path / "b", (1, 1))
    write(tmp_path, {"a": "one", "b": "three"})
    assert (tmp_path / "a").stat().st_mtime == 1
    assert (tmp_path / "b").stat().st_mtime != 1
    assert (tmp_path / "b").read_text() == "three"
