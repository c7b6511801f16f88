"""The facts that a CloudFormation template deploys."""

import json
import re
from typing import Any

from facts import ABSENT, Deployment, structure, text
from kind import Kind
from kinds import BY_CLOUDFORMATION
from reading import kind_facts
from stack import Stack

GENERATOR = {
    "PasswordLength": "password_length",
    "ExcludeCharacters": "exclude_characters",
    "ExcludeLowercase": "exclude_lowercase",
    "ExcludeUppercase": "exclude_uppercase",
    "ExcludeNumbers": "exclude_numbers",
    "ExcludePunctuation": "exclude_punctuation",
    "IncludeSpace": "include_space",
    "RequireEachIncludedType": "require_each_included_type",
}
SCHEDULE = "AWS::SecretsManager::RotationSchedule"


def deployment(template: dict[str, Any]) -> Deployment:
    """Evaluate a template and return its facts."""
    stack, found = Stack(template), Deployment()
    for logical_id, resource in stack.resources.items():
        found.add(logical_id)
        _resource(stack, found, logical_id, resource["Type"])
    for name, value in stack.outputs().items():
        found.add("outputs", ("output", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower(), text(value)))
    for logical_id in (i for i, r in stack.resources.items() if r["Type"] == SCHEDULE):
        found.before_schedule |= stack.waits_for(logical_id)
    return found


def _resource(stack: Stack, found: Deployment, logical_id: str, kind_name: str) -> None:
    properties = stack.properties(logical_id)
    if kind_name == "AWS::SecretsManager::SecretTargetAttachment":
        found.add(logical_id, ("attachment", text(properties["TargetType"]), text(properties["TargetId"])))
        return
    if kind_name not in BY_CLOUDFORMATION:
        raise NotImplementedError(f"the judge does not know {kind_name}: add it to kinds.py")
    kind = BY_CLOUDFORMATION[kind_name]
    tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
    found.add(logical_id, *kind_facts(kind, 0, logical_id, properties, tags))
    if isinstance(kind.identity, str):
        found.names[stack.ref(logical_id)] = f"<{kind.word} {kind.role(logical_id)}>"
    if kind.word == "secret":
        _secret(found, logical_id, properties, stack.ref(logical_id))
    elif kind.word == "security group":
        _inline_rules(found, logical_id, properties, stack.ref(logical_id))
    elif kind.word == "policy":
        for key, who in (("Roles", "role"), ("Users", "user"), ("Groups", "group")):
            found.add(logical_id, *(("attached", who, name, stack.ref(logical_id)) for name in properties.get(key, [])))
    elif kind.word == "event rule":
        for target in properties.get("Targets", []):
            found.add(
                logical_id,
                ("event target", properties.get("Name", ABSENT), target["Arn"], text(structure(target.get("Input")))),
            )
    elif kind.word == "schedule" and "HostedRotationLambda" in properties:
        _hosted(found, logical_id, properties["HostedRotationLambda"])


def _secret(found: Deployment, logical_id: str, properties: dict[str, Any], arn: str) -> None:
    found.names[arn] = "<the secret>"
    for replica in properties.get("ReplicaRegions", []):
        found.add(logical_id, ("replica", replica["Region"], text(replica.get("KmsKeyId"))))
    generator = properties.get("GenerateSecretString", {})
    found.add(logical_id, *(("generator", ours, text(generator.get(name, False))) for name, ours in GENERATOR.items()))
    for key, value in json.loads(generator.get("SecretStringTemplate", "{}")).items():
        found.add(logical_id, ("secret value", key, text(value)))
    if generator:
        found.add(logical_id, ("secret value", generator["GenerateStringKey"], "<generated>"))


def _inline_rules(found: Deployment, logical_id: str, properties: dict[str, Any], group: str) -> None:
    for key, kind_name in (
        ("SecurityGroupEgress", "AWS::EC2::SecurityGroupEgress"),
        ("SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress"),
    ):
        kind: Kind = BY_CLOUDFORMATION[kind_name]
        for rule in properties.get(key, []):
            found.add(logical_id, *kind_facts(kind, 0, logical_id, {**rule, "GroupId": group}, {}))


def _hosted(found: Deployment, logical_id: str, hosted: dict[str, Any]) -> None:
    words = {
        "type": hosted["RotationType"],
        "function": hosted.get("RotationLambdaName"),
        "exclude": hosted.get("ExcludeCharacters"),
        "key": hosted.get("KmsKeyArn"),
        "superuser": hosted.get("SuperuserSecretArn") or hosted.get("MasterSecretArn"),
        "superuser key": hosted.get("SuperuserSecretKmsKeyArn") or hosted.get("MasterSecretKmsKeyArn"),
        "subnets": _listed(hosted.get("VpcSubnetIds")),
        "groups": _listed(hosted.get("VpcSecurityGroupIds")),
    }
    found.add(logical_id, *(("hosted", word, text(value)) for word, value in words.items()))


def _listed(value: str | None) -> list[str]:
    return value.split(",") if value else []
