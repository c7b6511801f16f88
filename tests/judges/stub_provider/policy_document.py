"""`aws_iam_policy_document`: statements in blocks become one policy in JSON."""

import json
from typing import Any


def policy_document(config: dict[str, Any]) -> str:
    """Return the policy that the blocks, the sources and the overrides make together."""
    statements: list[dict[str, Any]] = []
    for source in config["source_policy_documents"] or []:
        for statement in _statements(source):
            _add(statements, statement)
    for block in config["statement"] or []:
        _add(statements, _statement(block))
    for override in config["override_policy_documents"] or []:
        for statement in _statements(override):
            _override(statements, statement)
    document: dict[str, Any] = {"Version": config["version"] or "2012-10-17"}
    if config["policy_id"]:
        document["Id"] = config["policy_id"]
    return json.dumps({**document, "Statement": statements}, indent=2)


def problems(config: dict[str, Any]) -> list[str]:
    """Return what the real data source refuses although the schema allows it."""
    found = []
    sids = [s["sid"] for s in config["statement"] or [] if isinstance(s["sid"], str) and s["sid"]]
    found += [f"duplicate sid {sid}" for sid in sorted({s for s in sids if sids.count(s) > 1})]
    for block in config["statement"] or []:
        if block["effect"] not in (None, "Allow", "Deny") and isinstance(block["effect"], str):
            found.append(f"effect must be Allow or Deny, not {block['effect']}")
        if not (block["actions"] or block["not_actions"]):
            found.append("a statement without actions")
        for wanted, other in (
            ("actions", "not_actions"),
            ("resources", "not_resources"),
            ("principals", "not_principals"),
        ):
            if block[wanted] and block[other]:
                found.append(f"{wanted} beside {other}")
        for principal in block["principals"] or []:
            if principal["type"] == "*" and list(principal["identifiers"]) != ["*"]:
                found.append("a principal of type * that names somebody")
    return found


def _statements(text: str) -> list[dict[str, Any]]:
    statement = json.loads(text).get("Statement", []) if text else []
    return statement if isinstance(statement, list) else [statement]


def _add(statements: list[dict[str, Any]], new: dict[str, Any]) -> None:
    if new.get("Sid") and any(s.get("Sid") == new["Sid"] for s in statements):
        raise ValueError(f"duplicate Sid {new['Sid']}")
    statements.append(new)


def _override(statements: list[dict[str, Any]], new: dict[str, Any]) -> None:
    for at, old in enumerate(statements):
        if new.get("Sid") and old.get("Sid") == new["Sid"]:
            statements[at] = new
            return
    statements.append(new)


def _one_or_many(values: list[str]) -> Any:
    unescaped = sorted({v.replace("&{", "${") for v in values})
    return unescaped[0] if len(unescaped) == 1 else unescaped


def _principals(blocks: list[dict[str, Any]]) -> Any:
    by_type: dict[str, list[str]] = {}
    for block in blocks:
        by_type.setdefault(block["type"], []).extend(block["identifiers"])
    return "*" if "*" in by_type else {kind: _one_or_many(ids) for kind, ids in sorted(by_type.items())}


def _statement(block: dict[str, Any]) -> dict[str, Any]:
    statement: dict[str, Any] = {"Sid": block["sid"]} if block["sid"] else {}
    statement["Effect"] = block["effect"] or "Allow"
    for key, name in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        if block[key]:
            statement[name] = _principals(block[key])
    for key, name in (
        ("actions", "Action"),
        ("not_actions", "NotAction"),
        ("resources", "Resource"),
        ("not_resources", "NotResource"),
    ):
        if block[key]:
            statement[name] = _one_or_many(block[key])
    conditions: dict[str, dict[str, list[str]]] = {}
    for condition in block["condition"] or []:
        values = conditions.setdefault(condition["test"], {}).setdefault(condition["variable"], [])
        values.extend(v.replace("&{", "${") for v in condition["values"])
    if conditions:
        statement["Condition"] = {
            test: {variable: values[0] if len(values) == 1 else values for variable, values in variables.items()}
            for test, variables in conditions.items()
        }
    return statement
