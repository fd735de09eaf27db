from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from ecinfra.bundle.archive import write as write_archive
from ecinfra.bundle.target import target
from ecinfra.bundle.wheels import check_tags, members
from ecinfra.errors import AssetError
from tests.bundle.kit import contents, elf, wheel

ARM = target(("python3.13", "arm64"))
AARCH64, X86_64 = 183, 62


def installed(path: Path) -> list[str]:
    return sorted(member.name for member in members(path, ARM))


def refused(path: Path) -> str:
    with pytest.raises(AssetError) as caught:
        installed(path)
    return str(caught.value)


def test_files_of_a_wheel_keep_their_content(tmp_path: Path) -> None:
    wheel(tmp_path, "spoon", {"spoon/__init__.py": "soup = 1\n" * 100, "spoon/empty.py": ""})

    write_archive(tmp_path / "a.zip", members(tmp_path / "spoon-1.0-py3-none-any.whl", ARM))

    made = contents(tmp_path / "a.zip")
    assert made["spoon/__init__.py"] == b"soup = 1\n" * 100
    assert made["spoon/empty.py"] == b""


def test_what_an_installer_or_another_system_wants_is_left_out(tmp_path: Path) -> None:
    files = {
        "spoon/__init__.py": "",
        "spoon/__pycache__/__init__.cpython-313.pyc": "",
        "spoon/launcher.exe": "",
        "spoon-1.0.data/purelib/spoon/pure.py": "",
        "spoon-1.0.data/platlib/spoon/plain.py": "",
        "spoon-1.0.data/scripts/spoon": "",
        "spoon-1.0.data/data/share/man": "",
        "spoon-1.0.dist-info/licenses/LICENSE": "",
    }
    wheel(tmp_path, "spoon", files)

    assert installed(tmp_path / "spoon-1.0-py3-none-any.whl") == [
        "spoon-1.0.dist-info/METADATA",
        "spoon-1.0.dist-info/WHEEL",
        "spoon-1.0.dist-info/licenses/LICENSE",
        "spoon/__init__.py",
        "spoon/plain.py",
        "spoon/pure.py",
    ]


def test_a_file_that_few_can_unpack_is_stored(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "spoon-1.0-py3-none-any.whl", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("spoon.py", "soup = 1\n")

    write_archive(tmp_path / "a.zip", members(tmp_path / "spoon-1.0-py3-none-any.whl", ARM))

    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        assert made.read("spoon.py") == b"soup = 1\n"
        assert made.getinfo("spoon.py").compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize("name", ["spoon-1.0-py3-none-any.whl", "spoon-1.0-1-cp313-cp313-manylinux_2_28_aarch64.whl"])
def test_a_wheel_that_fits_is_taken(name: str) -> None:
    check_tags(Path(name), ARM)


def test_one_of_several_tags_is_enough() -> None:
    check_tags(Path("spoon-1.0-cp313-cp313-manylinux_2_99_aarch64.manylinux_2_28_aarch64.whl"), ARM)


@pytest.mark.parametrize("name", ["spoon-1.0.tar.gz", "spoon-1.0.whl"])
def test_what_is_no_wheel_is_refused(name: str) -> None:
    with pytest.raises(AssetError) as caught:
        check_tags(Path(name), ARM)
    assert str(caught.value) == f"{name} is not a wheel; a layer holds nothing else"


def test_a_wheel_for_another_machine_is_refused() -> None:
    with pytest.raises(AssetError) as caught:
        check_tags(Path("spoon-1.0-cp313-cp313-manylinux_2_28_x86_64.whl"), ARM)
    assert str(caught.value) == "spoon-1.0-cp313-cp313-manylinux_2_28_x86_64.whl does not fit python3.13 on arm64"


def test_machine_code_of_the_layers_machine_is_taken(tmp_path: Path) -> None:
    wheel(tmp_path, "spoon", {"spoon.so": elf(AARCH64)})

    assert "spoon.so" in installed(tmp_path / "spoon-1.0-py3-none-any.whl")


@pytest.mark.parametrize("content", [elf(X86_64), b"\x7fELF"], ids=["another machine", "nothing else"])
def test_machine_code_of_another_machine_is_refused_whatever_the_tags_say(content: bytes, tmp_path: Path) -> None:
    wheel(tmp_path, "spoon", {"spoon/tool": content})

    assert refused(tmp_path / "spoon-1.0-py3-none-any.whl") == (
        "spoon-1.0-py3-none-any.whl holds spoon/tool, machine code that does not run on python3.13 on arm64"
    )


@pytest.mark.parametrize(
    "name",
    [
        "../evil.py",
        "spoon/../../evil.py",
        "..",
        "/etc/evil.py",
        "//evil.py",
        "spoon//evil.py",
        "./evil.py",
        "c:evil.py",
        "C:/evil.py",
        "..\\evil.py",
        "spoon\\evil.py",
        "spoon/evil.py\0.txt",
        "spoon-1.0.data/purelib/../../evil.py",
    ],
)
def test_names_that_escape_are_refused(name: str, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name
    with zipfile.ZipFile(tmp_path / "spoon-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(info, "")

    assert refused(tmp_path / "spoon-1.0-py3-none-any.whl") == (
        f"spoon-1.0-py3-none-any.whl holds {name!r}, which would be extracted elsewhere"
    )


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO])
def test_links_and_pipes_in_a_wheel_are_refused(kind: int, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("spoon/hosts")
    info.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "spoon-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(info, "/etc/hosts")

    assert refused(tmp_path / "spoon-1.0-py3-none-any.whl") == (
        "spoon-1.0-py3-none-any.whl holds 'spoon/hosts', which is neither a file nor a folder"
    )


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "spoon-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("spoon.py", "")
    path.write_bytes(path.read_bytes().replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0"))

    assert refused(path) == "spoon-1.0-py3-none-any.whl holds 'spoon.py', which is encrypted"


def test_a_damaged_wheel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "spoon-1.0-py3-none-any.whl").write_bytes(b"PK")

    assert refused(tmp_path / "spoon-1.0-py3-none-any.whl") == (
        "spoon-1.0-py3-none-any.whl is damaged: File is not a zip file"
    )
