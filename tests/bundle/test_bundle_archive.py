from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ecinfra.bundle.archive import stored, unpacked, write
from ecinfra.errors import AssetError

# a.py and bü.py, of the first of January 1980, mode 0644
BYTES = (
    "504b03041400000000000000210043beb7e8010000000100000004000000612e707961"
    "504b030414000008000000002100cd44534f02000000020000000600000062c3bc2e70793132"
    "504b010214031400000000000000210043beb7e80100000001000000040000000000000000000000a48100000000612e7079"
    "504b0102140314000008000000002100cd44534f0200000002000000060000000000000000000000a4812300000062c3bc2e7079"
    "504b0506000000000200020066000000490000000000"
)


def test_an_archive_has_the_same_bytes_everywhere(tmp_path: Path) -> None:
    write(tmp_path / "a.zip", [stored("bü.py", b"12"), stored("a.py", b"a")])

    assert (tmp_path / "a.zip").read_bytes().hex() == BYTES


def test_an_archive_can_be_read(tmp_path: Path) -> None:
    write(tmp_path / "a.zip", [stored("bü.py", b"12"), stored("a.py", b"a")])

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert [(info.filename, oct(info.external_attr >> 16)) for info in archive.infolist()] == [
            ("a.py", "0o100644"),
            ("bü.py", "0o100644"),
        ]
    assert unpacked(tmp_path / "a.zip") == 3


def test_half_an_archive_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(bytes.fromhex(BYTES)[:-4])

    assert unpacked(tmp_path / "a.zip") is None
    assert unpacked(tmp_path / "b.zip") is None


def test_more_files_than_a_zip_can_count_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AssetError) as caught:
        write(tmp_path / "a.zip", [stored(str(number), b"") for number in range(65_536)])
    assert str(caught.value) == "a.zip would hold 65,536 files, and a zip holds 65,535 at most"
