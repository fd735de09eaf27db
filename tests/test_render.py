"""Rendering: the text of templates, their keys, and ids that carry a hash."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from troposphere import GetAtt, Ref, Sub
from troposphere.apigateway import Deployment, RestApi
from troposphere.awslambda import Code, Function
from troposphere.sns import Topic
from troposphere.sqs import Queue

from ecinfra import App, link, render
from ecinfra.render import to_text
from ecinfra.values import named_by_content


@dataclass(frozen=True)
class Dev:
    environment: str = "dev"
    region: str = "eu-west-1"


def shop(name: str = "jobs") -> App:
    app = App("Shop", Dev())
    app.stack("Core").add(Queue("Jobs", QueueName=name))
    app.stack("Back").add(Topic("News", DisplayName=Ref("Jobs")))
    app.stack("Alone").add(Topic("Other", DisplayName="größer"))
    return app


TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(TEXT, inner, max_size=6),
    max_leaves=40,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_the_text_says_what_the_data_says(body: dict[str, Any]) -> None:
    assert json.loads(to_text(body)) == body
    assert yaml.safe_load(to_text(body, "yaml")) == body


def test_lines_are_short_where_they_can_be_and_nothing_is_escaped() -> None:
    text = render(link(shop())).templates[2].text
    assert '    "DisplayName": "größer",\n' in text
    assert '     {"Key": "Project", "Value": "Shop"},\n' in text
    assert text.endswith("}\n")


def test_a_nested_template_is_addressed_by_the_hash_of_its_text_in_path_style() -> None:
    rendered = render(link(shop()))
    root = rendered.templates[-1]
    for template in rendered.templates[:-1]:
        url = root.body["Resources"][template.name]["Properties"]["TemplateURL"]
        assert url == {"Fn::Sub": f"${{ArtifactEndpoint}}/${{ArtifactBucket}}/{template.key}"}
        assert template.key.startswith("templates/")
        assert len(template.key) == len("templates/") + 32 + len(".json")


def test_only_what_changed_gets_another_key() -> None:
    before = {template.name: template.key for template in render(link(shop())).templates}
    after = {template.name: template.key for template in render(link(shop("other"))).templates}
    assert {name for name in before if before[name] != after[name]} == {"Core", "Root"}


def test_yaml_templates_are_addressed_as_yaml() -> None:
    rendered = render(link(shop()), "yaml")
    assert [template.path for template in rendered.templates] == [
        "Shop-dev/Core.yaml",
        "Shop-dev/Back.yaml",
        "Shop-dev/Alone.yaml",
        "Shop-dev/Root.yaml",
    ]
    assert rendered.templates[0].key.endswith(".yaml")
    assert yaml.safe_load(rendered.templates[0].text) == render(link(shop())).templates[0].body
    assert "&id" not in rendered.templates[0].text


def api(body: dict[str, Any], function_name: str = "answer", memory: int = 128) -> str:
    """The id of the deployment of an API with a body, answered by a function of another stack."""
    app = App("Shop", Dev())
    back = app.stack("Back")
    back.add(RestApi("Api", Body={"paths": body, "to": Sub("${Answer.Arn}")}))
    back.add(named_by_content(Deployment("ApiDeployment", RestApiId=Ref("Api")), {"Api": ["Body", "BinaryMediaTypes"]}))
    back.add(Topic("Reader", DisplayName=GetAtt("ApiDeployment", "DeploymentId")))
    app.stack("Core").add(
        Function(
            "Answer",
            FunctionName=function_name,
            MemorySize=memory,
            Handler="x",
            Role="x",
            Runtime="python3.13",
            Code=Code(ZipFile="x"),
        )
    )
    resources = next(stack for stack in link(app).stacks if stack.name == "Back").template["Resources"]
    (name,) = (name for name in resources if name.startswith("ApiDeployment"))
    assert resources["Reader"]["Properties"]["DisplayName"] == {"Fn::GetAtt": [name, "DeploymentId"]}
    assert "Ecinfra::NamedBy" not in resources[name]
    return str(name)


def test_a_deployments_id_changes_exactly_when_the_api_does() -> None:
    assert api({"/a": {}}) == api({"/a": {}})
    assert api({"/a": {}}) != api({"/b": {}})


def test_a_deployments_id_changes_when_what_it_refers_to_is_replaced_and_not_when_it_is_changed() -> None:
    assert api({"/a": {}}, function_name="answer") != api({"/a": {}}, function_name="reply")
    assert api({"/a": {}}, memory=128) == api({"/a": {}}, memory=256)


PROGRAM = """
import sys
sys.path[:0] = sys.argv[1:]
from tests.test_render import shop
from ecinfra import link, render
for template in render(link(shop())).templates:
    sys.stdout.buffer.write(template.text.encode())
"""


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "tr_TR.UTF-8"])
def test_the_bytes_depend_on_nothing_around(seed: str, locale: str, tmp_path: Path) -> None:
    root = str(Path(__file__).parents[1])
    environment = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Asia/Tokyo", "PATH": "/usr/bin"}
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM, root], env=environment, cwd=tmp_path, capture_output=True, check=True
    )
    assert made.stdout == "".join(template.text for template in render(link(shop())).templates).encode()
