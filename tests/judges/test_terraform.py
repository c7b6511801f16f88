"""Terraform configurations: well formed, valid, applied to the end, and at rest afterwards."""

import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import hcl2
import pytest

import bundles
import matrix
import terraform
from conftest import Applied, by_entry
from stub_provider.server import Running
from template import differences


def test_terraform_would_format_nothing(provider: Running, matrix_bundles: Path) -> None:
    done = subprocess.run(
        [terraform.BINARY, "fmt", "-check", "-diff", "-recursive", str(matrix_bundles)], text=True, capture_output=True
    )
    assert (done.returncode, done.stdout[:2000]) == (0, "")


def test_terraform_would_format_nothing_in_the_gallery(provider: Running) -> None:
    if not bundles.bundle_names(bundles.GALLERY):
        pytest.skip("no gallery")
    done = subprocess.run(
        [terraform.BINARY, "fmt", "-check", "-diff", "-recursive", str(bundles.GALLERY)], text=True, capture_output=True
    )
    assert (done.returncode, done.stdout[:2000]) == (0, "")


@pytest.mark.parametrize("name", by_entry())
def test_it_applies_and_comes_to_rest(applied: Applied, name: str) -> None:
    assert applied(name).changes() == []


@pytest.mark.parametrize("name", by_entry())
def test_no_password_is_in_the_state(applied: Applied, name: str) -> None:
    one = applied(name)
    state = json.dumps(one.state())
    assert not [password for password in one.running.provider.generated if password in state]


@pytest.mark.parametrize("name", by_entry())
def test_terraform_reads_the_same_in_hcl_and_json(applied: Applied, tmp_path: Path, name: str) -> None:
    folder = bundles.working_copy(applied.json_form / name, tmp_path)
    assert not list(folder.glob("*.tf"))
    variables = bundles.variables(applied.hcl / name / "terraform")
    other = terraform.Terraform(folder, applied.running, variables)
    other.validate()
    applied(name)
    as_hcl, as_json = applied.plans[name], other.plan()
    assert differences(*without_templates(as_hcl, as_json)) == []


def without_templates(as_hcl: Any, as_json: Any) -> tuple[Any, Any]:
    """Drop what Terraform shows of JSON's templates: their source, where it shows HCL's value, or nothing."""
    if isinstance(as_hcl, dict) and isinstance(as_json, dict):
        source = json.dumps(as_json.get("constant_value"))
        skipped = {"constant_value"} if re.search(r"[$%]\{", source) else set()
        kept = [key for key in as_json if key not in skipped and key in as_hcl]
        both = {key: without_templates(as_hcl[key], as_json[key]) for key in kept}
        lone = ({k: v for k, v in side.items() if k not in both and k not in skipped} for side in (as_hcl, as_json))
        hcl_only, json_only = lone
        return {k: v[0] for k, v in both.items()} | hcl_only, {k: v[1] for k, v in both.items()} | json_only
    if isinstance(as_hcl, list) and isinstance(as_json, list) and len(as_hcl) == len(as_json):
        pairs = [without_templates(a, b) for a, b in zip(as_hcl, as_json, strict=True)]
        return [a for a, _ in pairs], [b for _, b in pairs]
    return as_hcl, as_json


@pytest.mark.parametrize("name", matrix.names())
def test_another_parser_reads_the_hcl(matrix_bundles: Path, name: str) -> None:
    for path in sorted((matrix_bundles / name / "terraform").glob("*.tf")):
        with path.open() as text:
            hcl2.load(text)


def test_it_can_be_destroyed_when_nothing_is_to_be_kept(
    matrix_bundles: Path, provider: Running, tmp_path: Path
) -> None:
    deleted = next(e for e in matrix.entries() if e.choices["secret"] == "deleted" and e.choices["source"] == "bundled")
    folder = bundles.working_copy(matrix_bundles / deleted.name, tmp_path)
    one = terraform.Terraform(folder, provider, bundles.variables(folder))
    one.apply()
    one.destroy()
    assert "values" not in one.state() or not one.state()["values"]["root_module"]


def test_what_is_kept_refuses_to_be_destroyed(matrix_bundles: Path, provider: Running, tmp_path: Path) -> None:
    created = next(e for e in matrix.entries() if e.choices["secret"] == "created" and e.choices["source"] == "bundled")
    folder = bundles.working_copy(matrix_bundles / created.name, tmp_path)
    one = terraform.Terraform(folder, provider, bundles.variables(folder))
    one.apply()
    done = one.run("destroy", "-auto-approve", "-no-color", "-input=false", accept=(1,))
    assert "prevent_destroy" in done.stderr


def test_the_zip_is_found_beside_the_module(matrix_bundles: Path, provider: Running, tmp_path: Path) -> None:
    bundled = next(e for e in matrix.entries() if e.choices["source"] == "bundled" and e.choices["form"] == "literal")
    folder = bundles.working_copy(matrix_bundles / bundled.name, tmp_path)
    name = re.search(r"\$\{path\.module\}/\.\./([\w-]+\.zip)", (folder / "main.tf").read_text())
    assert name
    (tmp_path / name[1]).write_bytes(b"code")
    one = terraform.Terraform(folder, provider)
    one.apply()
    resources = one.state()["values"]["root_module"]["resources"]
    function = next(r["values"] for r in resources if r["type"] == "aws_lambda_function")
    assert function["source_code_hash"] == base64.b64encode(hashlib.sha256(b"code").digest()).decode()
    assert (folder / function["filename"]).samefile(tmp_path / name[1])
