"""Everything that can be said of data, edge and observability at once: cfn-lint has nothing to say to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from troposphere import Parameter, Ref

from ecinfra import App
from ecinfra.assets import Asset
from ecinfra.constructs import (
    CACHING_DISABLED,
    Alarm,
    AlarmStatus,
    Behaviour,
    Bucket,
    CachePolicy,
    Capacity,
    Cdn,
    Certificate,
    CompositeAlarm,
    Dashboard,
    ErrorPage,
    Expiry,
    Function,
    Graph,
    HeadersPolicy,
    Index,
    Key,
    Math,
    Metric,
    Number,
    Record,
    StaticSite,
    Table,
    Text,
    Tiering,
    Topic,
    Zone,
    guests,
)
from ecinfra.link.linker import link
from ecinfra.render import render
from ecinfra.retention import Keeping
from ecinfra.units import hours
from tests.constructs.rendering import new_app

DOMAIN = "everyonecook.cloud"


def whole(folder: Path) -> App:
    """A system with every construct of this kind, and with each option of it."""
    app = new_app()
    zone = app.stack("Dns").add(Zone("Zone", DOMAIN, Keeping.ALWAYS))
    certificate = app.stack("Certificate", region="us-east-1").add(Certificate("Cert", f"*.{DOMAIN}", zone, (DOMAIN,)))
    core = app.stack("Core")
    everyone = (guests.DYNAMODB, guests.LOGS, guests.S3, guests.CLOUDFRONT, guests.ALARMS)
    key = core.add(Key("MainKey", "everyonecook-dev", "Encrypts everything", everyone))
    indexes = (Index("GSI1", "GSI1PK", "GSI1SK"), Index("By-State", "state"))
    table = core.add(
        Table(
            "Main",
            "EveryoneCook-dev-v2",
            indexes=indexes,
            ttl="ttl",
            key=key,
            stream="NEW_AND_OLD_IMAGES",
            capacity=Capacity(2, 2, 10),
        )
    )
    core.add(Table("Connections", sort_key=None))
    logs = core.add(
        Bucket("Logs", tiering=Tiering(move_days=0), guests=(guests.CDN_LOGS, guests.ACCESS_LOGS), versioned=False)
    )
    content = core.add(
        Bucket(
            "Content",
            "everyonecook-content-dev",
            expiring=(Expiry("posts/temp/", 1),),
            tiering=Tiering(),
            cors_origins=(f"https://{DOMAIN}",),
            key=key,
            guests=(guests.cdn("ContentCdn"),),
            logs=logs.folder("access/"),
            request_metrics=True,
        )
    )
    cdn = core.add(
        Cdn(
            "ContentCdn",
            "everyonecook-dev-content",
            content,
            HeadersPolicy("EveryoneCook-Security-dev", (f"https://{DOMAIN}",)),
            CachePolicy("EveryoneCook-Public-dev", headers=("CloudFront-Viewer-Country",)),
            (Behaviour("/avatars/*"), Behaviour("/recipes/*", CACHING_DISABLED)),
            (ErrorPage(403, "/404.html", 404),),
            f"cdn.{DOMAIN}",
            certificate,
            logs.folder("cdn/"),
        )
    )
    core.add(Record("CdnRecord", zone, f"cdn.{DOMAIN}", cdn.alias))
    rights = [table.read, table.scan, table.write, content.read, content.write, content.delete]
    frontend = app.stack("Frontend")
    frontend.add(StaticSite("Site", "site", Asset(folder), "default-src 'self'", DOMAIN, certificate, zone, logs))
    frontend.add(StaticSite("Draft", "draft", Asset(folder), "default-src 'self'", single_page=True))
    watch = app.stack("Observability")
    watch.add(Parameter("AlarmMail", Type="String"))
    topic = watch.add(Topic("Alarms", key, "EveryoneCook-dev-Alarms", Ref("AlarmMail")))
    watch.add(Function("Teller", Asset(folder), "teller.handler", may=[*rights, topic.publish]))
    rate = Math("errors / calls * 100", {name: Metric("AWS/Lambda", name) for name in ("errors", "calls")}, "failed")
    failing = watch.add(Alarm("Failing", rate, above=5, actions=(topic,), description="functions fail"))
    slow = watch.add(Alarm("Slow", table.metric("SuccessfulRequestLatency", "p99", operation="Query"), above=100))
    health = watch.add(CompositeAlarm("Health", (failing, slow), "EveryoneCook-dev-SystemHealth", (topic,), "ill"))
    widgets = (
        Text("## EveryoneCook"),
        Graph("Failures", (rate, content.metric("4xxErrors"))),
        Number("Requests", (cdn.metric("Requests"),)),
        AlarmStatus("Health", (health, failing)),
    )
    watch.add(Dashboard("Overview", widgets, "EveryoneCook-dev-Overview"))
    charges = Metric("AWS/Billing", "EstimatedCharges", "Maximum", {"Currency": "USD"}, hours(24))
    virginia = app.stack("Virginia", region="us-east-1")
    virginia.add(Alarm("Costs", charges, above=50))
    virginia.add(Alarm("Misses", cdn.metric("CacheHitRate", "Average"), below=70, periods=3))
    return app


def test_cfn_lint_has_nothing_to_say_at_any_level(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<h1>Cook</h1>")
    files = []
    for template in render(link(whole(folder))).templates:
        path = tmp_path / template.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.text, encoding="utf-8")
        files.append(str(path))
    assert len(files) == 10
    command = [sys.executable, "-c", "from cfnlint.runner import main; main()", "--include-checks", "I", "--", *files]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said.stdout, said.returncode) == ("", 0)
