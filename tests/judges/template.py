"""Reads CloudFormation templates as an outsider would: YAML 1.1 with short tags, or JSON."""

import json
from pathlib import Path
from typing import Any

import yaml


class Loader(yaml.SafeLoader):
    """PyYAML's own resolver, so `on` and `2010-09-09` mean what they mean to the AWS CLI."""


def _intrinsic(loader: Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


def _unique_mapping(loader: Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    if twice := {str(k) for k in keys if keys.count(k) > 1}:
        raise yaml.YAMLError(f"keys given twice: {sorted(twice)}")
    return loader.construct_mapping(node, deep=True)


Loader.add_multi_constructor("!", _intrinsic)
Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)


def read(path: Path) -> dict[str, Any]:
    """Return a template with every intrinsic in its long form."""
    text = path.read_text(encoding="utf-8")
    return long_form(json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader))


def long_form(node: Any) -> Any:
    """Spell `A.B` of a GetAtt as a list, as JSON templates may do either."""
    if isinstance(node, list):
        return [long_form(n) for n in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"Fn::GetAtt"} and isinstance(node["Fn::GetAtt"], str):
        return {"Fn::GetAtt": node["Fn::GetAtt"].split(".", 1)}
    return {key: long_form(value) for key, value in node.items()}


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Return where two structures differ, types included: `1` is not `"1"`, and a date is no text."""
    if type(one) is not type(other):
        return [f"{path}: {one!r} is not {other!r}"]
    if isinstance(one, dict):
        missing = [f"{path}/{key}: in one only" for key in one.keys() ^ other.keys()]
        return missing + [
            d for key in one.keys() & other.keys() for d in differences(one[key], other[key], f"{path}/{key}")
        ]
    if isinstance(one, list) and len(one) == len(other):
        return [d for at, (a, b) in enumerate(zip(one, other, strict=True)) for d in differences(a, b, f"{path}/{at}")]
    return [] if one == other else [f"{path}: {one!r} is not {other!r}"]
