"""cfn-lint in this process says what the command says: on purpose, everything here is wrong."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from troposphere import Equals, GetAtt, If, Join, Parameter, Ref, Sub

from ecinfra import App
from ecinfra.lint import Level, lint, shortcuts
from ecinfra.lint.cloudformation import ARGUMENTS, linters
from ecinfra.render import Rendered
from tests.lint.faults import TRUST, new_app, rendered, resource

COMMAND = "from cfnlint.runner import main; main()"

Said = set[tuple[str, str, str, str]]


def full_of_mistakes() -> App:
    app = new_app(keep_data=True)
    desk = app.stack("Desk")
    desk.add(Parameter("Word", Type="String", Default="open"))
    desk.condition("Busy", Equals(Ref("Word"), "busy"))
    desk.mapping("Unused", {"a": {"b": "c"}})
    for item in _functions_and_queues():
        desk.add(item)
    for item in _policies_and_data():
        desk.add(item)
    desk.output("Whole", Ref("Pile"))
    far = app.stack("Far", region="us-east-1")
    far.add(resource("AWS::Nowhere::Thing", "Thing", Size=1))
    far.add(resource("AWS::CloudFront::Distribution", "Edge", DistributionConfig={"Enabled": True, "Origins": 3}))
    far.add(resource("AWS::SQS::Queue", "Crooked", VisibilityTimeout="soon", DelaySeconds=1_000, Colour="red"))
    return app


def _functions_and_queues() -> Iterable[Any]:
    code = {"S3Bucket": "box", "S3Key": "code.zip"}
    old = {"Handler": "a.b", "Role": GetAtt("Clerk", "Arn"), "Code": code}
    yield resource("AWS::SQS::Queue", "Pile", VisibilityTimeout=10, RedrivePolicy={"deadLetterTargetArn": "x"})
    yield resource("AWS::Lambda::Function", "Old", Runtime="nodejs12.x", Timeout=60, **old)
    yield resource("AWS::Lambda::Function", "Older", Runtime="python2.7", MemorySize=100, DependsOn="Clerk", **old)
    yield resource(
        "AWS::Lambda::Function", "Odd", Runtime="python3.13", Environment={"Variables": {"AWS_REGION": "x"}}, **old
    )
    yield resource(
        "AWS::Lambda::EventSourceMapping", "Waking", FunctionName=Ref("Old"), EventSourceArn=GetAtt("Pile", "Arn")
    )
    yield resource("AWS::SNS::Topic", "Bell", DisplayName=Join("", ["a", Ref("Word")]), TopicName=Sub("plain"))
    yield resource(
        "AWS::SNS::Topic", "Bells", DisplayName=If("Busy", "a", Ref("AWS::NoValue")), Nothing=If("Busy", 1, 2)
    )
    yield resource("AWS::Events::Rule", "Daily", ScheduleExpression="rate(1 minutes)", State="MAYBE")


def _policies_and_data() -> Iterable[Any]:
    allowed = {"Effect": "Allow", "Action": ["s3:GetObjet", "nothing"], "Resource": "arn:aws:s3:::box/*"}
    policies = [
        {"PolicyName": "may", "PolicyDocument": {"Version": "2012-10-17", "Statement": [allowed, {"Effect": "Maybe"}]}}
    ]
    yield resource("AWS::IAM::Role", "Clerk", AssumeRolePolicyDocument=TRUST, Policies=policies)
    yield resource(
        "AWS::DynamoDB::Table",
        "Orders",
        BillingMode="PROVISIONED",
        AttributeDefinitions=[
            {"AttributeName": "a", "AttributeType": "S"},
            {"AttributeName": "b", "AttributeType": "X"},
        ],
        KeySchema=[{"AttributeName": "a", "KeyType": "HASH"}],
        DeletionPolicy="Perhaps",
    )
    yield resource("AWS::RDS::DBCluster", "Books", Engine="aurora-postgresql", MasterUserPassword="secret")
    yield resource(
        "AWS::StepFunctions::StateMachine", "Way", RoleArn=GetAtt("Clerk", "Arn"), DefinitionString='{"StartAt": "x"}'
    )
    yield resource("AWS::S3::Bucket", "Box", AccessControl="PublicRead", Tags=[{"Key": "a"}, {"Key": "a", "Value": 1}])
    yield resource("AWS::EC2::SecurityGroup", "Wall", GroupDescription="caf\u00e9", VpcId="vpc")


def said_by_the_command(files: Rendered, folder: Path) -> Said:
    """What the command says of rendered files, each root in its region."""
    said: Said = set()
    for root in files.system.roots:
        own = [template for template in files.templates if template.root == root.name]
        for template in own:
            path = folder / template.path
            path.parent.mkdir(exist_ok=True)
            path.write_text(template.text, encoding="utf-8")
        names = [str(folder / template.path) for template in own]
        command = [sys.executable, "-c", COMMAND, *ARGUMENTS, "--regions", root.region, "--format", "json", "--"]
        output = subprocess.run([*command, *names], capture_output=True, text=True, cwd=folder, check=False).stdout
        for match in json.loads(output):
            name = Path(match["Filename"]).relative_to(folder).as_posix()
            said.add((match["Rule"]["Id"], name, _address(match["Location"]["Path"] or ()), match["Message"]))
    return said


def said_here(files: Rendered) -> Said:
    return {
        (finding.rule.id, finding.template, _address(finding.path), finding.message)
        for finding in lint(files)
        if not finding.rule.id.startswith("EC")
    }


def _address(path: Iterable[Any]) -> str:
    return "/".join(map(str, path))


def test_cfn_lint_says_here_what_its_command_says(tmp_path: Path) -> None:
    files = rendered(full_of_mistakes())

    said = said_here(files)

    assert said == said_by_the_command(files, tmp_path)
    assert len(said) >= 40
    assert {rule[0] for rule, *_ in said} == {"E", "W", "I"}


def test_a_template_near_its_size_is_measured_as_a_file(tmp_path: Path) -> None:
    app = new_app()
    for number in range(3):
        app.stack(f"Desk{number}").add(
            resource("AWS::SSM::Document", f"Book{number}", Content={"a": "x" * 460_000 * number})
        )
    files = rendered(app)

    said = said_here(files)

    assert {(rule, name) for rule, name, *_ in said if rule.endswith("1002")} == {("I1002", "Shop-dev/Desk2.json")}
    assert said == said_by_the_command(files, tmp_path)


def test_no_file_beside_the_project_switches_a_rule_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".cfnlintrc").write_text("ignore_checks: [E, W, I]\nregions: [cn-north-1]\n", encoding="utf-8")
    files = rendered(full_of_mistakes())
    elsewhere = said_here(files)
    monkeypatch.chdir(tmp_path)

    assert said_here(files) == elsewhere


def test_a_directive_in_a_template_switches_nothing_off() -> None:
    app = new_app()
    excuse = {"cfn-lint": {"config": {"ignore_checks": ["E3002"]}}}
    app.stack("Desk").add(resource("AWS::SQS::Queue", "Pile", Colour="red", Metadata=excuse))

    assert {"E3002", "EC130"} <= {finding.rule.id for finding in lint(rendered(app))}


def test_the_levels_of_cfn_lint_are_ours() -> None:
    levels = {finding.rule.id[0]: finding.level for finding in lint(rendered(full_of_mistakes()))}

    assert levels == {"E": Level.ERROR, "W": Level.WARNING, "I": Level.NOTE}


def test_a_release_that_nobody_has_measured_goes_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    with linters() as linter:
        assert "cfnLint" in vars(linter("eu-west-1").rules["E1101"])
    monkeypatch.setattr(shortcuts, "KNOWN", "another")
    with linters() as linter:
        assert "cfnLint" not in vars(linter("eu-west-1").rules["E1101"])


@pytest.fixture(params=[True, False])
def collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether the collector is on, for one test."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_the_collector_is_as_it_was(collecting: bool) -> None:
    with linters():
        assert not gc.isenabled()
    assert gc.isenabled() is collecting
