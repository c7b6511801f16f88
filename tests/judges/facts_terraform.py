"""The facts that an applied Terraform configuration has deployed."""

import json
import re
from collections.abc import Iterator
from typing import Any

from facts import ABSENT, Deployment, structure, text
from kinds import BY_TERRAFORM
from reading import at, kind_facts
from stub_provider.server import Provider
from terraform import Terraform

# OpenTofu writes every node as `[root] ADDRESS (expand)`, Terraform as `ADDRESS`.
EDGE = re.compile(r'"(?:\[root\] )?([^" ]+)(?: \(expand\))?" -> "(?:\[root\] )?([^" ]+)(?: \(expand\))?"')
SCHEDULE = "aws_secretsmanager_secret_rotation"
ATTACHMENTS = {
    "aws_iam_role_policy_attachment": "role",
    "aws_iam_user_policy_attachment": "user",
    "aws_iam_group_policy_attachment": "group",
}
HOSTED = "aws_serverlessapplicationrepository_cloudformation_stack"


def deployment(terraform: Terraform) -> Deployment:
    """Return the facts of a configuration that has been applied."""
    state, found = terraform.state()["values"], Deployment()
    resources = [r for r in _resources(state["root_module"]) if r["mode"] == "managed"]
    for resource in resources:
        found.add(resource["address"])
        _resource(found, terraform.running.provider, resource)
    for name, output in state.get("outputs", {}).items():
        found.add("outputs", ("output", name, text(output["value"])))
    edges: dict[str, set[str]] = {}
    for before, after in EDGE.findall(terraform.graph()):
        edges.setdefault(before, set()).add(after)
    waiting = [r["address"] for r in resources if r["type"] == SCHEDULE]
    while waiting:
        here = waiting.pop()
        if here not in found.before_schedule:
            found.before_schedule.add(here)
            waiting += edges.get(here, ())
    return found


def _resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _resource(found: Deployment, provider: Provider, resource: dict[str, Any]) -> None:
    kind_name, values, address = resource["type"], resource["values"], resource["address"]
    if kind_name in ATTACHMENTS:
        who = ATTACHMENTS[kind_name]
        found.add(address, ("attached", who, values[who], values["policy_arn"]))
    elif kind_name == "aws_secretsmanager_secret_version":
        _first_value(found, provider, address, values)
    elif kind_name == "aws_cloudwatch_event_target":
        found.add(address, ("event target", values["rule"], values["arn"], text(structure(values["input"]))))
    elif kind_name == HOSTED:
        _hosted(found, address, values)
    elif kind_name not in BY_TERRAFORM:
        raise NotImplementedError(f"the judge does not know {kind_name}: add it to kinds.py")
    else:
        kind = BY_TERRAFORM[kind_name]
        if isinstance(kind.identity, str):
            found.names[values["id"]] = f"<{kind.word} {kind.role(address)}>"
        if kind.word == "secret":
            found.names[values["arn"]] = "<the secret>"
            for replica in values["replica"]:
                found.add(address, ("replica", replica["region"], text(replica["kms_key_id"])))
            values = {**values, "name": None if values["name_prefix"] else values["name"]}
        found.add(address, *kind_facts(kind, 1, address, values, values.get("tags") or {}))
        if kind.word == "security group":
            for rule in (at(values, "ingress") or []) + (at(values, "egress") or []):
                found.add(address, ("inline rule", values["name"], text(rule)))


def _first_value(found: Deployment, provider: Provider, address: str, values: dict[str, Any]) -> None:
    """The first password is write-only: ask the stand-in what it was given, and how it was made."""
    secret = provider.secrets[values["secret_id"]]
    for key, value in json.loads(next(iter(secret.values.values()))).items():
        generated = provider.generated.get(value) if isinstance(value, str) else None
        found.add(address, ("secret value", key, "<generated>" if generated else text(value)))
        for option, chosen in (generated or {}).items():
            found.add(address, ("generator", option, text(chosen if chosen is not None else False)))


def _hosted(found: Deployment, address: str, values: dict[str, Any]) -> None:
    parameters = values["parameters"] or {}
    application = values["application_id"].split("applications/")[-1]
    words = {
        "type": re.sub("^SecretsManager(RDS)?|Rotation", "", application),
        "function": parameters.get("functionName"),
        "exclude": parameters.get("excludeCharacters"),
        "key": parameters.get("kmsKeyArn"),
        "superuser": parameters.get("superuserSecretArn") or parameters.get("masterSecretArn"),
        "superuser key": parameters.get("superuserSecretKmsKeyArn") or parameters.get("masterSecretKmsKeyArn"),
        "subnets": parameters.get("vpcSubnetIds", "").split(","),
        "groups": parameters.get("vpcSecurityGroupIds", "").split(","),
    }
    found.add(address, *(("hosted", word, text(value if value != [""] else ABSENT)) for word, value in words.items()))
