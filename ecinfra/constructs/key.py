"""A key of one's own, and who may use it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from awacs import kms as action
from awacs.aws import Action, Allow, Policy, Principal, Statement
from troposphere import AWSObject, GetAtt, Ref, Sub, kms

from ecinfra.constructs.guests import DATA_KEYS, REENCRYPT, Guest
from ecinfra.frozen import frozen
from ecinfra.grants import Grant, allow


@frozen
class Key:
    """A symmetric key that rotates every year, under an alias; the account decides by IAM who else may use it."""

    title: str
    alias: str
    description: str
    used_by: tuple[Guest, ...] = ()
    pending_days: int = 30

    def __post_init__(self) -> None:
        if self.alias.startswith(("alias/", "aws/")):
            raise ValueError(f"alias: '{self.alias}' must be a name of its own, without 'alias/' or 'aws/' before it")
        if not 7 <= self.pending_days <= 30:
            raise ValueError(f"pending_days: {self.pending_days} is not between 7 and 30")

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    @cached_property
    def key_id(self) -> Any:
        """Its id, as metrics know it."""
        return Ref(self.title)

    @cached_property
    def use(self) -> Grant:
        """Permission to encrypt and decrypt."""
        return allow([action.Decrypt, action.DescribeKey, action.Encrypt, *DATA_KEYS, *REENCRYPT], self.arn)

    @cached_property
    def decrypt(self) -> Grant:
        """Permission to decrypt."""
        return allow([action.Decrypt, action.DescribeKey], self.arn)

    def resources(self) -> Iterable[AWSObject]:
        """The key and its alias."""
        yield kms.Key(
            self.title,
            Description=self.description,
            EnableKeyRotation=True,
            PendingWindowInDays=self.pending_days,
            KeyPolicy=Policy(Version="2012-10-17", Statement=list(self._statements())),
        )
        yield kms.Alias(f"{self.title}Alias", AliasName=f"alias/{self.alias}", TargetKeyId=Ref(self.title))

    def _statements(self) -> Iterable[Statement]:
        # in a key's own policy, "*" is that key
        yield Statement(
            Effect=Allow,
            Principal=Principal("AWS", Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")),
            Action=[Action("kms", "*")],
            Resource=["*"],
        )
        for guest in self.used_by:
            yield guest.statement("*")
