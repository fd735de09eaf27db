from __future__ import annotations

from pathlib import Path

import pytest

from ecinfra.assets import Handlers
from ecinfra.bundle.target import target
from ecinfra.errors import AssetError


def test_pip_is_told_lambdas_python_and_its_platforms_the_newest_first() -> None:
    made = target(("python3.13", "arm64"))

    assert made.label == "python3.13 on arm64"
    assert made.options[:4] == (
        "--python-version=3.13",
        "--implementation=cp",
        "--abi=cp313",
        "--platform=manylinux_2_34_aarch64",
    )
    assert made.options[-2:] == ("--platform=manylinux_2_17_aarch64", "--platform=manylinux2014_aarch64")


def test_an_older_python_runs_on_an_older_linux() -> None:
    assert target(("python3.11", "x86_64")).options[3] == "--platform=manylinux_2_26_x86_64"


@pytest.mark.parametrize(
    "tag",
    [
        "py3-none-any",
        "cp313-cp313-manylinux_2_28_aarch64",
        "cp311-abi3-manylinux_2_34_aarch64",
        "py3-none-manylinux2014_aarch64",
    ],
)
def test_wheels_for_lambda_fit(tag: str) -> None:
    assert tag in (target(("python3.13", "arm64")).tags or ())


@pytest.mark.parametrize(
    "tag",
    [
        "cp312-cp312-manylinux_2_28_aarch64",
        "cp313-cp313t-manylinux_2_28_aarch64",
        "cp314-abi3-manylinux_2_28_aarch64",
        "cp313-cp313-manylinux_2_35_aarch64",
        "cp313-cp313-manylinux_2_28_x86_64",
        "cp313-cp313-musllinux_1_2_aarch64",
        "cp313-cp313-macosx_11_0_arm64",
        "cp313-cp313-linux_aarch64",
        "py2-none-any",
    ],
)
def test_wheels_for_others_do_not_fit(tag: str) -> None:
    assert tag not in (target(("python3.13", "arm64")).tags or ())


def test_this_machine_is_what_pip_takes_it_for() -> None:

    made = target(Handlers(Path()).layer("host").circumstances)

    assert (made.label, made.options, made.host) == ("this machine", (), True)


@pytest.mark.parametrize(
    ("circumstances", "said"),
    [
        ((), "nothing"),
        (("python3.13",), "python3.13"),
        (("nodejs22.x", "arm64"), "nodejs22.x, arm64"),
        (("python3.13", "aarch64"), "python3.13, aarch64"),
    ],
)
def test_what_no_layer_can_be_built_for_is_refused(circumstances: tuple[str, ...], said: str) -> None:
    with pytest.raises(AssetError) as caught:
        target(circumstances)

    assert str(caught.value) == (
        f"a layer cannot be built for {said}\n"
        '  layer("python3.13", "arm64") and layer("python3.13", "x86_64") are for Lambda, layer("host") is for here'
    )
