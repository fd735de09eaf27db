"""Backend, as the seed and the specification have it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.everyonecook.rendered import ENVIRONMENTS, alarm, one, resources, tags, template

FUNCTIONS = {
    "api-router": (512, 30),
    "auth-user": (512, 30),
    "social": (512, 30),
    "recipe-ai": (512, 30),
    "admin": (512, 30),
    "upload": (512, 30),
    "ai-worker": (1024, 60),
    "image-worker": (512, 60),
}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_eight_functions_over_the_shared_layer(environment: str) -> None:
    functions = resources(environment, "Backend", "AWS::Lambda::Function").values()
    found = {each["FunctionName"]: (each["MemorySize"], each["Timeout"]) for each in functions}
    assert found == {f"everyonecook-{environment}-{name}": figures for name, figures in FUNCTIONS.items()}
    for each in functions:
        assert each["Layers"] == [{"Ref": "SharedDependenciesRef"}]
        assert each["Runtime"] == "python3.13"
        assert each["TracingConfig"] == {"Mode": "PassThrough"}
    groups = {each["LogGroupName"] for each in resources(environment, "Backend", "AWS::Logs::LogGroup").values()}
    assert groups == {
        *(f"/aws/lambda/everyonecook-{environment}-{name}" for name in FUNCTIONS),
        f"/aws/apigateway/everyonecook-{environment}",
        f"aws-waf-logs-everyonecook-{environment}",
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_two_queues_with_their_dead_letters(environment: str) -> None:
    queues = resources(environment, "Backend", "AWS::SQS::Queue").values()
    assert {
        each["QueueName"]: (each["VisibilityTimeout"], each["MessageRetentionPeriod"], each["KmsMasterKeyId"])
        for each in queues
    } == {
        f"everyonecook-{environment}-ai-queue": (120, 345600, "alias/aws/sqs"),
        f"everyonecook-{environment}-ai-dlq": (300, 1209600, "alias/aws/sqs"),
        f"everyonecook-{environment}-image-queue": (60, 345600, "alias/aws/sqs"),
        f"everyonecook-{environment}-image-dlq": (300, 1209600, "alias/aws/sqs"),
    }
    assert {each["RedrivePolicy"]["maxReceiveCount"] for each in queues if "RedrivePolicy" in each} == {3}
    kinds = {each["QueueName"].rpartition("-")[2]: tags(each)["QueueType"] for each in queues}
    assert kinds == {"queue": "Main", "dlq": "DeadLetter"}


def test_workers_take_their_messages() -> None:
    mappings = resources("dev", "Backend", "AWS::Lambda::EventSourceMapping")
    assert {
        name: (each["BatchSize"], each["MaximumBatchingWindowInSeconds"], each["FunctionResponseTypes"])
        for name, each in mappings.items()
    } == {
        "AIWorkerOnAIQueue": (1, 0, ["ReportBatchItemFailures"]),
        "ImageWorkerOnImageQueue": (5, 0, ["ReportBatchItemFailures"]),
    }


ALWAYS = {"CDN_DOMAIN", "CONTENT_BUCKET", "DYNAMODB_TABLE", "ENVIRONMENT", "LOG_LEVEL"}


@pytest.mark.parametrize(
    ("function", "variables"),
    [
        ("AuthUser", ALWAYS | {"USER_POOL_ID", "USER_POOL_CLIENT_ID"}),
        ("Social", ALWAYS | {"SOCKET_ENDPOINT"}),
        ("RecipeAI", ALWAYS | {"AI_QUEUE_URL", "BEDROCK_MODEL_ID", "BEDROCK_REGION"}),
        ("Admin", ALWAYS | {"USER_POOL_ID"}),
    ],
)
def test_modules_know_what_they_need(function: str, variables: set[str]) -> None:
    body = template("dev", "Backend")["Resources"][function]["Properties"]
    assert set(body["Environment"]["Variables"]) == variables


def test_the_limits_of_uploads() -> None:
    variables = template("dev", "Backend")["Resources"]["Upload"]["Properties"]["Environment"]["Variables"]
    assert {name: variables[name] for name in variables if name.isupper() and str(variables[name]).isdigit()} == {
        "MAX_AVATAR_SIZE": "5242880",
        "MAX_BACKGROUND_SIZE": "10485760",
        "MAX_POST_IMAGE_SIZE": "5242880",
        "MAX_RECIPE_IMAGE_SIZE": "5242880",
        "AVATAR_UPLOAD_LIMIT": "10",
        "BACKGROUND_UPLOAD_LIMIT": "10",
        "POST_IMAGE_LIMIT": "5",
        "RECIPE_IMAGE_LIMIT": "4",
    }


def statements(environment: str, role: str) -> list[dict[str, Any]]:
    policies = template(environment, "Backend")["Resources"][role]["Properties"]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def actions(environment: str, role: str) -> set[str]:
    return {action for statement in statements(environment, role) for action in statement["Action"]}


def test_costs_are_read_in_prod_only() -> None:
    assert "ce:GetCostAndUsage" in actions("prod", "AdminRole")
    assert not any(action.startswith("ce:") for action in actions("dev", "AdminRole"))


def test_nobody_scans_and_only_the_admin_module_bans() -> None:
    assert "dynamodb:Scan" not in actions("dev", "AdminRole")
    for role in ("AuthUserRole", "SocialRole", "RecipeAIRole", "UploadRole", "ApiRouterRole", "AIWorkerRole"):
        assert "dynamodb:Scan" not in actions("dev", role)
        assert "cognito-idp:AdminDisableUser" not in actions("dev", role)
    assert {"cognito-idp:AdminDisableUser", "cognito-idp:AdminEnableUser"} <= actions("dev", "AdminRole")


def test_the_model_is_named_in_both_regions() -> None:
    (asking,) = [each for each in statements("dev", "AIWorkerRole") if each["Action"] == ["bedrock:InvokeModel"]]
    model = "foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
    assert asking["Resource"] == [
        {"Fn::Sub": f"arn:${{AWS::Partition}}:bedrock:us-east-1::{model}"},
        {"Fn::Sub": f"arn:${{AWS::Partition}}:bedrock:${{AWS::Region}}::{model}"},
    ]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_no_action_and_no_resource_is_a_star_but_where_the_service_knows_no_better(environment: str) -> None:
    knows_no_resources = ("cloudwatch:", "ce:")
    for stack in ("Core", "Auth", "WebSocket", "Backend"):
        for body in template(environment, stack)["Resources"].values():
            if body["Type"] not in ("AWS::IAM::Role", "AWS::IAM::Policy"):
                continue
            own = body["Properties"].get("Policies", [body["Properties"]])
            for statement in (each for policy in own for each in policy["PolicyDocument"]["Statement"]):
                assert not any("*" in action for action in statement["Action"])
                if "*" in statement["Resource"]:
                    assert all(action.startswith(knows_no_resources) for action in statement["Action"])
            assert "ManagedPolicyArns" not in body["Properties"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_web_acl_has_five_rules(environment: str) -> None:
    acl = one(environment, "Backend", "AWS::WAFv2::WebACL")
    assert acl["Name"] == f"EveryoneCook-API-WAF-{environment}"
    assert acl["Scope"] == "REGIONAL"
    assert acl["DefaultAction"] == {"Allow": {}}
    assert [(rule["Priority"], rule["Name"], rule["VisibilityConfig"]["MetricName"]) for rule in acl["Rules"]] == [
        (0, "RateLimitRule", "RateLimitRule"),
        (1, "AWSManagedRulesSQLi", "AWSManagedRulesSQLi"),
        (2, "AWSManagedRulesKnownBadInputs", "AWSManagedRulesKnownBadInputs"),
        (3, "AWSManagedRulesCoreRuleSet", "AWSManagedRulesCoreRuleSet"),
        (4, "RequestSizeLimit", "RequestSizeLimit"),
    ]
    groups = [rule["Statement"]["ManagedRuleGroupStatement"]["Name"] for rule in acl["Rules"][1:4]]
    assert groups == [
        "AWSManagedRulesSQLiRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesCommonRuleSet",
    ]
    size = acl["Rules"][4]["Statement"]["SizeConstraintStatement"]
    assert (size["ComparisonOperator"], size["Size"]) == ("GT", 10485760)
    assert size["FieldToMatch"] == {"Body": {"OversizeHandling": "MATCH"}}
    counted = acl["Rules"][3]["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"]
    assert [each["Name"] for each in counted] == ["SizeRestrictions_BODY"]
    assert acl["Rules"][0]["Action"] == acl["Rules"][4]["Action"] == {"Block": {}}
    assert len(resources(environment, "Backend", "AWS::WAFv2::WebACLAssociation")) == 1
    assert len(resources(environment, "Backend", "AWS::WAFv2::LoggingConfiguration")) == 1


def body_of(environment: str) -> dict[str, Any]:
    body: dict[str, Any] = one(environment, "Backend", "AWS::ApiGateway::RestApi")["Body"]
    return body


CONTRACT = json.loads((Path(__file__).parents[2] / "handlers/everyonecook/api.json").read_text("utf-8"))
OPERATIONS = [(path, method) for path, item in CONTRACT["paths"].items() for method in item]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_route_is_answered_by_the_router_within_29_seconds(environment: str) -> None:
    api = one(environment, "Backend", "AWS::ApiGateway::RestApi")
    assert api["Name"] == f"EveryoneCook-API-{environment}"
    assert api["EndpointConfiguration"]["Types"] == ["REGIONAL"]
    assert api["MinimumCompressionSize"] == 1024
    assert api["BinaryMediaTypes"] == ["image/*", "application/octet-stream"]
    for path, method in OPERATIONS:
        integration = api["Body"]["paths"][path][method]["x-amazon-apigateway-integration"]
        assert integration["type"] == "aws_proxy"
        assert integration["httpMethod"] == "POST"
        assert integration["timeoutInMillis"] == 29000
        assert "${ApiRouter.Arn}" in integration["uri"]["Fn::Sub"]


def test_protected_routes_want_a_token_and_public_ones_do_not() -> None:
    body = body_of("dev")
    (scheme,) = body["components"]["securitySchemes"]
    assert scheme == "EveryoneCook-Authorizer-dev"
    authorizer = body["components"]["securitySchemes"][scheme]["x-amazon-apigateway-authorizer"]
    assert authorizer["type"] == "cognito_user_pools"
    assert authorizer["authorizerResultTtlInSeconds"] == 300
    protected = 0
    for path, method in OPERATIONS:
        operation = body["paths"][path][method]
        assert bool(operation.get("security")) == bool(CONTRACT["paths"][path][method]["security"]), path
        protected += bool(operation.get("security"))
    assert (protected, len(OPERATIONS)) == (142, 155)


def test_the_three_validators_are_attached() -> None:
    body = body_of("dev")
    assert body["x-amazon-apigateway-request-validators"] == {
        "EveryoneCook-BodyValidator-dev": {"validateRequestBody": True, "validateRequestParameters": False},
        "EveryoneCook-ParamsValidator-dev": {"validateRequestBody": False, "validateRequestParameters": True},
        "EveryoneCook-FullValidator-dev": {"validateRequestBody": True, "validateRequestParameters": True},
    }
    for path, method in OPERATIONS:
        kind = body["paths"][path][method]["x-amazon-apigateway-request-validator"].split("-")[1]
        if method in ("get", "delete"):
            assert kind == "ParamsValidator"
        else:
            has_model = "requestBody" in body["paths"][path][method]
            assert kind == ("FullValidator" if has_model else "BodyValidator")


@pytest.mark.parametrize(
    ("environment", "origins"),
    [
        (
            "dev",
            ["https://dev.everyonecook.cloud", "https://www.dev.everyonecook.cloud", "http://localhost:3000"],
        ),
        ("staging", ["https://staging.everyonecook.cloud", "https://www.staging.everyonecook.cloud"]),
        ("prod", ["https://everyonecook.cloud", "https://www.everyonecook.cloud"]),
    ],
)
def test_preflights_echo_the_allowed_origins_and_no_other(environment: str, origins: list[str]) -> None:
    body = body_of(environment)
    for item in body["paths"].values():
        preflight = item["options"]
        assert "security" not in preflight
        answer = preflight["x-amazon-apigateway-integration"]["responses"]["default"]
        assert answer["statusCode"] == "204"
        headers = answer["responseParameters"]
        assert "method.response.header.Access-Control-Allow-Origin" not in headers
        assert headers["method.response.header.Access-Control-Max-Age"] == "'3600'"
        assert headers["method.response.header.Vary"] == "'Origin'"
        template_text = answer["responseTemplates"]["application/json"]
        assert [part.split("'")[0] for part in template_text.split("$origin == '")[2:]] == origins


def test_the_gateways_own_answers_carry_cors_headers_once() -> None:
    answers = body_of("dev")["x-amazon-apigateway-gateway-responses"]
    assert set(answers) == {"UNAUTHORIZED", "ACCESS_DENIED", "DEFAULT_4XX", "DEFAULT_5XX"}
    for answer in answers.values():
        assert answer["responseParameters"]["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_stage_is_limited_and_logged(environment: str) -> None:
    stage = one(environment, "Backend", "AWS::ApiGateway::Stage")
    assert stage["StageName"] == "api"
    assert stage["TracingEnabled"] is False
    for setting in stage["MethodSettings"]:
        assert (setting["ThrottlingRateLimit"], setting["ThrottlingBurstLimit"]) == (10000, 5000)
        assert setting["LoggingLevel"] == "INFO"
        assert setting["MetricsEnabled"] is True
    assert set(json.loads(stage["AccessLogSetting"]["Format"])) == {
        "requestId",
        "ip",
        "user",
        "caller",
        "requestTime",
        "httpMethod",
        "resourcePath",
        "status",
        "protocol",
        "responseLength",
    }


def test_what_is_secret_is_not_traced() -> None:
    settings = one("dev", "Backend", "AWS::ApiGateway::Stage")["MethodSettings"]
    untraced = {(each["ResourcePath"], each["HttpMethod"]) for each in settings if not each["DataTraceEnabled"]}
    marked = {
        ("/" + path.replace("/", "~1"), method.upper())
        for path, method in OPERATIONS
        if CONTRACT["paths"][path][method].get("x-sensitive")
    }
    assert untraced == marked
    assert ("/~1auth~1login", "POST") in untraced
    prod = one("prod", "Backend", "AWS::ApiGateway::Stage")["MethodSettings"]
    assert not any(each["DataTraceEnabled"] for each in prod)


def test_the_cache_of_prod_knows_no_caller() -> None:
    stage = one("prod", "Backend", "AWS::ApiGateway::Stage")
    assert (stage["CacheClusterEnabled"], stage["CacheClusterSize"]) == (True, "0.5")
    cached = {
        (each["ResourcePath"], each["HttpMethod"]): (each["CacheTtlInSeconds"], each["CacheDataEncrypted"])
        for each in stage["MethodSettings"]
        if each["CachingEnabled"]
    }
    assert cached == {
        ("/~1users~1username~1check", "GET"): (300, True),
        ("/~1users~1ban-status", "GET"): (300, True),
    }
    check = body_of("prod")["paths"]["/users/username/check"]["get"]["x-amazon-apigateway-integration"]
    assert check["cacheKeyParameters"] == ["method.request.querystring.username"]


def test_the_domain_leads_to_the_stage() -> None:
    domain = one("prod", "Backend", "AWS::ApiGateway::DomainName")
    assert domain["SecurityPolicy"] == "TLS_1_2"
    assert domain["EndpointConfiguration"]["Types"] == ["REGIONAL"]
    mapping = one("prod", "Backend", "AWS::ApiGateway::BasePathMapping")
    assert mapping["Stage"] == {"Ref": "ApiStage"}
    record = one("prod", "Backend", "AWS::Route53::RecordSet")
    assert (record["Name"], record["Type"]) == ("api.everyonecook.cloud", "A")
    assert record["AliasTarget"]["HostedZoneId"] == {"Fn::GetAtt": ["ApiDomain", "RegionalHostedZoneId"]}


BACKEND_ALARMS: list[tuple[str, str, str, str, float, int]] = [
    ("AI-DLQ-Messages", "ApproximateNumberOfMessagesVisible", "Maximum", "GreaterThanOrEqualToThreshold", 1, 1),
    (
        "ImageProcessing-DLQ-Messages",
        "ApproximateNumberOfMessagesVisible",
        "Maximum",
        "GreaterThanOrEqualToThreshold",
        1,
        1,
    ),
    ("AI-Queue-Depth", "ApproximateNumberOfMessagesVisible", "Maximum", "GreaterThanOrEqualToThreshold", 100, 2),
    *((f"{name}-Errors", "Errors", "Sum", "GreaterThanOrEqualToThreshold", 5, 1) for name in ("AuthUser", "Social")),
    *((f"{name}-Throttles", "Throttles", "Sum", "GreaterThanOrEqualToThreshold", 1, 1) for name in ("Admin", "Upload")),
    ("Social-Duration", "Duration", "Average", "GreaterThanOrEqualToThreshold", 10000, 2),
    ("RecipeAI-Duration", "Duration", "Average", "GreaterThanOrEqualToThreshold", 15000, 2),
    ("RecipeAI-HighInvocations", "Invocations", "Sum", "GreaterThanOrEqualToThreshold", 1000, 1),
    ("Upload-RateLimitViolations", "UploadRateLimitViolations", "Sum", "GreaterThanOrEqualToThreshold", 10, 1),
    ("API-WAF-HighBlocks", "BlockedRequests", "Sum", "GreaterThanThreshold", 1000, 2),
    ("API-WAF-RateLimitViolations", "BlockedRequests", "Sum", "GreaterThanThreshold", 100, 1),
    ("SQLi-Attack", "BlockedRequests", "Sum", "GreaterThanThreshold", 10, 1),
    ("XSS-Attack", "BlockedRequests", "Sum", "GreaterThanThreshold", 10, 1),
    ("KnownBadInputs", "BlockedRequests", "Sum", "GreaterThanThreshold", 10, 1),
]


@pytest.mark.parametrize(("name", "metric", "statistic", "comparison", "threshold", "periods"), BACKEND_ALARMS)
@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_the_alarms_of_backend(
    environment: str, name: str, metric: str, statistic: str, comparison: str, threshold: float, periods: int
) -> None:
    body = alarm(environment, "Backend", name)
    assert body["MetricName"] == metric
    assert body["Statistic"] == statistic
    assert body["ComparisonOperator"] == comparison
    assert body["Threshold"] == threshold
    assert body["EvaluationPeriods"] == periods
    assert body["Dimensions"]


def test_the_cache_alarm_watches_the_stage_there_is() -> None:
    body = alarm("prod", "Backend", "API-CacheHitRate-Low")
    stages = {
        dimension["Value"]
        for query in body["Metrics"]
        if "MetricStat" in query
        for dimension in query["MetricStat"]["Metric"]["Dimensions"]
        if dimension["Name"] == "Stage"
    }
    assert stages == {"api"}
    assert (body["Threshold"], body["ComparisonOperator"]) == (70, "LessThanThreshold")
