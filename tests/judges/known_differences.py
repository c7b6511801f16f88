"""Where the two targets differ by nature, each with its reason. Nothing else may differ.

A difference takes facts out of one side, or out of both, before they are compared.
"""

from collections.abc import Callable
from dataclasses import dataclass

from facts import Fact

Sides = tuple[set[Fact], set[Fact]]


@dataclass(frozen=True)
class Difference:
    """One difference: which facts it excuses, given the facts of both sides."""

    name: str
    reason: str
    cloudformation: Callable[[Fact, Sides], bool] = lambda fact, sides: False
    terraform: Callable[[Fact, Sides], bool] = lambda fact, sides: False


def _is(*beginning: str) -> Callable[[Fact, Sides], bool]:
    return lambda fact, sides: fact[: len(beginning)] == beginning


def _setting(kind: str, word: str) -> Callable[[Fact, Sides], bool]:
    return lambda fact, sides: len(fact) == 4 and (fact[0], fact[2]) == (kind, word)


def _any(*tests: Callable[[Fact, Sides], bool]) -> Callable[[Fact, Sides], bool]:
    return lambda fact, sides: any(test(fact, sides) for test in tests)


def _zip_on_disk(fact: Fact, sides: Sides) -> bool:
    """The code's place in S3, unless Terraform takes it from S3 as well."""
    words = ("bucket", "object", "object version")
    from_s3 = any(len(f) == 4 and f[0] == "function" and f[2] == "bucket" and f[3] != "-" for f in sides[1])
    return len(fact) == 4 and fact[0] == "function" and fact[2] in words and not from_s3


def _written_later(fact: Fact, sides: Sides) -> bool:
    """A key of the first value that CloudFormation's template leaves out."""
    return fact[0] == "secret value" and not any(f[:2] == fact[:2] for f in sides[0])


DIFFERENCES = [
    Difference(
        "no-op egress",
        "CloudFormation opens a new security group to the world unless it is given a rule; the provider removes"
        " the rule that AWS adds.",
        cloudformation=lambda fact, sides: fact[0] == "egress" and "127.0.0.1/32" in fact[1],
    ),
    Difference(
        "attachment",
        "CloudFormation learns a database's address through SecretTargetAttachment, Terraform through a data source.",
        cloudformation=_is("attachment"),
    ),
    Difference(
        "written later",
        "Any edit of CloudFormation's template of the first value makes a new password current, so it holds only what"
        " never changes; the attachment or the function writes the rest. Terraform writes the first value once,"
        " whatever the rest becomes.",
        terraform=_written_later,
    ),
    Difference(
        "code on disk",
        "Terraform uploads a zip from disk, CloudFormation reads it from S3.",
        cloudformation=_zip_on_disk,
        terraform=_zip_on_disk,
    ),
    Difference(
        "hosted function",
        "AWS's own function comes from a transform in CloudFormation, which names it in the schedule, and from an"
        " application in Terraform, whose output is its ARN.",
        cloudformation=lambda fact, sides: fact == ("schedule", "the schedule", "function", "-"),
        terraform=lambda fact, sides: (
            fact[:3] == ("schedule", "the schedule", "function") and any(f[0] == "hosted" for f in sides[1])
        ),
    ),
]


def compare(cloudformation: set[Fact], terraform: set[Fact]) -> list[str]:
    """Return what one target has and the other has not, without what differs by nature."""
    sides = (cloudformation, terraform)
    ours = {f for f in cloudformation - terraform if not any(d.cloudformation(f, sides) for d in DIFFERENCES)}
    theirs = {f for f in terraform - cloudformation if not any(d.terraform(f, sides) for d in DIFFERENCES)}
    return [f"only CloudFormation: {' | '.join(f)}" for f in sorted(ours)] + [
        f"only Terraform: {' | '.join(f)}" for f in sorted(theirs)
    ]
