from __future__ import annotations

from typing import Any

from troposphere import AWSObject, GetAtt, Ref, Sub

from tests.lint.faults import faults, faults_of, new_app, resource

BREAKER = {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}}


def service(**properties: Any) -> AWSObject:
    return resource("AWS::ECS::Service", "Web", **{"DeploymentConfiguration": BREAKER} | properties)


WEB = Sub("service/${Cluster}/${Name}", Cluster="main", Name=GetAtt("Web", "Name"))


def scaling(what: Any = WEB) -> AWSObject:
    return resource(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "Scaling",
        ResourceId=what,
        ScalableDimension="ecs:service:DesiredCount",
    )


def test_where_scaling_decides_the_template_does_not() -> None:
    app = new_app()
    app.stack("Desk").add(service(DesiredCount=2))
    app.stack("Scale").add(scaling())

    assert faults(app) == [
        "EC117 Desk Web.Properties.DesiredCount: is scaled by Scaling, and each deployment would take it back: "
        "leave DesiredCount out"
    ]
    assert faults_of(service(), scaling()) == []
    assert faults_of(service(DesiredCount=2)) == []
    assert faults_of(service(DesiredCount=2), scaling("service/main/other")) == []


def test_a_services_targets_hang_on_a_load_balancer() -> None:
    web = service(LoadBalancers=[{"TargetGroupArn": Ref("Group")}])
    group = resource("AWS::ElasticLoadBalancingV2::TargetGroup", "Group", Port=80)
    listener = resource(
        "AWS::ElasticLoadBalancingV2::Listener",
        "Ear",
        DefaultActions=[{"TargetGroupArn": Ref("Group"), "Type": "forward"}],
    )

    assert faults_of(web, group) == [
        "EC118 Desk Web.Properties.LoadBalancers.0.TargetGroupArn: registers with Group, and no listener forwards to it"
    ]
    assert faults_of(web, group, listener) == []


def test_a_deployment_that_does_not_start_gives_up() -> None:
    other = {"Type": "CODE_DEPLOY"}

    assert faults_of(service(DeploymentConfiguration={})) == [
        "EC119 Desk Web.Properties.DeploymentConfiguration: has no deployment circuit breaker: where its tasks do not "
        "start, the stack hangs for hours"
    ]
    assert faults_of(service(DeploymentConfiguration={}, DeploymentController=other)) == []
