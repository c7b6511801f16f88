"""Turns the recorded schema into the protocol's, and answers questions about it."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from .wire import messages

RECORDED = Path(__file__).parent.parent / "terraform-aws-schema.json"
NESTING = {"struct": 1, "list": 2, "set": 3}

# The provider's own settings, as far as a root module may give them.
PROVIDER = {
    "attributes": {
        "region": {"mode": "optional", "type": "string"},
        "profile": {"mode": "optional", "type": "string"},
        "allowed_account_ids": {"mode": "optional", "type": "set(string)"},
    },
    "blocks": {
        "default_tags": {
            "nesting": "list",
            "min_items": 0,
            "max_items": 1,
            "block": {"attributes": {"tags": {"mode": "optional", "type": "map(string)"}}, "blocks": {}},
        },
    },
}

EPHEMERAL_TYPES = {"password_length": "number", "exclude_characters": "string", "random_password": "string"}


@cache
def recorded() -> dict[str, Any]:
    """Return the recorded schema with two amendments: ephemeral types, and blocks that are attributes."""
    data = json.loads(RECORDED.read_text())
    for attributes in (e.get("attributes", {}) for e in data["ephemeral"].values()):
        for name, attribute in attributes.items():
            attribute["type"] = EPHEMERAL_TYPES.get(name, "bool")
    for kind in ("resource", "data"):
        for block in data[kind].values():
            _blocks_to_attributes(block)
    data["ephemeral"] = {
        name: {"attributes": e["attributes"], "blocks": {}}
        for name, e in data["ephemeral"].items()
        if "attributes" in e
    }
    for name, attributes in data["write_only"].items():
        for attribute in attributes:
            data["resource"][name]["attributes"][attribute]["write_only"] = True
    return data


def _blocks_to_attributes(block: dict[str, Any]) -> None:
    """The provider lets `ingress`, `egress` and `route` be written as blocks, but they are attributes."""
    for name in [n for n, nested in block["blocks"].items() if nested.get("attr_as_blocks")]:
        nested = block["blocks"].pop(name)
        block["attributes"][name] = {
            "mode": nested["mode"],
            "type": f"{nested['nesting']}(object)",
            "object": nested["block"],
        }


def cty_type(attribute: dict[str, Any]) -> Any:
    """Return an attribute's type in Terraform's JSON notation."""
    text = attribute["type"]
    nested = re.fullmatch(r"(list|set|map)\((\w+)\)", text)
    if not nested:
        return text
    collection, element = nested.groups()
    if element != "object":
        return [collection, element]
    return [collection, ["object", {n: cty_type(a) for n, a in attribute["object"]["attributes"].items()}]]


def _block_message(block: dict[str, Any]) -> Any:
    attributes = [
        messages.Attribute(
            name=name,
            type=json.dumps(cty_type(a)).encode(),
            required=a["mode"] == "required",
            optional=a["mode"].startswith("optional"),
            computed=a["mode"].endswith("computed"),
            write_only=bool(a.get("write_only")),
        )
        for name, a in block["attributes"].items()
    ]
    nested = [
        messages.NestedBlock(
            type_name=name,
            block=_block_message(b["block"]),
            nesting=NESTING[b["nesting"]],
            min_items=0 if b["nesting"] == "struct" else b["min_items"] or 0,
            max_items=0 if b["nesting"] == "struct" else b["max_items"] or 0,
        )
        for name, b in block["blocks"].items()
    ]
    return messages.Block(attributes=attributes, block_types=nested)


def _schema_message(block: dict[str, Any]) -> Any:
    return messages.Schema(block=_block_message(block))


CAPABILITIES = messages.Capabilities(get_provider_schema_optional=True)


@cache
def schema_reply() -> Any:
    """Return the answer to `GetSchema`, built once."""
    data = recorded()
    return messages.SchemaReply(
        provider=_schema_message(PROVIDER),
        resource_schemas={name: _schema_message(b) for name, b in data["resource"].items()},
        data_source_schemas={name: _schema_message(b) for name, b in data["data"].items()},
        ephemeral_resource_schemas={name: _schema_message(b) for name, b in data["ephemeral"].items()},
        server_capabilities=CAPABILITIES,
    )


@cache
def metadata_reply() -> Any:
    """Return the answer to `GetMetadata`."""
    data = recorded()
    return messages.MetadataReply(
        server_capabilities=CAPABILITIES,
        resources=[messages.TypeName(type_name=n) for n in data["resource"]],
        data_sources=[messages.TypeName(type_name=n) for n in data["data"]],
        ephemeral_resources=[messages.TypeName(type_name=n) for n in data["ephemeral"]],
    )


def computed(attribute: dict[str, Any]) -> bool:
    """Tell whether AWS may fill in this attribute."""
    return attribute["mode"].endswith("computed")


def empty(attribute: dict[str, Any]) -> Any:
    """Return the plainest value of an attribute's type."""
    kind = attribute["type"]
    if kind.startswith(("list", "set")):
        return []
    if kind.startswith("map"):
        return {}
    return {"bool": False, "number": 0, "string": ""}[kind]
