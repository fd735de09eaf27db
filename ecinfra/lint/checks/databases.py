"""Databases."""

from __future__ import annotations

from ecinfra.lint.estate import Estate, Located, Said
from ecinfra.lint.literals import members, number, text
from ecinfra.lint.table import RULES

_CAPACITY = RULES["EC115"]
_USER = RULES["EC116"]

_CLUSTER = "AWS::RDS::DBCluster"
_INSTANCE = "AWS::RDS::DBInstance"
_DOCUMENTS = "AWS::DocDB::DBCluster"
_SCALING = "ServerlessV2ScalingConfiguration"
_LOWEST_TOP = 1.0
# cfn-lint says these of an RDS cluster itself
_SEEN_OF_CLUSTERS = frozenset({"admin", "rdsadmin"})


def check_capacity(estate: Estate) -> Said:
    """Aurora Serverless v2 has a range that can be, and an instance that scales in it."""
    members_of: dict[str, list[Located]] = {}
    for instance in estate.all(_INSTANCE):
        cluster = estate.resource(instance.template, instance.properties.get("DBClusterIdentifier"), _CLUSTER)
        if cluster and instance.properties.get("DBInstanceClass") == "db.serverless":
            members_of.setdefault(cluster.id, []).append(instance)
            if _SCALING not in cluster.properties:
                said = f"is db.serverless, and {cluster.id} has no {_SCALING}"
                yield instance.fault(_CAPACITY, said, "DBInstanceClass")
    for cluster in estate.all(_CLUSTER):
        if cluster.properties.get("EngineMode") == "serverless":
            said = "EngineMode serverless is Aurora Serverless v1, which AWS has ended: leave it out"
            yield cluster.fault(_CAPACITY, said, "EngineMode")
        elif _SCALING in cluster.properties:
            yield from _range(cluster)
            if cluster.id not in members_of:
                said = "has a range to scale in, and no instance of class db.serverless"
                yield cluster.fault(_CAPACITY, said, _SCALING)


def check_users(estate: Estate) -> Said:
    """A master user's name is not the engine's own."""
    for database in estate.all(_CLUSTER, _INSTANCE, _DOCUMENTS):
        name = text(estate.attribute(database.template, database.properties.get("MasterUsername", ""))).lower()
        engine = text(database.properties.get("Engine", "docdb" if database.type == _DOCUMENTS else ""))
        written = isinstance(database.properties.get("MasterUsername"), str)
        if database.type == _CLUSTER and written and name in _SEEN_OF_CLUSTERS:
            continue
        if _is_reserved(name, engine):
            yield database.fault(_USER, f"{engine} reserves the name {name}: choose another", "MasterUsername")


def _range(cluster: Located) -> Said:
    scaling = members(cluster.properties[_SCALING])
    low, high = number(scaling.get("MinCapacity")), number(scaling.get("MaxCapacity"))
    if low is None or high is None:
        return
    if low > high:
        yield cluster.fault(_CAPACITY, f"MinCapacity {low:g} is above MaxCapacity {high:g}", _SCALING, "MinCapacity")
    for name, value in (("MinCapacity", low), ("MaxCapacity", high)):
        if value < 0 or value * 2 % 1:
            said = f"{name} {value:g} is no number of capacity units: they come in halves"
            yield cluster.fault(_CAPACITY, said, _SCALING, name)
    if high < _LOWEST_TOP:
        said = f"MaxCapacity {high:g} is below the least that Aurora takes, {_LOWEST_TOP:g}"
        yield cluster.fault(_CAPACITY, said, _SCALING, "MaxCapacity")


def _is_reserved(name: str, engine: str) -> bool:
    if name == "rdsadmin":
        return True
    if "postgres" in engine:
        return name == "admin" or name.startswith("pg_")
    return engine == "docdb" and name == "admin"
