from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import world
from auth_user import cognito, usernames
from faults import answered, refused
from front import Front, Response
from kitchen import pool, table

PASSWORD = "Correct-Horse-9"
ACCOUNT = {"username": "Alice_9", "email": "Alice@Example.test", "password": PASSWORD, "fullName": "Alice <b>N</b>"}


@pytest.fixture(autouse=True)
def user_pool(front: Front, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A user pool as ours is set up, behind the ids that the module reads."""
    client = world.client("cognito-idp")
    made = client.create_user_pool(PoolName="test", AliasAttributes=["email"])["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    app = client.create_user_pool_client(UserPoolId=made, ClientName="web", ExplicitAuthFlows=flows)
    monkeypatch.setattr(pool, "USER_POOL_ID", made)
    monkeypatch.setattr(cognito, "USER_POOL_CLIENT_ID", app["UserPoolClient"]["ClientId"])
    usernames.forget()
    yield client


def confirmed(front: Front, client: Any) -> str:
    user_id: str = front.post("/auth/register", ACCOUNT).body["data"]["userId"]
    client.admin_confirm_sign_up(UserPoolId=pool.USER_POOL_ID, Username="alice_9")
    return user_id


def login(front: Front, **changed: Any) -> Response:
    return front.post("/auth/login", {"username": "alice_9", "password": PASSWORD, **changed})


def test_who_registered_and_was_confirmed_signs_in(front: Front, user_pool: Any) -> None:
    registered = front.post("/auth/register", ACCOUNT)
    assert registered.status == 201
    assert registered.body["success"] is True
    assert registered.body["data"].keys() == {"userId", "username", "confirmed"}
    assert registered.body["data"]["username"] == "alice_9"
    assert registered.body["data"]["confirmed"] is False
    assert front.post("/auth/verify-email", {"username": "Alice_9", "code": "123456"}).status == 200
    answer = login(front, username=" ALICE_9 ")
    assert answer.status == 200
    assert answer.body["data"].keys() == {"accessToken", "idToken", "refreshToken", "expiresIn", "tokenType"}
    assert answer.body["data"]["expiresIn"] == 3_600
    assert answer.body["data"]["tokenType"] == "Bearer"


def test_an_account_keeps_its_attributes_in_clean_form(front: Front, user_pool: Any) -> None:
    front.post("/auth/register", ACCOUNT)
    user = user_pool.admin_get_user(UserPoolId=pool.USER_POOL_ID, Username="alice_9")
    kept = {part["Name"]: part["Value"] for part in user["UserAttributes"]}
    assert kept["email"] == "alice@example.test"
    assert kept["given_name"] == "Alice N"


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "no-address"},
        {"email": "a@b"},
        {"email": "a b@example.test"},
        {"email": "a@example.test\nBcc: x@y.test"},
        {"username": "ab"},
        {"username": "with space"},
        {"username": "a" * 21},
        {"password": "short"},
        {"fullName": "<b></b>"},
        {"fullName": "x" * 51},
        {"isAdmin": True},
    ],
)
def test_an_account_with_a_malformed_value_is_refused(front: Front, user_pool: Any, changed: dict[str, Any]) -> None:
    assert front.post("/auth/register", {**ACCOUNT, **changed}).status == 400
    assert user_pool.list_users(UserPoolId=pool.USER_POOL_ID)["Users"] == []


def test_a_name_is_given_once(front: Front) -> None:
    assert front.post("/auth/register", ACCOUNT).status == 201
    again = front.post("/auth/register", {**ACCOUNT, "username": "ALICE_9"})
    assert again.status == 409
    assert again.body == {"error": "the user name or e-mail address is taken"}


@pytest.mark.parametrize(
    ("code", "message", "status", "told"),
    [
        ("AliasExistsException", "", 409, "the user name or e-mail address is taken"),
        (
            "InvalidPasswordException",
            "",
            400,
            "the password is too weak: 12 characters with upper and lower case, digit and symbol",
        ),
        ("InvalidParameterException", "", 400, "a value is not allowed here"),
        ("UserLambdaValidationException", "PreSignUp failed with error 3 hours left.", 409, "3 hours left."),
        ("TooManyRequestsException", "", 429, "too many requests; try again later"),
        ("LimitExceededException", "", 429, "too many requests; try again later"),
    ],
)
def test_what_the_pool_refuses_on_registering_has_its_status(
    front: Front, code: str, message: str, status: int, told: str
) -> None:
    with refused(pool.client, "SignUp", code, message):
        answer = front.post("/auth/register", ACCOUNT)
    assert (answer.status, answer.body) == (status, {"error": told})


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(front: Front, user_pool: Any) -> None:
    confirmed(front, user_pool)
    wrong = login(front, password="Wrong-Horse-99")
    unknown = login(front, username="nobody")
    assert wrong.status == unknown.status == 401
    assert wrong.body == unknown.body == {"error": "wrong user name or password"}


def test_an_unconfirmed_account_does_not_sign_in(front: Front) -> None:
    front.post("/auth/register", ACCOUNT)
    answer = login(front)
    assert answer.status == 403
    assert answer.body == {"error": "the account's e-mail address is not confirmed yet"}


@pytest.mark.parametrize(
    ("code", "message", "status", "told"),
    [
        ("NotAuthorizedException", "Incorrect username or password.", 401, "wrong user name or password"),
        ("UserNotFoundException", "User does not exist.", 401, "wrong user name or password"),
        ("NotAuthorizedException", "User is disabled.", 403, "the account is disabled"),
        ("PasswordResetRequiredException", "", 403, "the password must be reset first"),
        ("UserLambdaValidationException", "PreAuthentication failed with error banned", 403, "banned"),
        ("TooManyRequestsException", "", 429, "too many requests; try again later"),
        ("InvalidParameterException", "", 400, "a value is not allowed here"),
    ],
)
def test_what_the_pool_refuses_on_signing_in_has_its_status(
    front: Front, code: str, message: str, status: int, told: str
) -> None:
    with refused(pool.client, "InitiateAuth", code, message):
        answer = login(front)
    assert (answer.status, answer.body) == (status, {"error": told})


@pytest.mark.parametrize(("challenge", "status"), [("SMS_MFA", 409), ("NEW_PASSWORD_REQUIRED", 403)])
def test_a_challenge_is_no_sign_in(front: Front, challenge: str, status: int) -> None:
    with answered(pool.client, "InitiateAuth", {"ChallengeName": challenge, "Session": "s"}):
        assert login(front).status == status


def test_a_failure_of_the_pool_is_ours_and_says_nothing(front: Front) -> None:
    with refused(pool.client, "InitiateAuth", "InternalErrorException", "stack trace"):
        answer = login(front)
    assert (answer.status, answer.body) == (500, {"error": "something went wrong on our side"})


def test_a_sign_in_takes_the_address_as_well(front: Front) -> None:
    with refused(pool.client, "InitiateAuth", "NotAuthorizedException") as sent:
        front.post("/auth/login", {"email": "Alice@Example.test", "password": PASSWORD})
    assert sent[0]["AuthParameters"] == {"USERNAME": "alice@example.test", "PASSWORD": PASSWORD}


def test_a_sign_in_without_a_name_is_refused(front: Front) -> None:
    answer = front.post("/auth/login", {"password": PASSWORD})
    assert (answer.status, answer.body) == (400, {"error": "username: name the user or the e-mail address"})


def test_a_refresh_token_brings_new_tokens_and_stays(front: Front, user_pool: Any) -> None:
    confirmed(front, user_pool)
    token = login(front).body["data"]["refreshToken"]
    answer = front.post("/auth/refresh", {"refreshToken": token})
    assert answer.status == 200
    assert answer.body["data"]["refreshToken"] == token
    assert answer.body["data"]["idToken"]


@pytest.mark.parametrize(
    ("code", "status"),
    [("NotAuthorizedException", 401), ("UserNotFoundException", 401), ("TooManyRequestsException", 429)],
)
def test_a_refresh_token_that_is_spent_is_refused(front: Front, code: str, status: int) -> None:
    with refused(pool.client, "InitiateAuth", code, "Refresh Token has been revoked"):
        assert front.post("/auth/refresh", {"refreshToken": "x"}).status == status


def test_signing_out_ends_all_sessions(front: Front, user_pool: Any) -> None:
    user_id = confirmed(front, user_pool)
    token = login(front).body["data"]["refreshToken"]
    answer = front.post("/auth/logout", who=user_id, headers=signed_in(user_id))
    assert (answer.status, answer.body) == (200, {"success": True, "data": {"message": "signed out"}})
    assert front.post("/auth/refresh", {"refreshToken": token}).status == 401


def signed_in(user_id: str) -> dict[str, str]:
    from front import token

    return {"Authorization": f"Bearer {token(user_id, 'alice_9')}"}


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("CodeMismatchException", 400),
        ("ExpiredCodeException", 400),
        ("UserNotFoundException", 400),
        ("NotAuthorizedException", 400),
        ("AliasExistsException", 400),
        ("TooManyFailedAttemptsException", 429),
        ("LimitExceededException", 429),
    ],
)
def test_a_confirmation_is_refused_alike_whatever_is_wrong(front: Front, code: str, status: int) -> None:
    with refused(pool.client, "ConfirmSignUp", code):
        answer = front.post("/auth/verify-email", {"username": "alice_9", "code": "000000"})
    assert answer.status == status
    if status == 400:
        assert answer.body == {"error": "the code is wrong or has expired"}


RESEND = "/auth/resend-code"
RESET = "/users/profile/resetPassword"


@pytest.mark.parametrize(("path", "operation"), [(RESEND, "ResendConfirmationCode"), (RESET, "ForgotPassword")])
@pytest.mark.parametrize(
    "code",
    ["UserNotFoundException", "InvalidParameterException", "NotAuthorizedException", "LimitExceededException"],
)
def test_asking_for_a_code_never_tells_who_exists(front: Front, path: str, operation: str, code: str) -> None:
    with answered(pool.client, operation, {}):
        sent = front.post(path, {"username": "alice_9"})
    with refused(pool.client, operation, code):
        unsent = front.post(path, {"username": "nobody"})
    assert sent.status == unsent.status == 200
    assert sent.body == unsent.body


@pytest.mark.parametrize(("path", "operation"), [(RESEND, "ResendConfirmationCode"), (RESET, "ForgotPassword")])
def test_a_busy_pool_is_a_429(front: Front, path: str, operation: str) -> None:
    with refused(pool.client, operation, "TooManyRequestsException"):
        assert front.post(path, {"username": "alice_9"}).status == 429


def test_a_password_is_reset_by_its_code(front: Front, user_pool: Any) -> None:
    confirmed(front, user_pool)
    assert front.post(RESET, {"username": "alice_9"}).status == 200
    new = "Another-Horse-9"
    answer = front.post(RESET, {"username": "Alice_9", "confirmationCode": "123456", "newPassword": new})
    assert (answer.status, answer.body["data"]) == (200, {"message": "the password is changed"})
    assert login(front, password=new).status == 200
    assert login(front).status == 401


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("CodeMismatchException", 400),
        ("ExpiredCodeException", 400),
        ("InvalidPasswordException", 400),
        ("UserNotFoundException", 400),
        ("UserNotConfirmedException", 400),
        ("TooManyFailedAttemptsException", 429),
        ("LimitExceededException", 429),
        ("TooManyRequestsException", 429),
    ],
)
def test_a_reset_is_refused_for_what_is_wrong(front: Front, code: str, status: int) -> None:
    with refused(pool.client, "ConfirmForgotPassword", code):
        body = {"username": "alice_9", "confirmationCode": "1", "newPassword": PASSWORD}
        assert front.post(RESET, body).status == status


@pytest.mark.parametrize("half", [{"confirmationCode": "123456"}, {"newPassword": PASSWORD}])
def test_half_a_reset_is_refused(front: Front, half: dict[str, str]) -> None:
    answer = front.post(RESET, {"username": "alice_9", **half})
    assert (answer.status, answer.body) == (400, {"error": "confirmationCode and newPassword belong together"})


CHECK = "/users/username/check"


def test_a_name_is_free_until_somebody_has_it(front: Front) -> None:
    free = front.get(CHECK, query={"username": "Alice"})
    assert (free.status, free.body) == (200, {"data": {"valid": True, "available": True}})
    world.sign_up(world.ALICE, "alice")
    usernames.forget()
    assert front.get(CHECK, query={"username": "ALICE"}).body == {"data": {"valid": True, "available": False}}


@pytest.mark.parametrize("name", ["ab", "a" * 31, "with space", "é" * 5, "a#b", "a-b"])
def test_a_name_that_is_none_is_told_so(front: Front, name: str) -> None:
    answer = front.get(CHECK, query={"username": name})
    assert answer.status == 200
    assert answer.body == {
        "data": {
            "valid": False,
            "available": False,
            "error": "a user name has 3 to 30 characters: letters, digits and underscores",
        }
    }


@pytest.mark.parametrize("query", [None, {"username": ""}, {"username": "  "}, {"username": "x" * 257}])
def test_a_check_without_a_name_is_refused(front: Front, query: dict[str, str] | None) -> None:
    assert front.get(CHECK, query=query).status == 400


def test_a_check_is_remembered_for_five_minutes(front: Front) -> None:
    assert usernames.judge("alice", world.NOW) == {"valid": True, "available": True}
    world.sign_up(world.ALICE, "alice")
    assert usernames.judge("alice", world.NOW + 299_999) == {"valid": True, "available": True}
    assert usernames.judge("alice", world.NOW + 300_000) == {"valid": True, "available": False}


def test_the_pool_is_asked_where_the_table_does_not_answer(front: Front) -> None:
    front.post("/auth/register", ACCOUNT)
    with refused(table.client, "Query", "InternalServerError", status=500):
        assert front.get(CHECK, query={"username": "alice_9"}).body["data"]["available"] is False
        assert front.get(CHECK, query={"username": "somebody"}).body["data"]["available"] is True
