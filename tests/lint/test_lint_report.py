from __future__ import annotations

from pathlib import Path

from ecinfra.errors import Place
from ecinfra.lint import Finding, Level, Rule
from ecinfra.report.findings import findings_text, summary
from ecinfra.report.sarif import sarif

FOLDER = Path("/shop")
MARGIN = Rule(
    "EC102", "queue-visibility-margin", Level.NOTE, "A queue hides a message too shortly", "https://x.example"
)
TYPE = Rule("E3012", "Check values", Level.ERROR, "", "https://y.example")
LONG = "visibility 60 s behind a timeout of 60 s of ImageWorker: 360 s would give every message its tries"


def found(rule: Rule, message: str, *path: str | int, stack: str = "Backend", place: Place | None = None) -> Finding:
    return Finding(rule, message, "Shop", "Shop-dev", stack, f"Shop-dev/{stack}.json", path, place)


NOTE = found(
    MARGIN,
    LONG,
    *("Resources", "ImageQueue", "Properties", "VisibilityTimeout"),
    place=Place("/shop/templates/shop/back end.py", 41),
)
ERROR = found(
    TYPE, "3 is not of type 'string'", *("Resources", "Backend", "Properties", "Tags", 0, "Value"), stack="Root"
)


def plain(text: str) -> str:
    for code in ("\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[0m"):
        text = text.replace(code, "")
    return text


def test_findings_are_read_at_80_columns() -> None:
    assert plain(findings_text([NOTE, ERROR], FOLDER, 80)) == (
        "Backend\n"
        "  note EC102 ImageQueue.VisibilityTimeout\n"
        "    visibility 60 s behind a timeout of 60 s of ImageWorker: 360 s would give\n"
        "    every message its tries\n"
        "    templates/shop/back end.py:41\n"
        "\n"
        "Shop-dev\n"
        "  error E3012 Backend.Tags.0.Value\n"
        "    3 is not of type 'string'\n"
    )


def test_a_pipe_gets_whole_lines() -> None:
    assert f"\n    {LONG}\n" in plain(findings_text([NOTE], FOLDER))


def test_a_long_address_is_cut_in_its_middle() -> None:
    deep = found(TYPE, "no", "Resources", "Api", "Properties", "Body", "paths", *("deep",) * 30, "minimum")

    assert plain(findings_text([deep], FOLDER, 80)).splitlines()[1] == (
        "  error E3012 Api.Body.paths.deep.deep.deep.d...eep.deep.deep.deep.deep.minimum"
    )


def test_what_is_about_no_resource_is_about_the_template() -> None:
    assert "  error E3012 the template\n" in plain(findings_text([found(TYPE, "no")], FOLDER, 80))
    assert "  error E3012 Outputs.Whole\n" in plain(findings_text([found(TYPE, "no", "Outputs", "Whole")], FOLDER, 80))


def test_findings_are_counted_by_level() -> None:
    assert summary([NOTE, ERROR, NOTE], 12) == "1 error, 2 notes in 12 templates"
    assert summary([], 1) == "nothing to say of 1 template"


def test_code_hosts_show_findings_at_their_line() -> None:
    log = sarif([NOTE], [TYPE], FOLDER, "1.0")

    assert log == {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "ecinfra",
                        "semanticVersion": "1.0",
                        "rules": [
                            {
                                "id": "E3012",
                                "name": "Check values",
                                "shortDescription": {"text": "Check values"},
                                "defaultConfiguration": {"level": "error"},
                                "helpUri": "https://y.example",
                            },
                            {
                                "id": "EC102",
                                "name": "queue-visibility-margin",
                                "shortDescription": {"text": "A queue hides a message too shortly"},
                                "defaultConfiguration": {"level": "note"},
                                "helpUri": "https://x.example",
                            },
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"PROJECT": {"description": {"text": "The folder of the project"}}},
                "results": [
                    {
                        "ruleId": "EC102",
                        "ruleIndex": 1,
                        "level": "note",
                        "message": {"text": f"ImageQueue: {LONG}"},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {
                                        "uri": "templates/shop/back%20end.py",
                                        "uriBaseId": "PROJECT",
                                    },
                                    "region": {"startLine": 41},
                                },
                                "logicalLocations": [
                                    {
                                        "fullyQualifiedName": "Backend.ImageQueue.VisibilityTimeout",
                                        "kind": "resource",
                                    }
                                ],
                            }
                        ],
                        "partialFingerprints": {"ecinfra/v1": "5d40d423e766cbbfaa940caacdcbdb9b"},
                        "properties": {"system": "Shop", "template": "Shop-dev/Backend.json"},
                    }
                ],
            }
        ],
    }


def test_a_finding_without_a_line_or_outside_the_project_has_a_place_still() -> None:
    outside = found(TYPE, "no", "Resources", "Pile", place=Place("/elsewhere/a b.py", 3))
    places = [result["locations"][0] for result in sarif([ERROR, outside], [], FOLDER, "1.0")["runs"][0]["results"]]

    assert places[0] == {"logicalLocations": [{"fullyQualifiedName": "Root.Backend.Tags.0.Value", "kind": "resource"}]}
    assert places[1]["physicalLocation"]["artifactLocation"] == {"uri": "file:///elsewhere/a%20b.py"}
