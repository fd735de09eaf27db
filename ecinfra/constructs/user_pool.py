"""A user pool: what it knows of people, the functions it asks, its groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from awacs import cognito_idp as action
from troposphere import AWSObject, GetAtt, Ref, cognito
from troposphere.awslambda import Permission

from ecinfra.constructs.metric import Metric
from ecinfra.frozen import field, frozen
from ecinfra.grants import Grant, Waking, allow
from ecinfra.parts import given

TRIGGERS = frozenset(
    {
        "CreateAuthChallenge",
        "CustomMessage",
        "DefineAuthChallenge",
        "PostAuthentication",
        "PostConfirmation",
        "PreAuthentication",
        "PreSignUp",
        "PreTokenGeneration",
        "UserMigration",
        "VerifyAuthChallengeResponse",
    }
)


@frozen
class Attribute:
    """An attribute of every user; one with a length is the pool's own, and is read as custom:<name>."""

    name: str
    required: bool = False
    mutable: bool = True
    length: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.length and self.required:
            raise ValueError(f"required: Cognito requires no attribute of a pool's own, such as {self.name}")

    def schema(self) -> cognito.SchemaAttribute:
        """It, as a pool defines it."""
        if self.length is None:
            return cognito.SchemaAttribute(Name=self.name, Required=self.required, Mutable=self.mutable)
        shortest, longest = self.length
        return cognito.SchemaAttribute(
            Name=self.name,
            AttributeDataType="String",
            Mutable=self.mutable,
            StringAttributeConstraints=cognito.StringAttributeConstraints(
                MinLength=str(shortest), MaxLength=str(longest)
            ),
        )


@frozen
class UserPool:
    """A pool where people sign themselves up by name or e-mail address, and prove the address with a code.

    A function that the pool asks may hold permissions on the pool: make the pool without triggers, hand its
    permissions to the functions, and add `replace(pool, triggers={...})` to the stack.
    """

    title: str
    name: str
    attributes: tuple[Attribute, ...] | list[Attribute]
    groups: tuple[str, ...] | list[str] = ()
    triggers: Mapping[str, Waking] = field(default_factory=dict)
    password_length: int = 12
    protected: bool = True

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.triggers) - TRIGGERS):
            raise ValueError(f"triggers: {', '.join(unknown)} is none of {', '.join(sorted(TRIGGERS))}")
        if not 6 <= self.password_length <= 99:
            raise ValueError(f"password_length: {self.password_length} is not between 6 and 99")

    @cached_property
    def id(self) -> Any:
        """Its id."""
        return Ref(self.title)

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    # What a client does for its user (signing up and in, confirming, asking for a new password, signing out) Cognito
    # takes from anybody or against a token; it needs no permission.
    @cached_property
    def read_user(self) -> Grant:
        """Permission to read a user whose name is known."""
        return allow([action.AdminGetUser], self.arn)

    @cached_property
    def look_up(self) -> Grant:
        """Permission to find users and read one."""
        return allow([action.AdminGetUser, action.ListUsers], self.arn)

    @cached_property
    def members(self) -> Grant:
        """Permission to see who is in a group."""
        return allow([action.ListUsersInGroup], self.arn)

    @cached_property
    def ban(self) -> Grant:
        """Permission to shut a user out, and to let him in again."""
        return allow([action.AdminDisableUser, action.AdminEnableUser], self.arn)

    @cached_property
    def change_users(self) -> Grant:
        """Permission to change what is known of a user."""
        return allow([action.AdminUpdateUserAttributes], self.arn)

    @cached_property
    def sign_out(self) -> Grant:
        """Permission to sign a user out everywhere."""
        return allow([action.AdminUserGlobalSignOut], self.arn)

    @cached_property
    def delete_users(self) -> Grant:
        """Permission to delete users."""
        return allow([action.AdminDeleteUser], self.arn)

    def metric(self, name: str, client: Any, statistic: str = "Sum") -> Metric:
        """One of the metrics that it keeps of a client, which is named by its id."""
        return Metric("AWS/Cognito", name, statistic, {"UserPool": self.id, "UserPoolClient": client})

    def resources(self) -> Iterable[AWSObject]:
        """The pool, its leave to ask each function, and its groups."""
        yield self._pool()
        for trigger, function in self.triggers.items():
            yield Permission(
                f"{self.title}{trigger}Permission",
                Action="lambda:InvokeFunction",
                FunctionName=function.arn,
                Principal="cognito-idp.amazonaws.com",
                SourceArn=self.arn,
            )
        for group in self.groups:
            yield cognito.UserPoolGroup(
                f"{self.title}{group[:1].upper()}{group[1:]}Group",
                UserPoolId=self.id,
                GroupName=group,
            )

    def _pool(self) -> cognito.UserPool:
        asked = {trigger: function.arn for trigger, function in self.triggers.items()}
        return cognito.UserPool(
            self.title,
            UserPoolName=self.name,
            AliasAttributes=["email"],
            # Names are stored in lower case by what is built on the pool: Anna and anna are one.
            UsernameConfiguration=cognito.UsernameConfiguration(CaseSensitive=False),
            AdminCreateUserConfig=cognito.AdminCreateUserConfig(AllowAdminCreateUserOnly=False),
            AutoVerifiedAttributes=["email"],
            VerificationMessageTemplate=cognito.VerificationMessageTemplate(DefaultEmailOption="CONFIRM_WITH_CODE"),
            AccountRecoverySetting=cognito.AccountRecoverySetting(
                RecoveryMechanisms=[cognito.RecoveryOption(Name="verified_email", Priority=1)]
            ),
            EmailConfiguration=cognito.EmailConfiguration(EmailSendingAccount="COGNITO_DEFAULT"),
            MfaConfiguration="OFF",
            DeviceConfiguration=cognito.DeviceConfiguration(
                ChallengeRequiredOnNewDevice=False, DeviceOnlyRememberedOnUserPrompt=True
            ),
            Policies=cognito.Policies(PasswordPolicy=self._password()),
            DeletionProtection="ACTIVE" if self.protected else "INACTIVE",
            **given(
                Schema=[attribute.schema() for attribute in self.attributes] or None,
                LambdaConfig=cognito.LambdaConfig(**asked) if asked else None,
            ),
        )

    def _password(self) -> cognito.PasswordPolicy:
        return cognito.PasswordPolicy(
            MinimumLength=self.password_length,
            RequireLowercase=True,
            RequireUppercase=True,
            RequireNumbers=True,
            RequireSymbols=True,
            TemporaryPasswordValidityDays=7,
        )
