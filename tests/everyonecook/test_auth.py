"""Auth and WebSocket, as the specification has them."""

from __future__ import annotations

import pytest

from tests.everyonecook.rendered import ENVIRONMENTS, one, resources, template


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_people_sign_up_by_name_with_a_verified_address(environment: str) -> None:
    pool = one(environment, "Auth", "AWS::Cognito::UserPool")
    assert pool["UserPoolName"] == f"EveryoneCook-{environment}"
    assert pool["AliasAttributes"] == ["email"]
    assert pool["AutoVerifiedAttributes"] == ["email"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": False}
    assert pool["AccountRecoverySetting"]["RecoveryMechanisms"] == [{"Name": "verified_email", "Priority": 1}]
    assert pool["MfaConfiguration"] == "OFF"
    assert pool["EmailConfiguration"] == {"EmailSendingAccount": "COGNITO_DEFAULT"}
    assert pool["DeletionProtection"] == ("ACTIVE" if environment == "prod" else "INACTIVE")
    assert pool["Policies"]["PasswordPolicy"] == {
        "MinimumLength": 12,
        "RequireLowercase": True,
        "RequireUppercase": True,
        "RequireNumbers": True,
        "RequireSymbols": True,
        "TemporaryPasswordValidityDays": 7,
    }


def test_the_attributes_are_the_specified_ones() -> None:
    schema = {item["Name"]: item for item in one("dev", "Auth", "AWS::Cognito::UserPool")["Schema"]}
    assert (schema["email"]["Required"], schema["email"]["Mutable"]) == (True, False)
    assert (schema["given_name"]["Required"], schema["given_name"]["Mutable"]) == (True, True)
    assert {"birthdate", "gender"} <= set(schema)
    assert schema["account_status"]["StringAttributeConstraints"] == {"MinLength": "1", "MaxLength": "20"}
    assert schema["country"]["StringAttributeConstraints"] == {"MinLength": "2", "MaxLength": "2"}


def test_there_is_a_group_of_admins() -> None:
    assert one("dev", "Auth", "AWS::Cognito::UserPoolGroup")["GroupName"] == "admin"


@pytest.mark.parametrize(
    ("environment", "callbacks"),
    [
        ("dev", ["https://dev.everyonecook.cloud/auth/callback", "http://localhost:3000/auth/callback"]),
        ("staging", ["https://staging.everyonecook.cloud/auth/callback"]),
        ("prod", ["https://everyonecook.cloud/auth/callback"]),
    ],
)
def test_the_client_has_no_secret_and_short_tokens(environment: str, callbacks: list[str]) -> None:
    client = one(environment, "Auth", "AWS::Cognito::UserPoolClient")
    assert client["ClientName"] == f"EveryoneCook-Web-Client-{environment}"
    assert client["GenerateSecret"] is False
    assert set(client["ExplicitAuthFlows"]) == {
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    }
    assert client["AllowedOAuthFlows"] == ["code"]
    assert set(client["AllowedOAuthScopes"]) == {"email", "openid", "profile"}
    assert client["CallbackURLs"] == callbacks
    assert client["LogoutURLs"] == [url.replace("callback", "logout") for url in callbacks]
    assert (client["AccessTokenValidity"], client["IdTokenValidity"], client["RefreshTokenValidity"]) == (60, 60, 30)
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["EnableTokenRevocation"] is True
    assert set(client["ReadAttributes"]) == {
        "email",
        "email_verified",
        "given_name",
        "custom:account_status",
        "custom:country",
    }


@pytest.mark.parametrize(
    ("name", "timeout", "reads_table"),
    [
        ("PreSignUp", 10, False),
        ("CustomMessage", 10, False),
        ("PostConfirmation", 30, True),
        ("PreAuthentication", 10, True),
        ("PostAuthentication", 30, True),
    ],
)
def test_the_five_triggers(name: str, timeout: int, reads_table: bool) -> None:
    function = one("dev", "Auth", "AWS::Lambda::Function", FunctionName=f"EveryoneCook-dev-{name}")
    assert (function["MemorySize"], function["Timeout"]) == (256, timeout)
    variables = {"ENVIRONMENT", "DYNAMODB_TABLE"} if reads_table else {"ENVIRONMENT"}
    assert set(function["Environment"]["Variables"]) == variables
    group = one("prod", "Auth", "AWS::Logs::LogGroup", LogGroupName=f"/aws/lambda/EveryoneCook-prod-{name}")
    assert group["RetentionInDays"] == 7
    pool = one("dev", "Auth", "AWS::Cognito::UserPool")
    assert pool["LambdaConfig"][name] == {"Fn::GetAtt": [name, "Arn"]}
    permissions = resources("dev", "Auth", "AWS::Lambda::Permission").values()
    allowed = [each for each in permissions if each["FunctionName"] == {"Fn::GetAtt": [name, "Arn"]}]
    assert [each["SourceArn"] for each in allowed] == [{"Fn::GetAtt": ["UserPool", "Arn"]}]


def test_the_trigger_that_looks_into_the_pool_may_do_so_by_the_pools_own_arn() -> None:
    policy = one("dev", "Auth", "AWS::IAM::Policy")
    assert policy["Roles"] == [{"Ref": "PreSignUpRole"}]
    actions = {
        action
        for statement in policy["PolicyDocument"]["Statement"]
        for action in statement["Action"]
        if statement["Resource"] == [{"Fn::GetAtt": ["UserPool", "Arn"]}]
    }
    assert actions == {"cognito-idp:AdminGetUser", "cognito-idp:ListUsers", "cognito-idp:AdminDeleteUser"}


def test_sockets_stand_in_a_stack_of_their_own_and_social_may_push() -> None:
    routes = {each["RouteKey"] for each in resources("dev", "WebSocket", "AWS::ApiGatewayV2::Route").values()}
    assert routes == {"$connect", "$disconnect", "ping"}
    role = template("dev", "Backend")["Resources"]["SocialRole"]["Properties"]
    actions = [s["Action"] for s in role["Policies"][0]["PolicyDocument"]["Statement"]]
    assert ["execute-api:ManageConnections"] in actions
    for name in ("AuthUserRole", "RecipeAIRole", "AdminRole", "UploadRole", "ApiRouterRole"):
        assert "execute-api" not in str(template("dev", "Backend")["Resources"][name])
