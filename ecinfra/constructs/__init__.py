"""Constructs: each a value that adds a second resource, a safe default or a permission."""

from ecinfra.constructs import guests
from ecinfra.constructs.alarm import Alarm, CompositeAlarm
from ecinfra.constructs.api_account import ApiAccount
from ecinfra.constructs.api_domain import ApiDomain
from ecinfra.constructs.api_stage import Cache, Throttle
from ecinfra.constructs.bucket import Bucket, Folder
from ecinfra.constructs.caching import CACHING_DISABLED, CACHING_OPTIMIZED, CachePolicy, HeadersPolicy
from ecinfra.constructs.capacity import Capacity
from ecinfra.constructs.cdn import Behaviour, Cdn, ErrorPage
from ecinfra.constructs.certificate import Certificate
from ecinfra.constructs.client import Client
from ecinfra.constructs.dashboard import AlarmStatus, Dashboard, Graph, Number, Text
from ecinfra.constructs.function import Function
from ecinfra.constructs.guests import Guest
from ecinfra.constructs.key import Key
from ecinfra.constructs.layer import Layer
from ecinfra.constructs.lifecycle import Expiry, Tiering
from ecinfra.constructs.metric import Math, Metric
from ecinfra.constructs.queue import Messages, Queue
from ecinfra.constructs.rest_api import RestApi
from ecinfra.constructs.site import StaticSite
from ecinfra.constructs.socket_api import SocketApi
from ecinfra.constructs.table import Index, Table
from ecinfra.constructs.topic import Topic
from ecinfra.constructs.user_pool import Attribute, UserPool
from ecinfra.constructs.web_acl import Association, BodySize, Managed, RateLimit, WebAcl
from ecinfra.constructs.zone import Alias, GivenZone, Record, Zone
from ecinfra.openapi.cors import Cors
from ecinfra.openapi.guard import Authorizer, Validators

__all__ = [
    "Alarm",
    "AlarmStatus",
    "Alias",
    "ApiAccount",
    "ApiDomain",
    "Association",
    "Attribute",
    "Authorizer",
    "Behaviour",
    "BodySize",
    "Bucket",
    "CACHING_DISABLED",
    "CACHING_OPTIMIZED",
    "Cache",
    "CachePolicy",
    "Capacity",
    "Cdn",
    "Certificate",
    "Client",
    "CompositeAlarm",
    "Cors",
    "Dashboard",
    "ErrorPage",
    "Expiry",
    "Folder",
    "Function",
    "GivenZone",
    "Graph",
    "Guest",
    "HeadersPolicy",
    "Index",
    "Key",
    "Layer",
    "Managed",
    "Math",
    "Messages",
    "Metric",
    "Number",
    "Queue",
    "RateLimit",
    "Record",
    "RestApi",
    "SocketApi",
    "StaticSite",
    "Table",
    "Text",
    "Throttle",
    "Tiering",
    "Topic",
    "UserPool",
    "Validators",
    "WebAcl",
    "Zone",
    "guests",
]
