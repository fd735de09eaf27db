from __future__ import annotations

from typing import Any

import pytest

from tests.lint.faults import faults_of, resource


def piles(count: int) -> list[Any]:
    return [resource("AWS::SNS::Topic", f"Bell{number}") for number in range(count)]


def test_a_template_has_room_to_grow() -> None:
    assert faults_of(*piles(399)) == []
    assert faults_of(*piles(400)) == ["EC128 Desk : 400 resources of at most 500: split the stack before it is full"]


def test_above_nine_tenths_cfn_lint_says_so_itself() -> None:
    assert [fault[:5] for fault in faults_of(*piles(450))] == ["EC128"]
    assert faults_of(*piles(451)) == []


def test_the_bytes_of_a_template_count() -> None:
    document = resource("AWS::SSM::Document", "Book", Content="é" * 425_000)

    assert faults_of(document) == ["EC128 Desk : 850,393 bytes of at most 1,000,000: split the stack before it is full"]


@pytest.mark.parametrize("name", ["cfn-lint", "cfn_nag", "cdk_nag", "checkov", "guard"])
def test_no_resource_excuses_itself(name: str) -> None:
    bell = resource("AWS::SNS::Topic", "Bell", Metadata={name: {"config": {"ignore_checks": ["E3012"]}}})

    assert faults_of(bell) == [
        f"EC130 Desk Bell.Metadata.{name}: holds directives for {name}: mend what it finds instead"
    ]
    assert faults_of(resource("AWS::SNS::Topic", "Bell", Metadata={"Purpose": "rings"})) == []


def test_what_is_kept_from_deletion_is_kept_from_replacement() -> None:
    def pile(deletion: str, replacement: str) -> Any:
        return resource("AWS::SQS::Queue", "Pile", DeletionPolicy=deletion, UpdateReplacePolicy=replacement)

    assert faults_of(pile("Retain", "Delete")) == [
        "EC134 Desk Pile: DeletionPolicy is Retain, and UpdateReplacePolicy Delete: a replacement loses what it holds"
    ]
    assert faults_of(pile("RetainExceptOnCreate", "Retain")) == []
    assert faults_of(pile("Delete", "Retain")) == []
