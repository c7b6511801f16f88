"""Terraform's values on the wire: msgpack with a mark for what is not known yet."""

import json
from typing import Any

import grpc
import grpc_tools  # noqa: F401  (its presence lets grpc compile the .proto below)
import msgpack

messages = grpc.protos("stub_provider/protocol.proto")


class Unknown:
    """What Terraform will only know while applying."""

    def __repr__(self) -> str:
        return "(unknown)"


UNKNOWN = Unknown()


def decode(value: Any) -> Any:
    """Read a value; anything not known becomes UNKNOWN."""
    if value.json:
        return json.loads(value.json)
    if not value.msgpack:
        return None
    return msgpack.unpackb(value.msgpack, ext_hook=lambda _code, _data: UNKNOWN, strict_map_key=False)


def encode(value: Any) -> Any:
    """Write a value, UNKNOWN as the extension that Terraform expects."""
    packed = msgpack.packb(value, default=lambda _unknown: msgpack.ExtType(0, b"\x00"))
    return messages.Value(msgpack=packed)


def error(summary: str, detail: str, attribute: str | None = None) -> Any:
    """Return one error diagnostic, pointing at an attribute when it is about one."""
    path = messages.Path(steps=[messages.Step(attribute_name=attribute)]) if attribute else None
    return messages.Diagnostic(severity=1, summary=summary, detail=detail, attribute=path)
