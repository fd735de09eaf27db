"""UserPool and Client: how people sign up and in, what the pool asks, what others may do with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecinfra.assets import Asset
from ecinfra.constructs import Attribute, Client, Function, UserPool
from ecinfra.frozen import replace
from tests.constructs.rendering import linked, new_app, properties, resources, rights

CODE = Asset(Path(__file__).parent)
POOL = UserPool(
    "Users",
    "EveryoneCook-dev",
    attributes=[
        Attribute("email", required=True, mutable=False),
        Attribute("birthdate"),
        Attribute("country", length=(2, 2)),
    ],
    groups=["admin"],
    protected=False,
)


def test_people_sign_themselves_up_by_name_or_address() -> None:
    assert properties(POOL)["Users"] == {
        "UserPoolName": "EveryoneCook-dev",
        "AliasAttributes": ["email"],
        "UsernameConfiguration": {"CaseSensitive": False},
        "Schema": [
            {"Name": "email", "Required": True, "Mutable": False},
            {"Name": "birthdate", "Required": False, "Mutable": True},
            {
                "Name": "country",
                "AttributeDataType": "String",
                "Mutable": True,
                "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "2"},
            },
        ],
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False},
        "AutoVerifiedAttributes": ["email"],
        "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
        "MfaConfiguration": "OFF",
        "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": False, "DeviceOnlyRememberedOnUserPrompt": True},
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 12,
                "RequireLowercase": True,
                "RequireUppercase": True,
                "RequireNumbers": True,
                "RequireSymbols": True,
                "TemporaryPasswordValidityDays": 7,
            }
        },
        "DeletionProtection": "INACTIVE",
        "UserPoolTags": {
            "Project": "EveryoneCook",
            "Environment": "dev",
            "ManagedBy": "ecinfra",
            "Stack": "EveryoneCook-dev-Core",
        },
    }


def test_a_pool_is_protected_and_kept_unless_told_otherwise() -> None:
    made = resources(replace(POOL, protected=True))["Users"]
    assert made["Properties"]["DeletionProtection"] == "ACTIVE"
    assert (made["DeletionPolicy"], made["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_it_has_groups() -> None:
    assert properties(POOL)["UsersAdminGroup"] == {"UserPoolId": {"Ref": "Users"}, "GroupName": "admin"}


def test_it_asks_functions_and_is_let() -> None:
    message = Function("CustomMessage", code=CODE, handler="message.handler")
    made = properties(message, replace(POOL, triggers={"CustomMessage": message}))
    assert made["Users"]["LambdaConfig"] == {"CustomMessage": {"Fn::GetAtt": ["CustomMessage", "Arn"]}}
    assert made["UsersCustomMessagePermission"] == {
        "Action": "lambda:InvokeFunction",
        "FunctionName": {"Fn::GetAtt": ["CustomMessage", "Arn"]},
        "Principal": "cognito-idp.amazonaws.com",
        "SourceArn": {"Fn::GetAtt": ["Users", "Arn"]},
    }


def test_a_function_it_asks_may_look_people_up_and_nothing_goes_in_a_circle() -> None:
    sign_up = Function("PreSignUp", code=CODE, handler="sign_up.handler", may=[POOL.look_up, POOL.delete_users])
    app = new_app()
    auth = app.stack("Auth")
    auth.add(sign_up)
    auth.add(replace(POOL, triggers={"PreSignUp": sign_up}))
    made = linked(app)["Auth"]
    assert made["PreSignUpRoleLatePolicy"]["Properties"] == {
        "PolicyName": "PreSignUpRoleLatePolicy",
        "PolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
                    "Resource": [{"Fn::GetAtt": ["Users", "Arn"]}],
                },
                {
                    "Effect": "Allow",
                    "Action": ["cognito-idp:AdminDeleteUser"],
                    "Resource": [{"Fn::GetAtt": ["Users", "Arn"]}],
                },
            ],
        },
        "Roles": [{"Ref": "PreSignUpRole"}],
    }
    assert "Users" not in json.dumps([made["PreSignUpRole"], made["PreSignUp"]])
    assert "*" not in json.dumps(made)


def test_a_function_of_an_earlier_stack_is_asked_and_gets_its_right_with_the_pool() -> None:
    sign_up = Function("PreSignUp", code=CODE, handler="sign_up.handler", may=[POOL.look_up])
    app = new_app()
    functions, auth = app.stack("Functions"), app.stack("Auth")
    functions.add(sign_up)
    auth.add(replace(POOL, triggers={"PreSignUp": sign_up}))
    made = linked(app)
    assert "PreSignUpRoleLatePolicyInAuth" not in made["Functions"]
    assert made["Auth"]["PreSignUpRoleLatePolicyInAuth"]["Properties"]["Roles"] == [{"Ref": "PreSignUpRoleRef"}]
    assert made["Auth"]["Users"]["Properties"]["LambdaConfig"] == {"PreSignUp": {"Ref": "PreSignUpGetArn"}}


def test_each_right_is_to_this_pool_and_by_name() -> None:
    users = [{"Fn::GetAtt": ["Users", "Arn"]}]
    grants = POOL.look_up + POOL.ban + POOL.change_users + POOL.delete_users
    assert rights(grants, POOL) == [
        (["cognito-idp:AdminGetUser", "cognito-idp:ListUsers"], users),
        (["cognito-idp:AdminDisableUser", "cognito-idp:AdminEnableUser"], users),
        (["cognito-idp:AdminUpdateUserAttributes"], users),
        (["cognito-idp:AdminDeleteUser"], users),
    ]


def test_a_client_keeps_no_secret_and_tells_nobody_who_exists() -> None:
    client = Client(
        "WebClient",
        POOL,
        "EveryoneCook-Web-Client-dev",
        callbacks=["https://dev.everyonecook.cloud/auth/callback"],
        logouts=["https://dev.everyonecook.cloud/auth/logout"],
        reads=["email", "custom:country"],
    )
    assert properties(POOL, client)["WebClient"] == {
        "UserPoolId": {"Ref": "Users"},
        "ClientName": "EveryoneCook-Web-Client-dev",
        "GenerateSecret": False,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["email", "openid", "profile"],
        "CallbackURLs": ["https://dev.everyonecook.cloud/auth/callback"],
        "LogoutURLs": ["https://dev.everyonecook.cloud/auth/logout"],
        "SupportedIdentityProviders": ["COGNITO"],
        "AccessTokenValidity": 60,
        "IdTokenValidity": 60,
        "RefreshTokenValidity": 30,
        "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
        "EnableTokenRevocation": True,
        "PreventUserExistenceErrors": "ENABLED",
        "ReadAttributes": ["email", "custom:country"],
    }
    assert client.id.to_dict() == {"Ref": "WebClient"}


def test_an_attribute_of_ones_own_cannot_be_required() -> None:
    with pytest.raises(ValueError, match="required: ") as caught:
        Attribute("country", required=True, length=(2, 2))
    assert str(caught.value) == "required: Cognito requires no attribute of a pool's own, such as country"


def test_a_pool_asks_at_moments_that_cognito_knows() -> None:
    with pytest.raises(ValueError, match="triggers: ") as caught:
        replace(POOL, triggers={"PreSignup": Function("SignUp", code=CODE, handler="sign_up.handler")})
    assert str(caught.value) == (
        "triggers: PreSignup is none of CreateAuthChallenge, CustomMessage, DefineAuthChallenge, PostAuthentication, "
        "PostConfirmation, PreAuthentication, PreSignUp, PreTokenGeneration, UserMigration, VerifyAuthChallengeResponse"
    )


def test_a_password_has_a_length_that_cognito_allows() -> None:
    with pytest.raises(ValueError, match="password_length: ") as caught:
        replace(POOL, password_length=5)
    assert str(caught.value) == "password_length: 5 is not between 6 and 99"
