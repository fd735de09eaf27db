from __future__ import annotations

from typing import Any

import pytest
from troposphere import AWSObject, Ref

from tests.lint.faults import faults, faults_of, new_app, resource


def cluster(low: float | None = 0.5, high: float = 4, **properties: Any) -> AWSObject:
    scaling = {"ServerlessV2ScalingConfiguration": {"MinCapacity": low, "MaxCapacity": high}} if low is not None else {}
    return resource("AWS::RDS::DBCluster", "Books", Engine="aurora-postgresql", **scaling, **properties)


def instance(kind: str = "db.serverless") -> AWSObject:
    return resource("AWS::RDS::DBInstance", "Writer", DBClusterIdentifier=Ref("Books"), DBInstanceClass=kind)


def test_a_cluster_that_scales_has_an_instance_that_does() -> None:
    assert (
        faults_of(cluster())
        == faults_of(cluster(), instance("db.r6g.large"))
        == [
            "EC115 Desk Books.Properties.ServerlessV2ScalingConfiguration: has a range to scale in, and no instance of "
            "class db.serverless"
        ]
    )
    assert faults_of(cluster(), instance()) == []


def test_an_instance_that_scales_has_a_range_to_do_it_in_wherever_its_cluster_is() -> None:
    app = new_app()
    app.stack("Data").add(cluster(None))
    app.stack("Desk").add(instance())

    assert faults(app) == [
        "EC115 Desk Writer.Properties.DBInstanceClass: is db.serverless, and Books has no "
        "ServerlessV2ScalingConfiguration"
    ]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (8, 2, "MinCapacity: MinCapacity 8 is above MaxCapacity 2"),
        (0.7, 2, "MinCapacity: MinCapacity 0.7 is no number of capacity units: they come in halves"),
        (0, 0.5, "MaxCapacity: MaxCapacity 0.5 is below the least that Aurora takes, 1"),
    ],
)
def test_the_range_is_one(low: float, high: float, said: str) -> None:
    assert faults_of(cluster(low, high), instance()) == [
        f"EC115 Desk Books.Properties.ServerlessV2ScalingConfiguration.{said}"
    ]


def test_the_first_serverless_is_over() -> None:
    assert faults_of(cluster(None, EngineMode="serverless")) == [
        "EC115 Desk Books.Properties.EngineMode: EngineMode serverless is Aurora Serverless v1, which AWS has ended: "
        "leave it out"
    ]
    assert faults_of(cluster(EngineMode="provisioned"), instance()) == []


def test_a_master_users_name_is_not_the_engines() -> None:
    def database(engine: str, name: str) -> AWSObject:
        return resource("AWS::RDS::DBInstance", "Books", Engine=engine, MasterUsername=name)

    assert faults_of(database("postgres", "admin")) == [
        "EC116 Desk Books.Properties.MasterUsername: postgres reserves the name admin: choose another"
    ]
    assert [fault[:5] for fault in faults_of(database("postgres", "pg_owner"))] == ["EC116"]
    assert [fault[:5] for fault in faults_of(database("mysql", "rdsadmin"))] == ["EC116"]
    assert faults_of(database("mysql", "admin")) == []
    assert faults_of(database("postgres", "owner")) == []


def test_what_cfn_lint_says_of_a_cluster_is_not_said_twice() -> None:
    documents = resource("AWS::DocDB::DBCluster", "Papers", MasterUsername="admin")

    assert faults_of(cluster(None, MasterUsername="admin")) == []
    assert [fault[:5] for fault in faults_of(cluster(None, MasterUsername="pg_owner"))] == ["EC116"]
    assert [fault[:5] for fault in faults_of(documents)] == ["EC116"]
