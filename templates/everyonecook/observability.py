"""Observability: dashboards of the whole system, and the alarms that say how it is doing."""

from __future__ import annotations

from ecinfra import App
from ecinfra.constructs import CompositeAlarm
from templates.everyonecook.auth import Auth
from templates.everyonecook.backend import Backend
from templates.everyonecook.core import Core
from templates.everyonecook.dashboards import auth_dashboard, backend_dashboard, core_dashboard, overview_dashboard
from templates.everyonecook.names import capital
from templates.everyonecook.settings import Settings
from templates.everyonecook.system_alarms import system_alarms


def stack(app: App, settings: Settings, core: Core, auth: Auth, backend: Backend) -> None:
    """System alarms, one alarm over the gravest of them, four dashboards."""
    observability = app.stack(
        "Observability",
        description="EveryoneCook's dashboards and system alarms",
        tags={
            "StackType": "Observability",
            "Layer": "Monitoring",
            "CostCenter": f"Observability-{settings.environment}",
        },
    )
    alarms = [observability.add(alarm) for alarm in system_alarms(settings, core, backend)]
    grave = tuple(alarm for alarm in alarms if "Critical" in str(alarm.name) or "Throttle" in str(alarm.name))
    health = observability.add(
        CompositeAlarm(
            "SystemHealth",
            any_of=grave,
            name=capital(settings, "SystemHealth"),
            actions=(core.alarms,),
            description="Something that users notice is going wrong",
        )
    )
    for dashboard in (
        core_dashboard(settings, core),
        auth_dashboard(settings, auth),
        backend_dashboard(settings, backend),
        overview_dashboard(settings, core, backend, health),
    ):
        observability.add(dashboard)
        observability.output(f"{dashboard.title}Name", dashboard.dashboard_name)
    observability.output("AlarmTopicArn", core.alarms.arn, "What the alarms tell")
    observability.output("CompositeAlarmName", health.alarm_name)
