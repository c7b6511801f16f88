"""Reads the settings of one resource of either target into facts."""

from collections.abc import Iterator
from typing import Any

from facts import ABSENT, Fact, grants, structure, text
from kind import Kind


def at(properties: Any, path: str) -> Any:
    """Return what stands at a path such as `VpcConfig.SubnetIds`, or None."""
    for step in path.split("."):
        if isinstance(properties, list):
            properties = properties[int(step)] if int(step) < len(properties) else None
        elif isinstance(properties, dict):
            properties = properties.get(step)
        else:
            return None
    return properties


def kind_facts(kind: Kind, side: int, address: str, properties: dict[str, Any], tags: dict[str, str]) -> Iterator[Fact]:
    """Yield the facts of one resource; side 0 is CloudFormation, 1 is Terraform."""
    settings = {word: _setting(kind, word, side, properties) for word in kind.settings}
    if kind.identity is None:
        identity = "; ".join(f"{word} {value}" for word, value in settings.items() if value != ABSENT)
        yield kind.word, identity
    else:
        identity = _identity(kind, side, address, properties)
        yield kind.word, identity, "exists"
        for word, value in settings.items():
            yield kind.word, identity, word, value
    for word, paths in kind.documents.items():
        for grant in grants(at(properties, paths[side])):
            yield (word, identity, *grant)
    if kind.tags:
        yield "tags", kind.word, identity, text(tags)


def _identity(kind: Kind, side: int, address: str, properties: dict[str, Any]) -> str:
    if isinstance(kind.identity, str):
        return kind.role(address)
    path = kind.identity[side] if kind.identity else ""
    return text(at(properties, path)) if path else f"the {kind.word}"


def _setting(kind: Kind, word: str, side: int, properties: dict[str, Any]) -> str:
    setting = kind.settings[word]
    value = at(properties, setting[side])
    found = text(structure(value) if word in kind.structures else value)
    return setting[2] if found == ABSENT and len(setting) == 3 else found
