"""What AWS would fill in: attributes that are known only once a resource exists."""

from collections.abc import Callable
from itertools import count
from typing import Any

import account
from account import arn, ec2_id

from .schema import computed, empty, recorded
from .wire import UNKNOWN

Values = dict[str, Any]

# Elastic IPs have neither a name nor anything else to tell them apart.
ADDRESSES = count(1)

# The attribute that names a resource of each type; with it, `<name>_prefix`.
NAMED_BY = {
    "aws_lambda_function": "function_name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_cloudwatch_composite_alarm": "alarm_name",
}


def physical_name(type_name: str, values: Values) -> str:
    """Return the name that AWS would know the resource by."""
    name = values.get(NAMED_BY.get(type_name, "name"))
    if isinstance(name, str):
        return name
    prefix = values.get("name_prefix")
    return f"{prefix}{account.digest(type_name, prefix)[:8]}" if isinstance(prefix, str) else ""


def _named(service: str, kind: str, region: str = account.REGION) -> Callable[[Values], str]:
    return lambda v: arn(service, f"{kind}{v['name']}", region)


def _iam(kind: str) -> Callable[[Values], str]:
    return lambda v: arn("iam", f"{kind}{v.get('path') or '/'}{v['name']}", region="")


def _zone(values: Values) -> str:
    return values.get("subnet_id") or values.get("vpc_id") or ""


def _endpoint_dns(values: Values) -> list[Values]:
    service = values["service_name"].split(".")[-1]
    host = f"{values['id']}-{account.digest(values['id'])[:8]}.{service}.{account.REGION}.vpce.{account.DNS_SUFFIX}"
    return [{"dns_name": host, "hosted_zone_id": "Z" + account.digest(host)[:12].upper()}]


IDS: dict[str, Callable[[Values], str]] = {
    "aws_lambda_function": lambda v: v["function_name"],
    "aws_security_group": lambda v: ec2_id("sg", v["name"]),
    "aws_vpc_endpoint": lambda v: ec2_id("vpce", v["service_name"], v["vpc_id"]),
    "aws_nat_gateway": lambda v: ec2_id("nat", _zone(v)),
    "aws_eip": lambda v: ec2_id("eipalloc", next(ADDRESSES)),
    "aws_secretsmanager_secret": lambda v: account.secret_arn(v["name"]),
    "aws_secretsmanager_secret_rotation": lambda v: v["secret_id"],
    "aws_kms_key": lambda v: account.uuid("kms", v.get("description")),
    "aws_iam_role": lambda v: v["name"],
    "aws_cloudwatch_log_group": lambda v: v["name"],
}

ARNS: dict[str, Callable[[Values], str]] = {
    "aws_lambda_function": lambda v: arn("lambda", f"function:{v['function_name']}"),
    "aws_iam_role": _iam("role"),
    "aws_iam_policy": _iam("policy"),
    "aws_secretsmanager_secret": lambda v: account.secret_arn(v["name"]),
    "aws_kms_key": lambda v: account.kms_key_arn(v.get("description")),
    "aws_kms_alias": _named("kms", ""),
    "aws_cloudwatch_log_group": _named("logs", "log-group:"),
    "aws_cloudwatch_metric_alarm": lambda v: arn("cloudwatch", f"alarm:{v['alarm_name']}"),
    "aws_cloudwatch_event_rule": _named("events", "rule/"),
    "aws_sns_topic": _named("sns", ""),
    "aws_sqs_queue": _named("sqs", ""),
    "aws_vpc_endpoint": lambda v: arn("ec2", f"vpc-endpoint/{v['id']}"),
    "aws_security_group": lambda v: arn("ec2", f"security-group/{v['id']}"),
}

OTHERS: dict[tuple[str, str], Callable[[Values], Any]] = {
    ("aws_vpc_endpoint", "dns_entry"): _endpoint_dns,
    ("aws_kms_key", "key_id"): lambda v: v["id"],
    ("aws_kms_alias", "target_key_arn"): lambda v: v["target_key_id"],
    ("aws_lambda_function", "qualified_arn"): lambda v: f"{v['arn']}:$LATEST",
    ("aws_lambda_function", "version"): lambda v: "$LATEST",
    ("aws_nat_gateway", "availability_mode"): lambda v: "zonal",
    ("aws_nat_gateway", "route_table_id"): lambda v: ec2_id("rtb", v["id"]),
    ("aws_secretsmanager_secret_rotation", "rotation_enabled"): lambda v: True,
    ("aws_secretsmanager_secret_version", "has_secret_string_wo"): lambda v: v["secret_string_wo_version"] is not None,
    ("aws_serverlessapplicationrepository_cloudformation_stack", "outputs"): lambda v: {
        "RotationLambdaARN": arn("lambda", f"function:{(v.get('parameters') or {}).get('functionName', v['name'])}"),
    },
}

# Types whose ARN is also their id.
ARN_IS_ID = {"aws_iam_policy", "aws_sns_topic"}


def answer(type_name: str, planned: Values) -> Values:
    """Replace everything unknown in a planned resource by what AWS would answer."""
    block = recorded()["resource"][type_name]
    values = dict(planned)
    name = physical_name(type_name, values)
    if values.get("name") is UNKNOWN:
        values["name"] = name or f"generated-{account.digest(type_name, sorted(map(str, values.values())))[:8]}"
    first = [n for n in ("arn", "id") if values.get(n) is UNKNOWN]
    if type_name not in ARN_IS_ID:
        first.reverse()
    rest = [n for n, value in values.items() if value is UNKNOWN and n not in first]
    for attribute in first + rest:
        values[attribute] = _one(type_name, attribute, values, block["attributes"][attribute])
    for nested_name, nested in block["blocks"].items():
        values[nested_name] = _nested(values[nested_name], nested["block"])
    return values


def _one(type_name: str, attribute: str, values: Values, schema: dict[str, Any]) -> Any:
    if (type_name, attribute) in OTHERS:
        return OTHERS[type_name, attribute](values)
    if attribute == "arn" and type_name in ARNS:
        return ARNS[type_name](values)
    if attribute == "id":
        if type_name in ARN_IS_ID:
            return values["arn"]
        known = sorted((k, str(v)) for k, v in values.items() if v is not None and v is not UNKNOWN)
        return IDS.get(type_name, lambda _v: f"{type_name}-{account.digest(known)[:12]}")(values)
    if attribute == "region":
        return account.REGION
    if attribute == "tags_all":
        return values.get("tags") or {}
    return empty(schema)


def _nested(value: Any, block: dict[str, Any]) -> Any:
    """Fill what is unknown inside nested blocks with the plainest value of its type."""
    if isinstance(value, list):
        return [_nested(v, block) for v in value]
    if not isinstance(value, dict):
        return value
    filled = {n: empty(block["attributes"][n]) if v is UNKNOWN else v for n, v in value.items()}
    return filled | {n: _nested(filled[n], b["block"]) for n, b in block["blocks"].items()}


def mark_unknown(value: Any, block: dict[str, Any]) -> Any:
    """Return a proposed value with everything that AWS will fill in marked as unknown."""
    if isinstance(value, list):
        return [mark_unknown(v, block) for v in value]
    if not isinstance(value, dict):
        return value
    marked = {
        n: UNKNOWN if v is None and computed(block["attributes"][n]) else v
        for n, v in value.items()
        if n in block["attributes"]
    }
    return marked | {n: mark_unknown(value[n], b["block"]) for n, b in block["blocks"].items()}
