"""Backend: the API, the functions that answer it, the queues and their workers, and what stands before them all."""

from __future__ import annotations

from typing import NamedTuple

from ecinfra import App
from ecinfra.constructs import Function, GivenZone, Queue, RestApi, WebAcl, Zone
from ecinfra.units import seconds
from templates.everyonecook.auth import Auth
from templates.everyonecook.backend_alarms import add_alarms, add_dashboard
from templates.everyonecook.backend_api import add_api, add_web_acl
from templates.everyonecook.backend_functions import Modules, add_modules, add_router, add_workers
from templates.everyonecook.core import Core
from templates.everyonecook.names import small
from templates.everyonecook.settings import Settings
from templates.everyonecook.websocket import Sockets


class Backend(NamedTuple):
    """What can be watched of it."""

    api: RestApi
    web_acl: WebAcl
    router: Function
    modules: Modules
    workers: tuple[Function, ...]
    ai_queue: Queue
    image_queue: Queue


def stack(
    app: App, settings: Settings, zone: Zone | GivenZone | None, core: Core, auth: Auth, sockets: Sockets
) -> Backend:
    """Two queues with their workers, five modules behind one router, one API before it, one web ACL before that."""
    backend = app.stack(
        "Backend",
        description="EveryoneCook's API, its functions and queues",
        tags={
            "StackType": "Backend",
            "Layer": "Application",
            "CostCenter": f"Backend-{settings.environment}",
        },
    )
    ai_queue, image_queue = (
        backend.add(
            Queue(
                title,
                small(settings, f"{name}-queue"),
                visible_after=seconds(visible_after),
                tries=3,
                dead_name=small(settings, f"{name}-dlq"),
                dead_tags={"QueueType": "DeadLetter", "Purpose": f"{purpose}-DLQ"},
            ),
            tags={"Component": "EventProcessing", "QueueType": "Main", "Purpose": f"{purpose}-Processing"},
        )
        for title, name, purpose, visible_after in (
            ("AIQueue", "ai", "AI", 120),
            ("ImageQueue", "image", "Image", 60),
        )
    )
    workers = add_workers(backend, settings, core, ai_queue, image_queue)
    modules = add_modules(backend, settings, core, auth, sockets, ai_queue, image_queue)
    router = add_router(backend, settings, core, auth, modules)
    api = add_api(backend, settings, zone, auth, sockets.account, router)
    web_acl = add_web_acl(backend, settings, api)
    made = Backend(api, web_acl, router, modules, workers, ai_queue, image_queue)
    add_alarms(backend, settings, core.alarms, made)
    add_dashboard(backend, settings, made)
    backend.output("ApiUrl", api.url, "Where the API answers")
    backend.output("ApiId", api.id)
    backend.output("ApiStage", api.stage_name)
    backend.output("ApiDomainName", settings.domains.api if settings.domains else api.host, "Host of the API")
    backend.output("AIQueueUrl", ai_queue.url, "Where recipe suggestions are asked for")
    backend.output("ImageQueueUrl", image_queue.url, "Where pictures wait for their sizes")
    backend.output("WafWebAclArn", web_acl.arn)
    return made
