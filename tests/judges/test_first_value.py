"""The first password never comes back over a live one.

Terraform: the stand-in rotates until AWS has forgotten the first version, and the next plan must
be empty. CloudFormation: the handler makes a new password whenever anything below
`GenerateSecretString` changes, so no ordinary edit of a spec may change it.
"""

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import bundles
import template
from stack import Stack
from stub_provider.server import Running
from stub_provider.staging import CURRENT
from terraform import Terraform

VERSION = "aws_secretsmanager_secret_version"
ROTATIONS = 105

ORDERS: dict[str, Any] = {
    "version": 1,
    "name": "first-value",
    "secret": {"name": "prod/orders/db", "username": "orders_app"},
    "database": {
        "engine": "postgres",
        "host": "orders.example.com",
        "dbname": "orders",
        "security_group": "sg-0db00000000000001",
    },
    "strategy": {
        "single-user": {"superuser_secret": "arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:admin-AbCdEf"}
    },
    "placement": {
        "vpc": "vpc-0a000000000000001",
        "subnets": ["subnet-0a00000000000000a", "subnet-0a00000000000000b"],
        "egress": "vpc-endpoint",
    },
}


def edited(route: str, value: Any) -> dict[str, Any]:
    """Return the spec with the value at a route such as `database.port` replaced."""
    spec = copy.deepcopy(ORDERS)
    *way, last = route.split(".")
    here = spec
    for step in way:
        here = here.setdefault(step, {})
    here[last] = value
    return spec


@pytest.fixture
def orders(compiler: Path, provider: Running, tmp_path: Path) -> Terraform:
    """The spec's Terraform, compiled but not applied; a module that needs no variables."""
    spec = bundles.write_spec(tmp_path / "spec.yaml", ORDERS)
    folder = bundles.compile_specs(spec, out=tmp_path / "out") / "first-value" / "terraform"
    return Terraform(folder, provider, bundles.variables(folder))


def secret_of(one: Terraform) -> Any:
    """Return the stand-in's secret that a configuration created."""
    resources = one.state()["values"]["root_module"]["resources"]
    version = next(r for r in resources if r["type"] == VERSION)
    return one.running.provider.secrets[version["values"]["secret_id"]]


def mutate(one: Terraform, pattern: str, replacement: str) -> None:
    """Change the one place in the generated HCL that matches."""
    hits = [
        (path, text) for path in sorted(one.folder.glob("*.tf")) if re.search(pattern, text := path.read_text(), re.S)
    ]
    assert len(hits) == 1, f"{pattern} is in {[p.name for p, _ in hits]}"
    path, text = hits[0]
    path.write_text(re.sub(pattern, replacement, text, count=1, flags=re.S))


OWN_LABEL = r'(version_stages\s*=\s*\[\s*"AWSCURRENT"),[^\]]*\]'
IGNORED = r"(ignore_changes\s*=\s*\[)\s*secret_string_wo_version,\s*version_stages,?\s*\]"


def test_the_plan_stays_empty_after_a_hundred_rotations(orders: Terraform) -> None:
    orders.apply()
    secret = secret_of(orders)
    first, first_value = next(iter(secret.versions)), secret.current()
    for rotation in range(ROTATIONS):
        secret.rotate()
        if rotation in (0, 1, ROTATIONS - 1):
            assert orders.changes() == [], f"after {rotation + 1} rotations"
    assert secret.versions[first] and CURRENT not in secret.versions[first]
    orders.apply()
    assert secret.current() != first_value


def test_without_its_own_label_the_first_version_would_be_written_again(orders: Terraform) -> None:
    """Shows that the test above can fail, and what would happen."""
    mutate(orders, OWN_LABEL, r"\1]")
    orders.apply()
    secret = secret_of(orders)
    for _ in range(2):
        secret.rotate()
    live = secret.current()
    assert [(c["type"], c["change"]["actions"]) for c in orders.changes()] == [(VERSION, ["create"])]
    orders.apply()
    assert secret.current() != live


