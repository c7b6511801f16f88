"""The stand-in itself: answers Terraform's calls, and keeps only the secrets' versions and generated passwords."""

import json
import os
import secrets as randomness
import string
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc

from . import answers, lookups, policy_document, rules
from .schema import metadata_reply, recorded, schema_reply
from .staging import CURRENT, PREVIOUS, Secrets
from .wire import UNKNOWN, decode, encode, error, messages

SERVICE = "tfplugin5.Provider"
# Terraform and OpenTofu each complete `hashicorp/aws` with a registry of their own.
ADDRESSES = ("registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws")

# Attributes whose change makes AWS, or the provider, create a new resource.
REPLACED_BY = {
    "aws_secretsmanager_secret_version": {"secret_id", "secret_string", "secret_binary", "secret_string_wo_version"},
    "aws_secretsmanager_secret": {"name", "name_prefix"},
    "aws_secretsmanager_secret_rotation": {"secret_id"},
    "aws_iam_role": {"name", "name_prefix", "path"},
    "aws_iam_policy": {"name", "name_prefix", "path", "description"},
    "aws_lambda_function": {"function_name", "package_type"},
    "aws_security_group": {"name", "name_prefix", "description", "vpc_id"},
    "aws_vpc_endpoint": {"service_name", "vpc_id", "vpc_endpoint_type"},
    "aws_nat_gateway": {"allocation_id", "availability_mode", "connectivity_type", "subnet_id", "vpc_id"},
}


class Provider:
    """One long-lived provider; several Terraform runs may talk to it at a time."""

    def __init__(self) -> None:
        self.secrets = Secrets()
        self.generated: dict[str, dict[str, Any]] = {}

    def GetMetadata(self, _request: Any) -> Any:
        return metadata_reply()

    def GetSchema(self, _request: Any) -> Any:
        return schema_reply()

    def PrepareProviderConfig(self, request: Any) -> Any:
        return messages.PrepareReply(prepared_config=request.config)

    def Configure(self, _request: Any) -> Any:
        return messages.Diagnostics()

    def Stop(self, _request: Any) -> Any:
        return messages.StopReply()

    def ValidateResourceTypeConfig(self, request: Any) -> Any:
        return _diagnostics(request.type_name, rules.problems(request.type_name, decode(request.config)))

    def ValidateDataSourceConfig(self, request: Any) -> Any:
        found: Any = ()
        if request.type_name == "aws_iam_policy_document":
            found = policy_document.problems(decode(request.config))
        return _diagnostics(request.type_name, found)

    def ValidateEphemeralResourceConfig(self, request: Any) -> Any:
        config = decode(request.config)
        return _diagnostics(request.type_name, rules.within(config, "password_length", 1, 4096))

    def UpgradeResourceState(self, request: Any) -> Any:
        return messages.UpgradeReply(upgraded_state=encode(json.loads(request.raw_state.json)))

    def ReadResource(self, request: Any) -> Any:
        state = decode(request.current_state)
        if request.type_name == "aws_secretsmanager_secret_version":
            listed = self.secrets[state["secret_id"]].listed()
            labels = listed.get(state["version_id"])
            state = state | {"version_stages": sorted(labels)} if labels else None
        return messages.ReadReply(new_state=encode(state), private=request.private)

    def PlanResourceChange(self, request: Any) -> Any:
        prior, proposed = decode(request.prior_state), decode(request.proposed_new_state)
        if proposed is None:
            return messages.PlanReply(planned_state=request.proposed_new_state)
        block = recorded()["resource"][request.type_name]
        for name in _write_only(block):
            proposed[name] = None
        replaced: set[str] = set()
        if prior is None:
            proposed = answers.mark_unknown(proposed, block)
        else:
            changed = {n for n in proposed if proposed[n] != prior[n]}
            replaced = changed & REPLACED_BY.get(request.type_name, set())
        return messages.PlanReply(
            planned_state=encode(proposed),
            requires_replace=[messages.Path(steps=[messages.Step(attribute_name=n)]) for n in sorted(replaced)],
        )

    def ApplyResourceChange(self, request: Any) -> Any:
        prior, planned = decode(request.prior_state), decode(request.planned_state)
        if request.type_name == "aws_secretsmanager_secret_version":
            planned = self._apply_version(prior, planned, decode(request.config))
        elif request.type_name == "aws_secretsmanager_secret" and planned is None:
            self.secrets.delete(prior["arn"])
        if planned is not None:
            planned = answers.answer(request.type_name, planned)
        return messages.ApplyReply(new_state=encode(planned))

    def _apply_version(self, prior: Any, planned: Any, config: Any) -> Any:
        secret = self.secrets[(planned or prior)["secret_id"]]
        if planned is None:
            for label in set(prior["version_stages"]) - {CURRENT}:
                if prior["version_id"] in secret.versions and label in secret.versions[prior["version_id"]]:
                    secret.move(label, None)
            return None
        if prior is None:
            value = config["secret_string_wo"] or config["secret_string"] or config["secret_binary"]
            labels = set() if planned["version_stages"] is UNKNOWN else set(planned["version_stages"] or ())
            version = secret.put(value, labels or {CURRENT})
            planned = planned | {"version_id": version, "id": f"{planned['secret_id']}|{version}"}
        else:
            wanted, had = set(planned["version_stages"]), set(prior["version_stages"])
            for label in sorted(wanted - had):
                secret.move(label, planned["version_id"])
            for label in sorted(had - wanted - {CURRENT, PREVIOUS}):
                secret.move(label, None)
        return planned | {"version_stages": sorted(secret.versions[planned["version_id"]]), "arn": planned["secret_id"]}

    def ReadDataSource(self, request: Any) -> Any:
        try:
            return messages.DataReply(state=encode(lookups.look_up(request.type_name, decode(request.config))))
        except (ValueError, KeyError, TypeError) as refused:
            return messages.DataReply(diagnostics=[error(f"{request.type_name} refused", str(refused))])

    def OpenEphemeralResource(self, request: Any) -> Any:
        """GetRandomPassword: another password at each call. How it was made is kept for the judges."""
        config = decode(request.config)
        kinds = [
            (string.ascii_lowercase, "lowercase"),
            (string.ascii_uppercase, "uppercase"),
            (string.digits, "numbers"),
            (string.punctuation, "punctuation"),
        ]
        allowed = "".join(letters for letters, kind in kinds if not config[f"exclude_{kind}"])
        letters = [c for c in allowed if c not in (config["exclude_characters"] or "")]
        password = "".join(randomness.choice(letters) for _ in range(int(config["password_length"] or 32)))
        self.generated[password] = {option: v for option, v in config.items() if option != "random_password"}
        return messages.OpenReply(result=encode(config | {"random_password": password}))

    def CloseEphemeralResource(self, _request: Any) -> Any:
        return messages.Diagnostics()


