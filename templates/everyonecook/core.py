"""Core: data at rest, the CDN in front of it, the layer that functions share, and the topic that alarms tell."""

from __future__ import annotations

from typing import Any

from troposphere import Parameter, Ref, Sub

from ecinfra import App, Stack
from ecinfra.constructs import (
    CACHING_DISABLED,
    Behaviour,
    Bucket,
    CachePolicy,
    Cdn,
    ErrorPage,
    Expiry,
    GivenZone,
    HeadersPolicy,
    Index,
    Key,
    Layer,
    Record,
    Table,
    Tiering,
    Topic,
    Zone,
    guests,
)
from ecinfra.frozen import frozen
from templates.everyonecook.certificate import Certificates
from templates.everyonecook.core_alarms import add_alarms
from templates.everyonecook.names import HANDLERS, capital, page_origins, small
from templates.everyonecook.settings import Settings


@frozen
class Core:
    """What the other stacks build on."""

    key: Key
    table: Table
    content: Bucket
    cdn: Cdn
    cdn_host: Any
    logs: Bucket
    layer: Layer
    alarms: Topic


def stack(app: App, settings: Settings, zone: Zone | GivenZone | None, certificates: Certificates | None) -> Core:
    """Table, buckets, CDN, layer and alarm topic."""
    core = app.stack(
        "Core",
        description="EveryoneCook's data, its CDN, and what every other stack shares",
        tags={"StackType": "Core", "Layer": "Data", "CostCenter": f"Core-{settings.environment}"},
    )
    core.add(Parameter("ContactEmail", Type="String", Description="Who is told when an alarm goes off"))
    key = _key(core, settings)
    table = _table(core, settings, key)
    logs = _log_bucket(core, settings)
    content = _content_bucket(core, settings, logs)
    cdn = _cdn(core, settings, content, logs, zone, certificates)
    made = Core(
        key=key,
        table=table,
        content=content,
        cdn=cdn,
        cdn_host=settings.domains.cdn if settings.domains else cdn.domain_name,
        logs=logs,
        layer=_layer(core, settings, app),
        alarms=_alarm_topic(core, settings),
    )
    add_alarms(core, settings, table, content, made.alarms)
    _put_out(core, made)
    return made


def _key(core: Stack, settings: Settings) -> Key:
    return core.add(
        Key(
            "DynamoDBKey",
            f"everyonecook-dynamodb-{settings.environment}",
            "Encrypts EveryoneCook's table and logs",
            used_by=(guests.DYNAMODB, guests.LOGS),
            pending_days=settings.key_pending_days,
        ),
        tags={"Service": "KMS", "Name": small(settings, "dynamodb-key")},
    )


def _table(core: Stack, settings: Settings, key: Key) -> Table:
    name = capital(settings, "v2")
    return core.add(
        Table(
            "Table",
            name,
            indexes=tuple(Index(f"GSI{number}", f"GSI{number}PK", f"GSI{number}SK") for number in range(1, 6)),
            ttl="ttl",
            stream="NEW_AND_OLD_IMAGES",
            key=key,
            capacity=settings.capacity,
            recovery=settings.table_recovery,
            protected=settings.table_protected,
        ),
        tags={"Service": "DynamoDB", "Name": name},
    )


def _log_bucket(core: Stack, settings: Settings) -> Bucket:
    name = f"everyonecook-cdn-logs-{settings.environment}"
    return core.add(
        Bucket(
            "CdnLogs",
            Sub(name + "-${AWS::AccountId}-${AWS::Region}"),
            versioned=settings.bucket_versioned,
            tiering=Tiering(move_days=0),
            guests=(guests.CDN_LOGS, guests.ACCESS_LOGS),
        ),
        tags={"Service": "S3", "Name": name},
    )


def _content_bucket(core: Stack, settings: Settings, logs: Bucket) -> Bucket:
    name = f"everyonecook-content-{settings.environment}"
    return core.add(
        Bucket(
            "Content",
            Sub(name + "-${AWS::AccountId}-${AWS::Region}"),
            versioned=settings.bucket_versioned,
            tiering=Tiering(),
            expiring=(Expiry("posts/temp/", 1),),
            cors_origins=page_origins(settings),
            guests=(guests.cdn("Cdn"),),
            logs=logs.folder("content-access-logs/"),
            request_metrics=True,
        ),
        tags={"Service": "S3", "Name": name},
    )


def _cdn(
    core: Stack,
    settings: Settings,
    content: Bucket,
    logs: Bucket,
    zone: Zone | GivenZone | None,
    certificates: Certificates | None,
) -> Cdn:
    domain = settings.domains.cdn if settings.domains else None
    cdn = core.add(
        Cdn(
            "Cdn",
            capital(settings, "Content"),
            content,
            HeadersPolicy(f"EveryoneCook-Security-{settings.environment}", cors_origins=page_origins(settings)),
            CachePolicy(f"EveryoneCook-Public-{settings.environment}", headers=("CloudFront-Viewer-Country",)),
            behaviours=(
                Behaviour("/avatars/*"),
                Behaviour("/backgrounds/*", CACHING_DISABLED),
                Behaviour("/recipes/*", CACHING_DISABLED),
            ),
            errors=(ErrorPage(403, "/404.html", 404), ErrorPage(404, "/404.html", 404)),
            domain=domain,
            certificate=certificates.cdn if certificates else None,
            logs=logs.folder("cdn-access-logs/"),
        ),
        tags={"Component": "CloudFront", "Service": "CloudFront", "Name": capital(settings, "Content")},
    )
    if zone and domain:
        core.add(Record("CdnRecord", zone, domain, cdn.alias))
    return cdn


def _layer(core: Stack, settings: Settings, app: App) -> Layer:
    built_for = ("host",) if settings.environment == "local" else ("python3.13", "arm64")
    return core.add(
        Layer(
            "SharedDependencies",
            HANDLERS.layer(*built_for),
            name=f"everyonecook-shared-deps-{app.root_name}-Core",
        ),
        tags={"Component": "Lambda"},
    )


def _alarm_topic(core: Stack, settings: Settings) -> Topic:
    key = core.add(
        Key(
            "AlarmKey",
            f"everyonecook-alarms-{settings.environment}",
            "Encrypts what EveryoneCook's alarms say",
            used_by=(guests.ALARMS,),
            pending_days=settings.key_pending_days,
        ),
        tags={"Service": "KMS", "Name": small(settings, "alarm-key")},
    )
    return core.add(
        Topic("AlarmTopic", key, capital(settings, "Alarms"), mail=Ref("ContactEmail")),
        tags={"Service": "SNS", "Name": capital(settings, "Alarms")},
    )


def _put_out(core: Stack, made: Core) -> None:
    core.output("DynamoDBTableName", made.table.table_name, "The table")
    core.output("DynamoDBTableArn", made.table.arn)
    core.output("DynamoDBTableStreamArn", made.table.stream_arn)
    core.output("DynamoDBKeyId", made.key.key_id)
    core.output("DynamoDBKeyArn", made.key.arn)
    core.output("ContentBucketName", made.content.bucket_name, "Pictures of users, posts and recipes")
    core.output("ContentBucketArn", made.content.arn)
    core.output("ContentBucketDomainName", made.content.regional_domain_name)
    core.output("CdnLogsBucketName", made.logs.bucket_name, "Access logs of the CDN and the buckets")
    core.output("CdnLogsBucketArn", made.logs.arn)
    core.output("CloudFrontDistributionId", made.cdn.id, "The CDN in front of the content")
    core.output("CloudFrontDomainName", made.cdn.domain_name)
    core.output("CloudFrontDistributionArn", made.cdn.arn)
