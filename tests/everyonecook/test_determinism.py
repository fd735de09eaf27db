"""The whole command, under twenty circumstances: the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.everyonecook.rendered import ROOT, system

SEEDS = ("0", "1", "2", "3", "random")
LOCALES = ("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8")
ZONES = ("UTC", "Asia/Tokyo", "America/St_Johns")
FOLDERS = (".", "/", "templates/everyonecook")
CIRCUMSTANCES = [
    (seed, locale, zone, folder)
    for (seed, locale), zone, folder in zip(
        ((seed, locale) for seed in SEEDS for locale in LOCALES),
        islice(cycle(ZONES), 20),
        islice(cycle(FOLDERS), 20),
        strict=True,
    )
]


@pytest.mark.parametrize(("seed", "locale", "zone", "folder"), CIRCUMSTANCES)
def test_the_bytes_depend_on_nothing_around(seed: str, locale: str, zone: str, folder: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONPATH": str(ROOT)}
    command = ["-m", "ecinfra", "-C", str(ROOT), "render", "-s", "everyonecook", "-e", "prod", "-o", str(tmp_path)]
    subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT / folder, check=True, capture_output=True, timeout=60
    )
    for template in system("prod").templates:
        assert (tmp_path / template.path).read_bytes() == template.text.encode()


def test_there_are_twenty_of_them() -> None:
    assert len(set(CIRCUMSTANCES)) == 20
