"""Resource types in words: the service, what it is there, and what kind of service that is."""

from __future__ import annotations

from typing import Literal

Kind = Literal["compute", "data", "network", "security", "messaging", "monitoring", "other"]

KINDS: tuple[Kind, ...] = ("compute", "data", "network", "security", "messaging", "monitoring", "other")
_SERVICES: dict[Kind, str] = {
    "compute": "AppRunner AutoScaling ApplicationAutoScaling Batch Bedrock EC2 ECR ECS EKS ElasticBeanstalk "
    "Lambda Lightsail SageMaker StepFunctions",
    "data": "Athena Backup DAX DocDB DynamoDB EFS ElastiCache Elasticsearch FSx Glue MemoryDB Neptune "
    "OpenSearchService RDS Redshift S3 Timestream",
    "network": "Amplify ApiGateway ApiGatewayV2 AppSync CloudFront ElasticLoadBalancing ElasticLoadBalancingV2 "
    "GlobalAccelerator NetworkFirewall Route53 Route53Resolver ServiceDiscovery VpcLattice",
    "security": "ACMPCA CertificateManager Cognito GuardDuty IAM KMS SecretsManager SSO VerifiedPermissions WAF "
    "WAFRegional WAFv2",
    "messaging": "AmazonMQ Events EventSchemas Kinesis KinesisFirehose MSK Pipes Scheduler SES SNS SQS",
    "monitoring": "APS ApplicationInsights Budgets CE Chatbot CloudTrail CloudWatch Config Logs RUM Synthetics XRay",
}
_KINDS: dict[str, Kind] = {name: kind for kind, names in _SERVICES.items() for name in names.split()}
# EC2 is a house of many rooms: what these words begin is the network
_NETWORK = (
    *("ClientVpn", "CustomerGateway", "DHCP", "EgressOnly", "EIP", "Flow", "InternetGateway", "IPAM", "Nat"),
    *("NetworkAcl", "NetworkInterface", "PrefixList", "Route", "Subnet", "TransitGateway", "VPC", "VPN"),
)


def service(resource_type: str) -> str:
    """The service of a type: Lambda of AWS::Lambda::Function."""
    parts = resource_type.split("::")
    return parts[1] if parts[0] == "AWS" and len(parts) > 2 else parts[0]


def in_words(resource_type: str) -> str:
    """A type without its colons: Lambda Function."""
    return " ".join(resource_type.removeprefix("AWS::").split("::"))


def kind(resource_type: str) -> Kind:
    """What kind of service a type belongs to."""
    name = service(resource_type)
    if name == "EC2":
        room = resource_type.rpartition("::")[2]
        if room.startswith("SecurityGroup"):
            return "security"
        return "network" if room.startswith(_NETWORK) else "compute"
    return _KINDS.get(name, "other")
