"""The AWS services that a resource's own policy lets in, each under conditions that keep other accounts out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from awacs import kms, s3, sns
from awacs.aws import Action, Allow, ArnLike, Bool, Condition, Deny, Principal, Statement, StringEquals
from troposphere import Ref, Sub

from ecinfra.frozen import field, frozen
from ecinfra.values import Value


@frozen
class Guest:
    """A service, what it may do, and when; known by its name in this module."""

    name: str
    service: Any = field(compare=False)
    actions: tuple[Action, ...] = field(compare=False)
    condition: Condition = field(compare=False)

    def statement(self, resource: Any) -> Statement:
        """What the policy of a resource says of it."""
        return Statement(
            Effect=Allow,
            Principal=Principal("Service", self.service),
            Action=list(self.actions),
            Resource=[resource],
            Condition=self.condition,
        )


def expect(guest: Guest, guests: Iterable[Guest], argument: str, owner: str) -> None:
    """Refuse a resource that does not let in a service that cannot do without: it would fail late, or in silence."""
    if guest not in guests:
        raise ValueError(f"{argument}: {owner} does not let in {guest.service}; give it guests.{guest.name}")


def only_encrypted(action: Action, *resources: Any) -> Statement:
    """Nobody gets to the resources over a connection without TLS."""
    return Statement(
        Effect=Deny,
        Principal=Principal("*"),
        Action=[action],
        Resource=list(resources),
        Condition=Condition(Bool("aws:SecureTransport", "false")),
    )


def distribution_arn(title: str) -> Value:
    """The ARN of a distribution, which CloudFormation does not offer."""
    return Value(
        title, "Arn", Sub(f"arn:${{AWS::Partition}}:cloudfront::${{AWS::AccountId}}:distribution/${{{title}}}")
    )


_OF_THIS_ACCOUNT = Condition(StringEquals("aws:SourceAccount", Ref("AWS::AccountId")))

# Of a key. KMS spells its families with a star (GenerateDataKey*, ReEncrypt*): these are their members for
# symmetric keys.
DATA_KEYS = (kms.GenerateDataKey, kms.GenerateDataKeyWithoutPlaintext)
REENCRYPT = (kms.ReEncryptFrom, kms.ReEncryptTo)

DYNAMODB = Guest(
    "DYNAMODB",
    "dynamodb.amazonaws.com",
    (kms.Decrypt, kms.DescribeKey, kms.CreateGrant),
    Condition(StringEquals("kms:ViaService", Sub("dynamodb.${AWS::Region}.amazonaws.com"))),
)
LOGS = Guest(
    "LOGS",
    Sub("logs.${AWS::Region}.amazonaws.com"),
    (kms.Encrypt, kms.Decrypt, *REENCRYPT, *DATA_KEYS, kms.CreateGrant, kms.DescribeKey),
    Condition(
        ArnLike(
            "kms:EncryptionContext:aws:logs:arn",
            Sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*"),
        )
    ),
)
S3 = Guest("S3", "s3.amazonaws.com", (kms.Decrypt, kms.GenerateDataKey), _OF_THIS_ACCOUNT)
# Any distribution of the account: one by name would need the bucket, which needs the key.
CLOUDFRONT = Guest(
    "CLOUDFRONT",
    "cloudfront.amazonaws.com",
    (kms.Decrypt, kms.DescribeKey),
    Condition(
        ArnLike("AWS:SourceArn", Sub("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/*")),
    ),
)
ALARMS = Guest("ALARMS", "cloudwatch.amazonaws.com", (kms.Decrypt, *DATA_KEYS), _OF_THIS_ACCOUNT)

# Of a topic
PUBLISHING_ALARMS = Guest("PUBLISHING_ALARMS", "cloudwatch.amazonaws.com", (sns.Publish,), _OF_THIS_ACCOUNT)

# Of a bucket
CDN_LOGS = Guest("CDN_LOGS", "cloudfront.amazonaws.com", (s3.PutObject,), _OF_THIS_ACCOUNT)
ACCESS_LOGS = Guest("ACCESS_LOGS", "logging.s3.amazonaws.com", (s3.PutObject,), _OF_THIS_ACCOUNT)


def cdn(title: str) -> Guest:
    """A distribution, by its logical id, that reads a bucket; the distribution itself is defined with the bucket."""
    return Guest(
        f'cdn("{title}")',
        "cloudfront.amazonaws.com",
        (s3.GetObject,),
        Condition(StringEquals("AWS:SourceArn", distribution_arn(title))),
    )
