"""What the real provider refuses although the recorded schema allows it.

The recording has no ranges, patterns or rules between attributes. Here are those that a rotation's
resources can break, written from the provider's documentation.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from .wire import UNKNOWN

Values = dict[str, Any]
Rule = Callable[[Values], Iterator[str]]

LOG_RETENTION = {
    0,
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
}
SG_DESCRIPTION = re.compile(r"[0-9A-Za-z_ .:/()#,@\[\]+=&;{}!$*-]{0,255}")
RULES: dict[str, list[Rule]] = {}


def rule(*type_names: str) -> Callable[[Rule], Rule]:
    """Register a rule for some resource types."""

    def register(found: Rule) -> Rule:
        for name in type_names:
            RULES.setdefault(name, []).append(found)
        return found

    return register


def given(values: Values, *names: str) -> list[str]:
    """Return those of the attributes that the configuration sets, known or not."""
    return [n for n in names if values.get(n) is not None and values.get(n) != []]


def known(values: Values, name: str) -> Any:
    """Return an attribute's value, or None while it is not known."""
    return None if values.get(name) is UNKNOWN else values.get(name)


def exactly_one(values: Values, *names: str) -> Iterator[str]:
    """Yield a problem unless one and only one of the attributes is set."""
    if len(given(values, *names)) != 1:
        yield f"exactly one of {', '.join(names)} must be set, not {given(values, *names) or 'none'}"


def within(values: Values, name: str, low: int, high: int) -> Iterator[str]:
    """Yield a problem when a known number is out of its range."""
    if (number := known(values, name)) is not None and not low <= number <= high:
        yield f"{name} must be {low} to {high}, not {number}"


def matches(values: Values, name: str, pattern: str) -> Iterator[str]:
    """Yield a problem when a known text does not match as a whole."""
    if (text := known(values, name)) is not None and not re.fullmatch(pattern, text):
        yield f"{name} `{text}` does not match {pattern}"


def is_json(values: Values, name: str, limit: int | None = None) -> Iterator[str]:
    """Yield a problem when a known text is not JSON, or has too many characters besides white space."""
    if (text := known(values, name)) is None:
        return
    try:
        json.loads(text)
    except ValueError as broken:
        yield f"{name} is not JSON: {broken}"
    if limit and len(re.sub(r"\s", "", text)) > limit:
        yield f"{name} is longer than {limit} characters"


@rule("aws_secretsmanager_secret")
def _secret(v: Values) -> Iterator[str]:
    yield from matches(v, "name", r"[A-Za-z0-9/_+=.@!-]{1,512}")
    window = known(v, "recovery_window_in_days")
    if window is not None and window != 0 and not 7 <= window <= 30:
        yield f"recovery_window_in_days must be 0 or 7 to 30, not {window}"


@rule("aws_secretsmanager_secret_version")
def _version(v: Values) -> Iterator[str]:
    if len(given(v, "secret_string", "secret_binary", "secret_string_wo")) > 1:
        yield "only one of secret_string, secret_binary, secret_string_wo may be set"
    if bool(given(v, "secret_string_wo")) != bool(given(v, "secret_string_wo_version")):
        yield "secret_string_wo and secret_string_wo_version need each other"


@rule("aws_secretsmanager_secret_rotation")
def _rotation(v: Values) -> Iterator[str]:
    for rules in v.get("rotation_rules") or []:
        yield from exactly_one(rules, "automatically_after_days", "schedule_expression")
        yield from within(rules, "automatically_after_days", 1, 1000)
        yield from matches(rules, "duration", r"[0-9]{1,2}h")
        yield from matches(
            rules, "schedule_expression", r"(rate\([1-9][0-9]* (hours?|days?)\)|cron\(0 \S+ \S+ \S+ \S+ \*\))"
        )


