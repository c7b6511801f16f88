"""How the judges are told about one kind of resource.

A path is `A.B`; a number steps into a list. A setting with a default may be left out by either
target. Kinds without an identity are wholly described by their settings: rules, routes, permissions.
"""

from dataclasses import dataclass, field

Path = tuple[str, str]
Setting = tuple[str, str] | tuple[str, str, str]


@dataclass(frozen=True)
class Kind:
    """One kind of resource, with its name for people and its paths in both targets."""

    word: str
    cloudformation: str
    terraform: str
    identity: Path | None
    settings: dict[str, Setting]
    documents: dict[str, Path] = field(default_factory=dict)
    structures: tuple[str, ...] = ()
    tags: bool = True
