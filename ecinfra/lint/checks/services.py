"""Container services."""

from __future__ import annotations

from ecinfra.lint.estate import Estate, Said
from ecinfra.lint.literals import is_true, items, members
from ecinfra.lint.table import RULES

_DESIRED = RULES["EC117"]
_IDLE = RULES["EC118"]
_BREAKER = RULES["EC119"]

_SERVICE = "AWS::ECS::Service"
_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
_LISTENERS = ("AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule")


def check_desired_count(estate: Estate) -> Said:
    """Where scaling decides how many tasks run, the template does not."""
    scaled = {}
    for target in estate.all("AWS::ApplicationAutoScaling::ScalableTarget"):
        if target.properties.get("ScalableDimension") == "ecs:service:DesiredCount":
            for service in estate.inside(target.template, target.properties.get("ResourceId"), _SERVICE):
                scaled[service.id] = target.id
    for service in estate.all(_SERVICE):
        if service.id in scaled and "DesiredCount" in service.properties:
            said = f"is scaled by {scaled[service.id]}, and each deployment would take it back: leave DesiredCount out"
            yield service.fault(_DESIRED, said, "DesiredCount")


def check_targets(estate: Estate) -> Said:
    """A service's target group hangs on a load balancer."""
    served = {
        group.id
        for listener in estate.all(*_LISTENERS)
        for group in estate.inside(listener.template, listener.properties, _GROUP)
    }
    for service in estate.all(_SERVICE):
        for number, balancer in enumerate(items(service.properties.get("LoadBalancers"))):
            group = estate.resource(service.template, members(balancer).get("TargetGroupArn"), _GROUP)
            if group and group.id not in served:
                said = f"registers with {group.id}, and no listener forwards to it"
                yield service.fault(_IDLE, said, "LoadBalancers", number, "TargetGroupArn")


def check_breaker(estate: Estate) -> Said:
    """A deployment whose tasks do not start gives up."""
    for service in estate.all(_SERVICE):
        configuration = members(service.properties.get("DeploymentConfiguration"))
        if members(service.properties.get("DeploymentController")).get("Type", "ECS") != "ECS":
            continue
        if not is_true(members(configuration.get("DeploymentCircuitBreaker")).get("Enable")):
            said = "has no deployment circuit breaker: where its tasks do not start, the stack hangs for hours"
            yield service.fault(_BREAKER, said, "DeploymentConfiguration")
