"""How the judges are told about one kind of resource.

A path is `A.B`; a number steps into a list. A setting with a default may be left out by either
target. What identifies a resource is a path; or a noun, where CloudFormation makes up the name: the logical
id is a role before that noun, `RotationRole`, and Terraform's label is the role, `aws_iam_role.rotation`.
Kinds without an identity are wholly described by their settings: rules, routes, permissions.
"""

import re
from dataclasses import dataclass, field

Path = tuple[str, str]
Setting = tuple[str, str] | tuple[str, str, str]


@dataclass(frozen=True)
class Kind:
    """One kind of resource, with its name for people and its paths in both targets."""

    word: str
    cloudformation: str
    terraform: str
    identity: Path | str | None
    settings: dict[str, Setting]
    documents: dict[str, Path] = field(default_factory=dict)
    structures: tuple[str, ...] = ()
    tags: bool = True

    def role(self, address: str) -> str:
        """Return the role in a logical id, or in a Terraform address."""
        label = address.rsplit(".", 1)[-1].removesuffix(self.identity if isinstance(self.identity, str) else "")
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", label).lower()
