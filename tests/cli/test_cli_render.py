from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.projects import APP, REGIONS, write_project

WITHOUT_DESK = APP.partition("    desk = ")[0] + "    return app\n"


def rendered(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.suffix != ".rendered")


def test_templates_are_written_below_the_project_and_counted(project: Path, run: Run) -> None:
    result = run("render", "-e", "dev")

    assert result.exit_code == 0
    assert rendered(project / "build") == [
        "shop/dev/Shop-dev/Desk.json",
        "shop/dev/Shop-dev/Mail.json",
        "shop/dev/Shop-dev/Root.json",
    ]
    sizes = [(project / f"build/shop/dev/Shop-dev/{name}.json").stat().st_size for name in ("Root", "Mail", "Desk")]
    assert result.stdout == (
        "shop, dev: 3 templates in build/shop/dev\n"
        "\n"
        "template       resources  parameters  outputs      bytes\n"
        f"Shop-dev               2           2        0      {sizes[0]:,}\n"
        f"  Mail                 1           0        1        {sizes[1]:,}\n"
        f"  Desk                 1           1        0        {sizes[2]:,}\n"
        f"total                  4           3        1      {sum(sizes):,}\n"
        "limit of each        500         200      200  1,000,000\n"
    )


def test_a_template_is_what_cloudformation_takes(project: Path, run: Run) -> None:
    run("render", "-e", "dev")

    template = json.loads((project / "build/shop/dev/Shop-dev/Desk.json").read_text())
    assert template["Parameters"]["InboxGetArn"]["Type"] == "String"
    assert template["Resources"]["Pile"]["Type"] == "AWS::SQS::Queue"


def test_each_region_has_a_folder(folder: Path, run: Run) -> None:
    write_project(folder, app=REGIONS)

    assert run("render", "-o", "out").exit_code == 0
    assert rendered(folder / "out") == [
        "Shop-local-us-east-1/Far.json",
        "Shop-local-us-east-1/Root.json",
        "Shop-local/Mail.json",
        "Shop-local/Root.json",
    ]


def test_the_output_is_named_from_the_working_directory(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "templates")

    assert run("render", "-o", "../out").exit_code == 0
    assert (project / "out/Shop-local/Root.json").is_file()
    assert run("render").stdout.startswith(f"shop, local: 3 templates in {project}/build/shop/local\n")


def test_environments_share_an_output(project: Path, run: Run) -> None:
    run("render", "-o", "out", "-e", "dev")
    run("render", "-o", "out", "-e", "prod")

    assert len(rendered(project / "out")) == 6


def test_a_named_stack_is_written_with_its_root(folder: Path, run: Run) -> None:
    write_project(folder, app=REGIONS)

    assert run("render", "Far", "-o", "out").stdout.startswith("shop, local: 2 templates in out\n")
    assert rendered(folder / "out") == ["Shop-local-us-east-1/Far.json", "Shop-local-us-east-1/Root.json"]


def test_root_stands_for_every_root(folder: Path, run: Run) -> None:
    write_project(folder, app=REGIONS)

    run("render", "Root", "-o", "out")
    assert rendered(folder / "out") == ["Shop-local-us-east-1/Root.json", "Shop-local/Root.json"]


def test_an_unknown_stack_is_refused_with_the_nearest_name(project: Path, run: Run) -> None:
    result = run("render", "Dsk")

    assert result.exit_code == 2
    assert result.stderr == "error: there is no stack 'Dsk'\n  did you mean 'Desk'?\n"
    assert not (project / "build").exists()


def test_a_stack_that_is_gone_is_removed_where_all_is_rendered(project: Path, run: Run) -> None:
    run("render")
    write_project(project, app=WITHOUT_DESK)
    forget()

    run("render", "Mail")
    assert "shop/local/Shop-local/Desk.json" in rendered(project / "build")

    run("render")
    assert rendered(project / "build") == ["shop/local/Shop-local/Mail.json", "shop/local/Shop-local/Root.json"]


def test_a_file_that_was_changed_by_hand_is_kept_and_named(project: Path, run: Run) -> None:
    run("render")
    (project / "build/shop/local/Shop-local/Desk.json").write_text("mine")
    write_project(project, app=WITHOUT_DESK)
    forget()

    assert run("render").stderr == (
        "kept build/shop/local/Shop-local/Desk.json: its stack is gone, but it was changed by hand\n"
    )


def test_another_format_takes_the_place_of_the_first(project: Path, run: Run) -> None:
    run("render")

    assert run("render", "--format", "yaml").exit_code == 0
    assert rendered(project / "build") == [
        "shop/local/Shop-local/Desk.yaml",
        "shop/local/Shop-local/Mail.yaml",
        "shop/local/Shop-local/Root.yaml",
    ]
    assert (project / "build/shop/local/Shop-local/Mail.yaml").read_text().startswith("AWSTemplateFormatVersion: ")


def test_one_template_is_printed_as_it_would_be_written(project: Path, run: Run) -> None:
    printed = run("render", "Mail", "--stdout").stdout_bytes
    assert not (project / "build").exists()

    run("render")
    assert (project / "build/shop/local/Shop-local/Mail.json").read_bytes() == printed


@pytest.mark.parametrize("name", ["Root", "Shop-local"])
def test_a_root_is_printed_by_either_name(name: str, project: Path, run: Run) -> None:
    assert json.loads(run("render", name, "--stdout").output)["Description"] == "Shop-local"


def test_printing_needs_one_template(folder: Path, run: Run) -> None:
    write_project(folder, app=REGIONS)

    result = run("render", "Root", "--stdout")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: --stdout prints one template, and this names 2\n"
        "  name one of: Shop-local-us-east-1, Shop-local\n"
    )  # fmt: skip


@pytest.mark.parametrize("other", [("--json",), ("-o", "out")])
def test_printing_goes_with_no_other_output(other: tuple[str, ...], project: Path, run: Run) -> None:
    result = run("render", "Mail", "--stdout", *other)

    assert result.exit_code == 2
    assert result.stderr.endswith("Error: --stdout prints a template and writes nothing: not with --json or --output\n")


def test_what_was_written_is_printed_for_machines(project: Path, run: Run) -> None:
    summary = json.loads(run("render", "Desk", "-e", "dev", "--json").output)

    root = project / "build/shop/dev"
    assert summary["system"] == "shop"
    assert summary["environment"] == "dev"
    assert summary["folder"] == str(root)
    assert summary["templates"][0] == {
        "root": "Shop-dev",
        "name": "Desk",
        "path": "Shop-dev/Desk.json",
        "resources": 1,
        "parameters": 1,
        "outputs": 0,
        "bytes": (root / "Shop-dev/Desk.json").stat().st_size,
        "over": [],
    }
    assert [template["name"] for template in summary["templates"]] == ["Desk", "Root"]
    assert summary["total"]["resources"] == 3
    assert summary["limits"] == {"resources": 500, "parameters": 200, "outputs": 200, "bytes": 1_000_000}


def test_a_target_that_cannot_be_written_is_reported_and_left_as_it_was(project: Path, run: Run) -> None:
    (project / "out/Shop-local/Root.json").mkdir(parents=True)

    result = run("render", "-o", "out")

    assert result.exit_code == 1
    assert result.stderr == "error: cannot write out/Shop-local/Root.json: is a directory\n"
    assert rendered(project / "out") == ["Shop-local/Root.json"]


def forget() -> None:
    """Let the next command read the templates again, as its own process would."""
    import sys

    for name in [name for name in sys.modules if name.partition(".")[0] == "templates"]:
        del sys.modules[name]
