"""Evaluates a CloudFormation template as a deployment into the imagined account would."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import account
from account import arn, ec2_id, looked_up

Properties = dict[str, Any]
PSEUDO = {
    "AWS::AccountId": account.ACCOUNT,
    "AWS::Region": account.REGION,
    "AWS::Partition": account.PARTITION,
    "AWS::URLSuffix": account.DNS_SUFFIX,
    "AWS::StackName": account.STACK,
    "AWS::StackId": arn("cloudformation", f"stack/{account.STACK}/{account.uuid(account.STACK)}"),
}
NO_VALUE = object()
PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")
DYNAMIC = re.compile(r"\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}")


class Stack:
    """A template with its parameters filled in."""

    def __init__(self, template: dict[str, Any]) -> None:
        self.template = template
        self.resources: dict[str, dict[str, Any]] = template["Resources"]
        self.parameters = {name: _parameter(name, p) for name, p in template.get("Parameters", {}).items()}

    def properties(self, logical_id: str) -> Properties:
        """Return a resource's properties with every intrinsic evaluated."""
        return self.evaluate(self.resources[logical_id].get("Properties", {}))

    def outputs(self) -> dict[str, Any]:
        """Return the stack's outputs."""
        return {name: self.evaluate(o["Value"]) for name, o in self.template.get("Outputs", {}).items()}

    def evaluate(self, node: Any) -> Any:
        """Return a node with intrinsics, pseudo parameters and dynamic references replaced."""
        if isinstance(node, str):
            return DYNAMIC.sub(lambda m: looked_up(m[1]), node)
        if isinstance(node, list):
            return [v for v in map(self.evaluate, node) if v is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((key, value),) = node.items()
            if key == "Ref":
                return self.ref(value)
            if key.startswith("Fn::"):
                return self._intrinsic(key[4:], value)
        evaluated = {key: self.evaluate(value) for key, value in node.items()}
        return {key: value for key, value in evaluated.items() if value is not NO_VALUE}

    def _intrinsic(self, name: str, value: Any) -> Any:
        if name == "GetAtt":
            return self.attribute(value[0], self.evaluate(value[1]))
        if name == "Sub":
            return self._sub(value)
        if name == "ImportValue":
            return looked_up(self.evaluate(value))
        value = self.evaluate(value)
        if name == "Join":
            return value[0].join(map(str, value[1]))
        if name == "Split":
            return value[1].split(value[0])
        if name == "Select":
            return value[1][int(value[0])]
        if name == "GetAZs":
            return [f"{account.REGION}{zone}" for zone in "abc"]
        if name == "Base64":
            return value
        raise NotImplementedError(f"the evaluator does not know Fn::{name}")

    def _sub(self, value: Any) -> str:
        text, own = (value[0], self.evaluate(value[1])) if isinstance(value, list) else (value, {})

        def one(match: re.Match[str]) -> str:
            """Return what stands for one placeholder."""
            literal, name = match.groups()
            if literal:
                return "${" + name + "}"
            if name in own:
                return str(own[name])
            return str(
                self.attribute(*name.split(".", 1)) if "." in name and not name.startswith("AWS::") else self.ref(name)
            )

        return self.evaluate(PLACEHOLDER.sub(one, text))

    def ref(self, name: str) -> Any:
        """Return what `Ref` gives for a parameter, a pseudo parameter or a resource."""
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.parameters:
            return self.parameters[name]
        kind = self.resources[name]["Type"]
        if kind not in REFS:
            raise NotImplementedError(f"the evaluator does not know what Ref gives for {kind}")
        return REFS[kind](self.properties(name), name)

    def attribute(self, name: str, attribute: str) -> Any:
        """Return what `GetAtt` gives."""
        kind = self.resources[name]["Type"]
        if (kind, attribute) not in ATTRIBUTES:
            raise NotImplementedError(f"the evaluator does not know {attribute} of {kind}")
        return ATTRIBUTES[kind, attribute](self.properties(name), name)

    def waits_for(self, logical_id: str) -> set[str]:
        """Return everything that exists before the resource does, itself included."""
        seen: set[str] = set()
        waiting = [logical_id]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += [n for n in references(self.resources[here]) if n in self.resources]
        return seen


def _parameter(name: str, parameter: dict[str, Any]) -> Any:
    if parameter["Type"].startswith("AWS::SSM::Parameter::Value"):
        return looked_up(parameter["Default"])
    if "Default" in parameter:
        return parameter["Default"]
    return looked_up(name)


def references(node: Any) -> Iterator[str]:
    """Yield the names that a resource refers to, or says that it depends on."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key == "Ref":
            yield value
        elif key == "Fn::GetAtt":
            yield value[0]
        elif key == "Fn::Sub":
            text = value[0] if isinstance(value, list) else value
            yield from (name.split(".")[0] for literal, name in PLACEHOLDER.findall(text) if not literal)
        elif key == "DependsOn":
            yield from [value] if isinstance(value, str) else value
        yield from references(value)


def physical_name(kind: str, properties: Properties, logical_id: str) -> str:
    """Return the name given by the template, or the one that CloudFormation would make up."""
    return (
        properties.get(NAMED_BY.get(kind, "Name"))
        or f"{account.STACK}-{logical_id}-{account.digest(logical_id)[:8].upper()}"
    )


NAMED_BY = {
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::EC2::SecurityGroup": "GroupName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::KMS::Alias": "AliasName",
}


def _name(kind: str) -> Callable[[Properties, str], str]:
    return lambda p, i: physical_name(kind, p, i)


def _arn(kind: str, service: str, before: str, region: str = account.REGION) -> Callable[[Properties, str], str]:
    return lambda p, i: arn(service, before + physical_name(kind, p, i), region)


def _iam(kind: str, word: str) -> Callable[[Properties, str], str]:
    return lambda p, i: arn("iam", f"{word}{p.get('Path', '/')}{physical_name(kind, p, i)}", region="")


def _secret(p: Properties, i: str) -> str:
    return account.secret_arn(physical_name("AWS::SecretsManager::Secret", p, i))


def _group(p: Properties, i: str) -> str:
    return ec2_id("sg", physical_name("AWS::EC2::SecurityGroup", p, i))


def _endpoint(p: Properties, _i: str) -> str:
    return ec2_id("vpce", p["ServiceName"], p["VpcId"])


def _endpoint_names(p: Properties, i: str) -> list[str]:
    name, service = _endpoint(p, i), p["ServiceName"].split(".")[-1]
    return [f"Z0:{name}-{account.digest(name)[:8]}.{service}.{account.REGION}.vpce.{account.DNS_SUFFIX}"]


def _nat(p: Properties, _i: str) -> str:
    return ec2_id("nat", p.get("SubnetId") or p["VpcId"])


REFS: dict[str, Callable[[Properties, str], Any]] = {
    "AWS::IAM::Role": _name("AWS::IAM::Role"),
    "AWS::IAM::ManagedPolicy": _iam("AWS::IAM::ManagedPolicy", "policy"),
    "AWS::Lambda::Function": _name("AWS::Lambda::Function"),
    "AWS::SecretsManager::Secret": _secret,
    "AWS::SecretsManager::SecretTargetAttachment": lambda p, _i: p["SecretId"],
    "AWS::SecretsManager::RotationSchedule": lambda p, _i: p["SecretId"],
    "AWS::EC2::SecurityGroup": _group,
    "AWS::EC2::VPCEndpoint": _endpoint,
    "AWS::EC2::NatGateway": _nat,
    "AWS::Logs::LogGroup": _name("AWS::Logs::LogGroup"),
    "AWS::KMS::Key": lambda p, _i: account.uuid("kms", p.get("Description")),
    "AWS::KMS::Alias": _name("AWS::KMS::Alias"),
    "AWS::SNS::Topic": _arn("AWS::SNS::Topic", "sns", ""),
    "AWS::Events::Rule": _name("AWS::Events::Rule"),
    "AWS::CloudWatch::Alarm": _name("AWS::CloudWatch::Alarm"),
}

ATTRIBUTES: dict[tuple[str, str], Callable[[Properties, str], Any]] = {
    ("AWS::IAM::Role", "Arn"): _iam("AWS::IAM::Role", "role"),
    ("AWS::IAM::ManagedPolicy", "PolicyArn"): _iam("AWS::IAM::ManagedPolicy", "policy"),
    ("AWS::Lambda::Function", "Arn"): _arn("AWS::Lambda::Function", "lambda", "function:"),
    ("AWS::SecretsManager::Secret", "Id"): _secret,
    ("AWS::EC2::SecurityGroup", "GroupId"): _group,
    ("AWS::EC2::SecurityGroup", "Id"): _group,
    ("AWS::EC2::VPCEndpoint", "Id"): _endpoint,
    ("AWS::EC2::VPCEndpoint", "DnsEntries"): _endpoint_names,
    ("AWS::EC2::NatGateway", "NatGatewayId"): _nat,
    ("AWS::EC2::EIP", "AllocationId"): lambda p, i: ec2_id("eipalloc", i),
    ("AWS::Logs::LogGroup", "Arn"): lambda p, i: (
        arn("logs", "log-group:" + physical_name("AWS::Logs::LogGroup", p, i)) + ":*"
    ),
    ("AWS::KMS::Key", "Arn"): lambda p, _i: account.kms_key_arn(p.get("Description")),
    ("AWS::KMS::Key", "KeyId"): lambda p, _i: account.uuid("kms", p.get("Description")),
    ("AWS::SNS::Topic", "TopicArn"): _arn("AWS::SNS::Topic", "sns", ""),
    ("AWS::SNS::Topic", "TopicName"): _name("AWS::SNS::Topic"),
    ("AWS::Events::Rule", "Arn"): _arn("AWS::Events::Rule", "events", "rule/"),
    ("AWS::CloudWatch::Alarm", "Arn"): _arn("AWS::CloudWatch::Alarm", "cloudwatch", "alarm:"),
}
