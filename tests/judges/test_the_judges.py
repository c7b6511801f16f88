"""The judges themselves: what must be refused is refused, and a difference is seen."""

import copy
import json
import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest

import facts_cloudformation
import facts_terraform
import matrix
import template
from account import looked_up
from facts import grants
from known_differences import compare
from pairs import pairwise
from stub_provider.policy_document import policy_document
from stub_provider.server import Running
from stub_provider.staging import CURRENT, PREVIOUS, Secrets
from terraform import Terraform

CASES = Path(__file__).parent / "cases"
ROTATION = CASES / "rotation"


def test_the_stand_in_refuses_what_the_schema_cannot(provider: Running, tmp_path: Path) -> None:
    source = (CASES / "refused.tf").read_text()
    lines = source.splitlines()
    rules = [i for i, line in enumerate(lines, 1) if re.match(r"(resource|data|ephemeral) ", line)]
    shutil.copy(CASES / "refused.tf", tmp_path / "main.tf")
    report = json.loads(Terraform(tmp_path, provider).run("validate", "-json", accept=(1,)).stdout)
    hit = {d["range"]["start"]["line"] for d in report["diagnostics"]}
    for start, end in zip(rules, rules[1:] + [len(lines) + 1], strict=True):
        assert any(start <= line < end for line in hit), f"not refused: {lines[start - 1]}"


def test_labels_move_as_in_aws() -> None:
    secret = Secrets()["arn"]
    first = secret.put("one", {CURRENT, "OWN"})
    second = secret.rotate()
    assert (secret.versions[first], secret.versions[second]) == ({"OWN", PREVIOUS}, {CURRENT})
    third = secret.rotate()
    assert (secret.versions[first], secret.versions[second], secret.versions[third]) == ({"OWN"}, {PREVIOUS}, {CURRENT})
    secret.move(CURRENT, first)
    assert (secret.versions[first], secret.versions[third], secret.current()) == ({"OWN", CURRENT}, {PREVIOUS}, "one")


def test_unlabelled_versions_leave_the_list_at_once_and_aws_after_a_hundred() -> None:
    secret = Secrets()["arn"]
    first = secret.put("one", {CURRENT})
    for _ in range(2):
        secret.rotate()
    assert first not in secret.listed() and first in secret.versions
    for _ in range(100):
        secret.rotate()
    assert first not in secret.versions


def test_policy_documents_keep_conditions_and_principals() -> None:
    statement = {
        "sid": "A",
        "effect": None,
        "actions": ["s3:Get"],
        "not_actions": None,
        "resources": ["arn:aws:s3:::&{aws:username}"],
        "not_resources": None,
        "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}],
        "not_principals": None,
        "condition": [{"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["1"]}],
    }
    config = {
        "statement": [statement],
        "source_policy_documents": None,
        "override_policy_documents": None,
        "version": None,
        "policy_id": None,
    }
    assert json.loads(policy_document(config))["Statement"] == [
        {
            "Sid": "A",
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "s3:Get",
            "Resource": "arn:aws:s3:::${aws:username}",
            "Condition": {"StringEquals": {"aws:SourceAccount": "1"}},
        }
    ]


def test_grants_do_not_depend_on_grouping() -> None:
    together = {"Statement": [{"Effect": "Allow", "Action": ["a:B", "a:C"], "Resource": ["x", "y"]}]}
    apart = {
        "Statement": [{"Sid": "S", "Effect": "Allow", "Action": a, "Resource": ["y", "x"]} for a in ("a:C", "a:B")]
    }
    assert set(grants(together)) == set(grants(apart)) and len(set(grants(apart))) == 4


def test_every_pair_that_may_be_is_in_the_matrix() -> None:
    rows = [entry.choices for entry in matrix.entries()]
    have = {((a, row[a]), (b, row[b])) for row in rows for a, b in combinations(matrix.CHOICES, 2)}
    engines_with_sources = {(row["engine"], row["source"]) for row in rows}
    assert len(engines_with_sources) == 8 * 6 - 1 + 4 + 1
    assert all(not matrix.impossible(row) for row in rows)
    assert (("egress", "nat-regional"), ("form", "import")) in have
    assert len({json.dumps(row, sort_keys=True) for row in rows}) == len(rows)


def test_pairs_are_covered() -> None:
    choices = {"a": ["1", "2", "3"], "b": ["1", "2"], "c": ["1", "2"]}
    rows = pairwise(choices, lambda row: row.get("a") == "3" and row.get("b") == "2")
    have = {((x, row[x]), (y, row[y])) for row in rows for x, y in combinations(choices, 2)}
    assert len(have) == 6 + 6 + 4 - 1


BROKEN = [
    ("PolicyDocument.Statement.0.Resource", "*"),
    ("PolicyDocument.Statement.0.Condition", {}),
    ("Principal", "apigateway.amazonaws.com"),
    ("FromPort", 1),
    ("Environment.Variables", {}),
    ("RotationRules.ScheduleExpression", "rate(1 day)"),
]


@pytest.mark.parametrize(("route", "value"), BROKEN)
def test_the_comparison_sees_a_difference(route: str, value: object) -> None:
    whole = template.read(ROTATION / "template.yaml")
    broken = copy.deepcopy(whole)
    *way, last = route.split(".")
    for resource in broken["Resources"].values():
        here = resource["Properties"]
        for step in way:
            here = here[int(step)] if isinstance(here, list) else here.get(step, {})
        if last in here:
            here[last] = value
            break
    else:
        raise AssertionError(f"nothing has {route}")
    one, other = facts_cloudformation.deployment(whole).all(), facts_cloudformation.deployment(broken).all()
    assert compare(one, one) == [] and compare(one, other) != []


@pytest.mark.parametrize("case", ["rotation", "surroundings"])
def test_both_sides_of_the_comparison_speak_the_same_words(provider: Running, tmp_path: Path, case: str) -> None:
    shutil.copy(CASES / case / "main.tf", tmp_path)
    one = Terraform(tmp_path, provider, {"database_group": looked_up("DatabaseGroup")} if case == "rotation" else {})
    one.validate()
    one.apply()
    assert one.changes() == []
    cloudformation = facts_cloudformation.deployment(template.read(CASES / case / "template.yaml"))
    terraform = facts_terraform.deployment(one)
    one.destroy()
    assert len(terraform.all()) > 40
    assert compare(cloudformation.all(), terraform.all()) == []
    assert compare(cloudformation.first(), terraform.first()) == []


def test_the_comparison_sees_what_the_schedule_no_longer_waits_for() -> None:
    whole = template.read(ROTATION / "template.yaml")
    broken = copy.deepcopy(whole)
    broken["Resources"]["Schedule"]["DependsOn"].remove("InvokePermission")
    one, other = facts_cloudformation.deployment(whole), facts_cloudformation.deployment(broken)
    assert compare(one.first(), one.first()) == [] and compare(one.first(), other.first()) != []
