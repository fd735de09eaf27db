"""Backend: the API, the functions that answer it, the queues and their workers, and what stands before them all."""

from __future__ import annotations

from ecinfra import App, Stack
from ecinfra.constructs import Function, GivenZone, RestApi, WebAcl, Zone
from ecinfra.frozen import frozen
from templates.everyonecook.auth import Auth
from templates.everyonecook.backend_alarms import add_alarms, add_dashboard
from templates.everyonecook.backend_api import add_api, add_web_acl
from templates.everyonecook.backend_functions import Modules, add_modules, add_router
from templates.everyonecook.backend_workers import Queues, add_queues, add_workers
from templates.everyonecook.core import Core
from templates.everyonecook.settings import Settings
from templates.everyonecook.websocket import Sockets


@frozen
class Backend:
    """What can be watched of it."""

    api: RestApi
    web_acl: WebAcl
    router: Function
    modules: Modules
    workers: tuple[Function, ...]
    queues: Queues


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
    queues = add_queues(backend, settings)
    workers = add_workers(backend, settings, core, queues)
    modules = add_modules(backend, settings, core, auth, sockets, queues)
    router = add_router(backend, settings, core, auth, modules)
    api = add_api(backend, settings, zone, core, auth, sockets.account, router)
    web_acl = add_web_acl(backend, settings, core, api)
    made = Backend(api, web_acl, router, modules, workers, queues)
    add_alarms(backend, settings, core.alarms, made)
    add_dashboard(backend, settings, made)
    _put_out(backend, settings, made)
    return made


def _put_out(backend: Stack, settings: Settings, made: Backend) -> None:
    backend.output("ApiUrl", made.api.url, "Where the API answers")
    backend.output("ApiId", made.api.id)
    backend.output("ApiStage", made.api.stage_name)
    backend.output("ApiDomainName", settings.domains.api if settings.domains else made.api.host, "Host of the API")
    backend.output("AIQueueUrl", made.queues.ai.url, "Where recipe suggestions are asked for")
    backend.output("ImageQueueUrl", made.queues.image.url, "Where pictures wait for their sizes")
    backend.output("WafWebAclArn", made.web_acl.arn)