def test_without_ignoring_its_labels_the_first_version_would_become_current_again(orders: Terraform) -> None:
    """The other half: a label of its own alone moves AWSCURRENT back."""
    mutate(orders, IGNORED, r"\1secret_string_wo_version]")
    orders.apply()
    secret = secret_of(orders)
    first_value = secret.current()
    secret.rotate()
    assert [(c["type"], c["change"]["actions"]) for c in orders.changes()] == [(VERSION, ["update"])]
    orders.apply()
    assert secret.current() == first_value


WRITE_ONLY = (r"(secret_string_wo_version\s*=\s*)1\b", r"\g<1>2")


def test_raising_the_number_of_the_first_password_changes_nothing(orders: Terraform) -> None:
    """A new number would put a new password over the live one: it is ignored."""
    orders.apply()
    mutate(orders, *WRITE_ONLY)
    assert orders.changes() == []


def test_without_ignoring_its_number_a_second_first_password_is_refused(orders: Terraform) -> None:
    """Behind the ignored number stands a second lock: the version may not be replaced."""
    mutate(orders, IGNORED, r"\1version_stages]")
    orders.apply()
    mutate(orders, *WRITE_ONLY)
    done = orders.run("plan", "-input=false", "-no-color", accept=(1,))
    assert "prevent_destroy" in done.stderr


@pytest.mark.parametrize("name", bundles.bundle_names(bundles.GALLERY))
def test_the_gallery_stays_at_rest(provider: Running, compiler: Path, tmp_path: Path, name: str) -> None:
    folder = bundles.working_copy(bundles.GALLERY / name, tmp_path)
    if VERSION not in (folder / "main.tf").read_text():
        pytest.skip("adopts a secret")
    one = Terraform(folder, provider, bundles.variables(folder))
    one.apply()
    for _ in range(ROTATIONS):
        secret_of(one).rotate()
    assert one.changes() == []


def generator(folder: Path) -> Any:
    """Return what CloudFormation's handler would compare: the evaluated `GenerateSecretString`."""
    stack = Stack(template.read(folder / "first-value" / "cloudformation" / "template.yaml"))
    secret = next(i for i, r in stack.resources.items() if r["Type"] == "AWS::SecretsManager::Secret")
    return stack.properties(secret)["GenerateSecretString"]


KEPT = {
    "database.host": "orders-new.example.com",
    "database.port": 6432,
    "database.dbname": "orders2",
    "description": "moved",
    "tags": {"team": "orders"},
    "schedule": {"every": "7 days"},
    "secret.description": "moved",
    "secret.kms_key": "create",
    "secret.replica_regions": ["eu-central-1"],
    "function.memory": 512,
    "database.tls": "require",
    "strategy.single-user.superuser_secret": "arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:other-AbCdEf",
    "placement.egress": {"nat-gateway": "existing"},
    "alerts": {"topic": "create"},
    "secret.extra": {"tenant": "acme"},
}


@pytest.mark.parametrize("route", KEPT)
def test_an_ordinary_edit_makes_no_new_password(compiler: Path, tmp_path: Path, route: str) -> None:
    out = tmp_path / "out"
    bundles.compile_specs(bundles.write_spec(tmp_path / "spec.yaml", ORDERS), out=out)
    before = generator(out)
    bundles.compile_specs(bundles.write_spec(tmp_path / "spec.yaml", edited(route, KEPT[route])), out=out)
    assert generator(out) == before


REFUSED = {"secret.username": "other_app", "secret.password": {"profile": "alphanumeric"}, "secret.password.length": 40}


@pytest.mark.parametrize("route", REFUSED)
def test_an_edit_that_makes_a_new_password_is_refused_until_accepted(
    compiler: Path, tmp_path: Path, route: str
) -> None:
    spec, out, was = tmp_path / "spec.yaml", tmp_path / "out", tmp_path / "was"
    bundles.compile_specs(bundles.write_spec(spec, ORDERS), out=out)
    shutil.copytree(out, was)
    bundles.write_spec(spec, edited(route, REFUSED[route]))
    refused = bundles.synth(spec, out=out)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert contents(out) == contents(was)
    accepted = bundles.synth(spec, out=out, flags=("--accept-new-password",))
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert generator(out) != generator(was)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones too."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
