from __future__ import annotations

from typing import Any

import pytest
from custom_message import letters
from custom_message.handler import handler
from front import CONTEXT

OURS = ["SignUp", "ResendCode", "ForgotPassword", "UpdateUserAttribute", "VerifyUserAttribute"]


def sending(source: str, name: str = "alice_9", **request: Any) -> dict[str, Any]:
    return {
        "triggerSource": f"CustomMessage_{source}",
        "userName": name,
        "request": {"codeParameter": "{####}", "usernameParameter": None, "userAttributes": {}, **request},
        "response": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
    }


@pytest.mark.parametrize("source", OURS)
def test_a_letter_brings_name_and_code(source: str) -> None:
    answer = handler(sending(source), CONTEXT)["response"]
    assert answer["emailMessage"].count("{####}") == 1
    assert "Hello alice_9," in answer["emailMessage"]
    assert len(answer["emailMessage"]) < 20_000
    assert 0 < len(answer["emailSubject"]) <= 140
    assert answer["smsMessage"] is None


@pytest.mark.parametrize(
    ("source", "subject", "valid"),
    [
        ("SignUp", "[test] Confirm your EveryoneCook account", "24 hours"),
        ("ResendCode", "[test] Your new EveryoneCook code", "24 hours"),
        ("ForgotPassword", "[test] Reset your EveryoneCook password", "1 hour"),
        ("UpdateUserAttribute", "[test] Verify your e-mail address for EveryoneCook", "24 hours"),
        ("VerifyUserAttribute", "[test] Verify your e-mail address for EveryoneCook", "24 hours"),
    ],
)
def test_each_occasion_has_its_subject_and_its_code_s_life(source: str, subject: str, valid: str) -> None:
    answer = handler(sending(source), CONTEXT)["response"]
    assert answer["emailSubject"] == subject
    assert f"The code is valid for {valid}." in answer["emailMessage"]


def test_letters_of_the_real_system_bear_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "ENVIRONMENT", "prod")
    answer = handler(sending("SignUp"), CONTEXT)["response"]
    assert answer["emailSubject"] == "Confirm your EveryoneCook account"


@pytest.mark.parametrize("source", ["AdminCreateUser", "Authentication", "Whatever"])
def test_on_other_occasions_the_pool_s_own_text_goes_out(source: str) -> None:
    assert handler(sending(source), CONTEXT) == sending(source)


def test_a_name_brings_no_markup_into_the_letter() -> None:
    letter = handler(sending("SignUp", "<a href='https://evil.test'>x</a>{code}"), CONTEXT)["response"]["emailMessage"]
    assert "<a" not in letter
    assert "&lt;a href=" in letter
    assert letter.count("{####}") == 1


def test_a_long_name_does_not_make_the_letter_too_long() -> None:
    letter = handler(sending("SignUp", "<" * 100_000), CONTEXT)["response"]["emailMessage"]
    assert len(letter) < 20_000


@pytest.mark.parametrize(
    "broken", [{}, {"triggerSource": "CustomMessage_SignUp"}, {**sending("SignUp"), "request": {"codeParameter": 5}}]
)
def test_whatever_goes_wrong_the_code_is_sent(broken: dict[str, Any]) -> None:
    before = dict(broken)
    answer = handler(broken, CONTEXT)
    assert answer.keys() == before.keys()


def test_no_letter_without_a_code() -> None:
    assert handler(sending("SignUp", codeParameter=""), CONTEXT) == sending("SignUp", codeParameter="")
