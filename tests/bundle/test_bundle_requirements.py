from __future__ import annotations

from pathlib import Path

import pytest

from ecinfra.bundle.requirements import names
from ecinfra.errors import AssetError

HASH = "--hash=sha256:0123456789abcdef"


def test_packages_are_named_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(
        "# written by pip-compile\n"
        "annotated-types==0.8.0 \\\n"
        f"    {HASH} \\\n"
        f"    {HASH}\n"
        "    # via pydantic\n"
        "\n"
        f"PyJWT[crypto]==2.15.1 {HASH} # tokens\n"
    )

    assert names(file) == ["annotated-types", "PyJWT"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"six>=1.17 {HASH}", "'six>=1.17' is not pinned to one version"),
        (f"six==1.* {HASH}", "'six==1.*' is not pinned to one version"),
        (f"six {HASH}", "'six' is not pinned to one version"),
        (
            f"six @ https://example.org/six.whl {HASH}",
            "'six @ https://example.org/six.whl' is not pinned to one version",
        ),
        ("six==1.17.0", "'six==1.17.0' has no hash"),
        ("six==1.17.0 --hash=md5:00", "'six==1.17.0 --hash=md5:00' is not pinned to one version"),
        ("--index-url https://example.org", "'--index-url https://example.org' is an option of pip, not a package"),
        ("-r others.txt", "'-r others.txt' is an option of pip, not a package"),
        (
            f'six==1.17.0 ; python_version < "3.13" {HASH}',
            "'six==1.17.0 ; python_version < \"3.13\"' has a condition, which would ask the machine that builds",
        ),
    ],
)
def test_what_is_not_one_file_for_sure_is_refused_at_its_line(line: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(f"# packages\n\n{line}\n")

    with pytest.raises(AssetError) as caught:
        names(file)

    assert str(caught.value) == (
        f"{file}:3: {message}\n"
        "  a layer is built of name==version --hash=sha256:..., as pip-compile --generate-hashes writes it"
    )
