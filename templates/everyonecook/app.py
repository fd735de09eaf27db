"""EveryoneCook, whole: what is deployed, in which order, and why."""

from __future__ import annotations

from troposphere import Ref

from ecinfra import App
from templates.everyonecook import (
    auth,
    backend,
    certificate,
    core,
    dns,
    edge_alarms,
    frontend,
    observability,
    websocket,
)
from templates.everyonecook.settings import Settings


def define(settings: Settings) -> App:
    """Every stack is a function of those that it reads from; one that reads from another stands after it."""
    app = App(
        "EveryoneCook",
        settings,
        tags={"Repository": "everyonecook", "Contact": Ref("ContactEmail")},
        keep_data=settings.keep_data,
    )

    # us-east-1, first: CloudFront accepts certificates of that region only
    zone = dns.stack(app, settings)
    certificates = certificate.stack(app, settings, zone)

    # ap-southeast-1
    data = core.stack(app, settings, zone, certificates)
    people = auth.stack(app, settings, data)
    sockets = websocket.stack(app, settings, data, people)
    api = backend.stack(app, settings, zone, data, people, sockets)
    frontend.stack(app, settings, zone, certificates, data)
    observability.stack(app, settings, data, people, api)

    # us-east-1, last: the metrics of CloudFront and of the bill are published there only
    edge_alarms.stack(app, settings, data)
    return app
