"""Both targets deploy the same: permissions, network, settings, and what the first rotation waits for.

Terraform's side is what it applied to the imagined account; CloudFormation's is its template
evaluated in the same account. Neither looks at rotaform's own plan.
"""

from pathlib import Path

import pytest

import facts_cloudformation
import facts_terraform
import template
from conftest import Applied, by_entry
from facts import Deployment
from known_differences import compare


def both(applied: Applied, name: str) -> tuple[Deployment, Deployment]:
    """Return what CloudFormation and Terraform deploy of one entry."""
    path: Path = applied.hcl / name / "cloudformation" / "template.yaml"
    return facts_cloudformation.deployment(template.read(path)), facts_terraform.deployment(applied(name))


@pytest.mark.parametrize("name", by_entry())
def test_both_targets_deploy_the_same(applied: Applied, name: str) -> None:
    cloudformation, terraform = both(applied, name)
    assert compare(cloudformation.all(), terraform.all()) == []


@pytest.mark.parametrize("name", by_entry())
def test_the_first_rotation_waits_for_the_same(applied: Applied, name: str) -> None:
    cloudformation, terraform = both(applied, name)
    assert cloudformation.before_schedule and terraform.before_schedule
    assert compare(cloudformation.first(), terraform.first()) == []


@pytest.mark.parametrize("name", by_entry())
def test_the_first_rotation_waits_for_all_that_it_needs(applied: Applied, name: str) -> None:
    for side in both(applied, name):
        everything, first = side.all(), side.first()
        network = {"ingress", "egress", "endpoint", "nat gateway", "route", "security group"}
        late = {f for f in everything - first if f[0] in network}
        own = {f for f in everything if f[0] == "function"}
        if own:
            function = next(iter(own))[1]
            role = next(f[3] for f in own if f[2] == "role").rsplit("/", 1)[-1]
            late |= {f for f in everything - first if f[0] in ("function", "role")}
            late |= {f for f in everything - first if f[0] == "attached" and f[2] == role}
            late |= {f for f in everything - first if f[0] == "invoke" and "secretsmanager" in f[1]}
            assert function and any(f[0] == "invoke" for f in first)
        assert not late, sorted(late)