def _write_only(block: dict[str, Any]) -> list[str]:
    return [n for n, a in block["attributes"].items() if a.get("write_only")]


def _diagnostics(type_name: str, found: Iterator[str]) -> Any:
    return messages.Diagnostics(diagnostics=[error(f"{type_name}: {problem}", problem) for problem in found])


REQUESTS = {
    "GetMetadata": messages.Nothing,
    "GetSchema": messages.Nothing,
    "Stop": messages.Nothing,
    "PrepareProviderConfig": messages.PrepareRequest,
    "Configure": messages.ConfigureRequest,
    "ValidateResourceTypeConfig": messages.ConfigRequest,
    "ValidateDataSourceConfig": messages.ConfigRequest,
    "ValidateEphemeralResourceConfig": messages.ConfigRequest,
    "ReadDataSource": messages.ConfigRequest,
    "OpenEphemeralResource": messages.ConfigRequest,
    "CloseEphemeralResource": messages.ConfigRequest,
    "UpgradeResourceState": messages.UpgradeRequest,
    "ReadResource": messages.ReadRequest,
    "PlanResourceChange": messages.PlanRequest,
    "ApplyResourceChange": messages.ApplyRequest,
}


def _handler(method: Callable[[Any], Any], request: Any) -> Any:
    return grpc.unary_unary_rpc_method_handler(
        lambda message, _context: method(message),
        request_deserializer=request.FromString,
        response_serializer=lambda message: message.SerializeToString(),
    )


class Running:
    """A provider that serves on a socket until the context ends."""

    def __enter__(self) -> "Running":
        self.provider = Provider()
        self._folder = tempfile.TemporaryDirectory(prefix="stub-provider-")
        socket = Path(self._folder.name, "provider.sock")
        self._server = grpc.server(ThreadPoolExecutor(max_workers=8), options=[("grpc.max_receive_message_length", -1)])
        handlers = {name: _handler(getattr(self.provider, name), request) for name, request in REQUESTS.items()}
        self._server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(SERVICE, handlers)])
        self._server.add_insecure_port(f"unix:{socket}")
        self._server.start()
        reached = {
            "Protocol": "grpc",
            "ProtocolVersion": 5,
            "Pid": os.getpid(),
            "Test": True,
            "Addr": {"Network": "unix", "String": str(socket)},
        }
        self.reattach = json.dumps({address: reached for address in ADDRESSES})
        return self

    def __exit__(self, *_ignored: object) -> None:
        self._server.stop(None).wait()
        self._folder.cleanup()
