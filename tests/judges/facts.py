"""What a deployment grants, opens and sets, said in the same words for both targets.

A fact is a tuple of texts. Two outputs are alike when they give the same facts, however they
spread them over resources. `kinds.py` says where each target keeps what.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Fact = tuple[str, ...]
ABSENT = "-"


@dataclass
class Deployment:
    """The facts of one target, by the resource that brings them, and what the schedule waits for."""

    by_resource: dict[str, set[Fact]] = field(default_factory=dict)
    before_schedule: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, resource: str, *facts: Fact) -> None:
        """Note facts that a resource brings."""
        self.by_resource.setdefault(resource, set()).update(facts)

    def all(self) -> set[Fact]:
        """Return every fact, with made-up identifiers replaced by what they stand for."""
        return {self._plain(fact) for facts in self.by_resource.values() for fact in facts}

    def first(self) -> set[Fact]:
        """Return the facts of everything that exists before the rotation schedule."""
        return {self._plain(f) for r in self.before_schedule for f in self.by_resource.get(r, set()) if f[0] != "tags"}

    def _plain(self, fact: Fact) -> Fact:
        texts = list(fact)
        for made_up in sorted(self.names, key=len, reverse=True):
            texts = [t.replace(made_up, self.names[made_up]) for t in texts]
        return tuple(texts)


def text(value: Any) -> str:
    """Return a value as a text that does not depend on order, number format or emptiness."""
    if value is None or value == "" or value == [] or value == {}:
        return ABSENT
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(int(value)) if value == int(value) else str(value)
    if isinstance(value, list):
        if all(isinstance(v, dict) and set(v) == {"Name", "Value"} for v in value):
            return text({v["Name"]: v["Value"] for v in value})
        return json.dumps(sorted(text(v) for v in value))
    if isinstance(value, dict):
        return json.dumps({k: text(v) for k, v in value.items() if text(v) != ABSENT}, sort_keys=True)
    return value


def structure(value: Any) -> Any:
    """Return a document given as a structure or as JSON."""
    return json.loads(value) if isinstance(value, str) and value else value


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _conditions(condition: dict[str, dict[str, Any]]) -> str:
    return json.dumps(
        {
            test: {variable: sorted(text(v) for v in _many(values)) for variable, values in variables.items()}
            for test, variables in condition.items()
        },
        sort_keys=True,
    )


def _principals(principal: Any) -> list[str]:
    if principal is None:
        return [ABSENT]
    if isinstance(principal, str):
        return [principal]
    return [f"{kind} {who}" for kind, people in principal.items() for who in _many(people)]


def grants(document: Any) -> Iterator[Fact]:
    """Yield a policy as single grants: effect, who, action, thing, condition.

    How statements group their actions and things does not matter, nor do their names.
    """
    for statement in _many((structure(document) or {}).get("Statement", [])):
        unknown = set(statement) - {"Sid", "Effect", "Principal", "Action", "Resource", "Condition"}
        if unknown:
            raise NotImplementedError(f"the judge does not know {sorted(unknown)} in a statement")
        for who in _principals(statement.get("Principal")):
            for action in _many(statement["Action"]):
                for thing in _many(statement.get("Resource", ABSENT)):
                    yield statement["Effect"], who, action.lower(), thing, _conditions(statement.get("Condition", {}))