@rule("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")
def _security_group_rule(v: Values) -> Iterator[str]:
    yield from exactly_one(v, "cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
    if known(v, "ip_protocol") not in (None, "-1") and len(given(v, "from_port", "to_port")) != 2:
        yield "from_port and to_port must be set for this protocol"
    yield from matches(v, "description", SG_DESCRIPTION.pattern)


@rule("aws_security_group")
def _security_group(v: Values) -> Iterator[str]:
    yield from matches(v, "name", r"(?!sg-).{1,255}")
    yield from matches(v, "description", SG_DESCRIPTION.pattern)


@rule("aws_nat_gateway")
def _nat(v: Values) -> Iterator[str]:
    if known(v, "availability_mode") == "regional":
        if not given(v, "vpc_id"):
            yield "a regional NAT gateway needs vpc_id"
        for name in given(v, "subnet_id", "allocation_id", "private_ip"):
            yield f"a regional NAT gateway has no {name}"
        return
    if not given(v, "subnet_id"):
        yield "a zonal NAT gateway needs subnet_id"
    if v.get("connectivity_type") in (None, "public") and not given(v, "allocation_id"):
        yield "a public NAT gateway needs allocation_id"


@rule("aws_lambda_function")
def _function(v: Values) -> Iterator[str]:
    yield from exactly_one(v, "filename", "image_uri", "s3_bucket")
    if bool(given(v, "s3_bucket")) != bool(given(v, "s3_key")) or (
        given(v, "s3_object_version") and not given(v, "s3_key")
    ):
        yield "s3_bucket and s3_key need each other"
    image = known(v, "package_type") == "Image"
    if image != bool(given(v, "image_uri")):
        yield "package_type Image goes with image_uri"
    for name in ("handler", "runtime"):
        if bool(given(v, name)) == image:
            yield f"{name} belongs to zip packages, and must be set for them"
    if image and given(v, "layers"):
        yield "an image has no layers"
    yield from matches(v, "function_name", r"[A-Za-z0-9_-]{1,64}")
    yield from within(v, "memory_size", 128, 10240)
    yield from within(v, "timeout", 1, 900)


@rule("aws_lambda_permission")
def _permission(v: Values) -> Iterator[str]:
    yield from matches(v, "source_account", r"\d{12}")
    yield from matches(v, "statement_id", r"[A-Za-z0-9_-]{1,100}")


@rule("aws_iam_role")
def _role(v: Values) -> Iterator[str]:
    yield from matches(v, "name", r"[\w+=,.@-]{1,64}")
    yield from matches(v, "name_prefix", r"[\w+=,.@-]{1,38}")
    yield from matches(v, "description", r"[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}")
    yield from is_json(v, "assume_role_policy", 2048)


@rule("aws_iam_policy")
def _policy(v: Values) -> Iterator[str]:
    yield from matches(v, "name", r"[\w+=,.@-]{1,128}")
    yield from matches(v, "name_prefix", r"[\w+=,.@-]{1,102}")
    yield from is_json(v, "policy", 6144)


@rule(
    "aws_kms_key",
    "aws_vpc_endpoint",
    "aws_sns_topic",
    "aws_sns_topic_policy",
    "aws_secretsmanager_secret_policy",
    "aws_kms_key_policy",
)
def _resource_policy(v: Values) -> Iterator[str]:
    yield from is_json(v, "policy", 20480)
    yield from within(v, "deletion_window_in_days", 7, 30)


@rule("aws_kms_alias")
def _alias(v: Values) -> Iterator[str]:
    yield from matches(v, "name", r"alias/(?!aws/)[A-Za-z0-9/_-]{1,249}")


@rule("aws_vpc_endpoint")
def _endpoint(v: Values) -> Iterator[str]:
    if known(v, "vpc_endpoint_type") != "Interface":
        for name in given(v, "subnet_ids", "security_group_ids", "private_dns_enabled"):
            yield f"{name} belongs to interface endpoints"


@rule("aws_route")
def _route(v: Values) -> Iterator[str]:
    yield from exactly_one(v, "destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id")
    yield from exactly_one(
        v,
        "gateway_id",
        "nat_gateway_id",
        "network_interface_id",
        "transit_gateway_id",
        "vpc_endpoint_id",
        "vpc_peering_connection_id",
        "egress_only_gateway_id",
        "carrier_gateway_id",
        "core_network_arn",
        "local_gateway_id",
    )


@rule("aws_cloudwatch_log_group")
def _log_group(v: Values) -> Iterator[str]:
    yield from matches(v, "name", r"[A-Za-z0-9_/.#-]{1,512}")
    if known(v, "retention_in_days") not in LOG_RETENTION | {None}:
        yield f"retention_in_days {v['retention_in_days']} is not one that CloudWatch knows"


@rule("aws_cloudwatch_metric_alarm")
def _alarm(v: Values) -> Iterator[str]:
    yield from exactly_one(v, "metric_name", "metric_query")
    if given(v, "metric_name"):
        yield from exactly_one(v, "statistic", "extended_statistic")
        yield from (f"{name} must be set with metric_name" for name in ("namespace", "period") if not given(v, name))
    yield from matches(v, "treat_missing_data", "missing|ignore|breaching|notBreaching")
    yield from matches(
        v,
        "comparison_operator",
        "(GreaterThanOrEqualTo|GreaterThan|LessThan|LessThanOrEqualTo)Threshold|.*AnomalyDetectionThreshold|.*UpperThreshold",
    )
    period, periods = known(v, "period"), known(v, "evaluation_periods")
    if period and period not in (10, 20, 30) and period % 60:
        yield f"period {period} is not a multiple of 60"
    if period and periods and period * periods > (604800 if period >= 3600 else 86400):
        yield "an alarm looks back at most one day, or seven with a period of an hour or more"


@rule("aws_cloudwatch_event_rule")
def _event_rule(v: Values) -> Iterator[str]:
    if not given(v, "event_pattern", "schedule_expression"):
        yield "one of event_pattern, schedule_expression must be set"
    yield from matches(v, "name", r"[0-9A-Za-z_.-]{1,64}")
    yield from is_json(v, "event_pattern", 4096)


@rule("aws_sns_topic")
def _topic(v: Values) -> Iterator[str]:
    yield from matches(v, "name", r"[A-Za-z0-9_-]{1,256}(\.fifo)?")


@rule("aws_serverlessapplicationrepository_cloudformation_stack")
def _application(v: Values) -> Iterator[str]:
    for capability in known(v, "capabilities") or []:
        if capability not in (
            "CAPABILITY_IAM",
            "CAPABILITY_NAMED_IAM",
            "CAPABILITY_RESOURCE_POLICY",
            "CAPABILITY_AUTO_EXPAND",
        ):
            yield f"unknown capability {capability}"


def problems(type_name: str, values: Values) -> Iterator[str]:
    """Yield everything that the real provider would refuse in one resource's configuration."""
    for found in RULES.get(type_name, []):
        yield from found(values)
    for name in ("name", "alarm_name"):
        if given(values, name) and given(values, "name_prefix"):
            yield f"{name} beside name_prefix"
    for name, value in values.items():
        if (name == "arn" or name.endswith("_arn")) and isinstance(value, str) and not value.startswith("arn:"):
            yield f"{name} `{value}` is not an ARN"
    tags = known(values, "tags") or {}
    if len(tags) > 50:
        yield "more than 50 tags"
    for key, value in tags.items():
        if key.lower().startswith("aws:") or not 1 <= len(key) <= 128 or (isinstance(value, str) and len(value) > 256):
            yield f"tag `{key}` is too long, or begins with aws:"
