"""CloudFormation templates: cfn-lint has nothing to say, and an outsider reads in YAML what JSON says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import bundles
import matrix
import template

CHUNKS = 4
TEMPLATE = "cloudformation/template.yaml"


def lint(*templates: Path) -> list[str]:
    """Return everything that cfn-lint says above informational."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("cfn-lint")), "--format", "json", "--", *map(str, templates)],
        text=True,
        capture_output=True,
        timeout=400,
    )
    assert done.stdout.strip().startswith("["), done.stderr
    return [
        f"{Path(m['Filename']).parts[-3]} {m['Rule']['Id']} {m['Message']} at {m['Location'].get('Path')}"
        for m in json.loads(done.stdout)
        if m["Level"] != "Informational"
    ]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_cfn_lint_has_nothing_to_say_about_the_matrix(matrix_bundles: Path, chunk: int) -> None:
    names = matrix.names()[chunk::CHUNKS]
    assert lint(*(matrix_bundles / name / TEMPLATE for name in names)) == []


def test_cfn_lint_has_nothing_to_say_about_the_gallery() -> None:
    names = bundles.bundle_names(bundles.GALLERY)
    if not names:
        pytest.skip("no gallery")
    assert lint(*(bundles.GALLERY / name / TEMPLATE for name in names)) == []


def test_cfn_lint_has_nothing_to_say_about_the_accepted_corpus(compiler: Path, tmp_path: Path) -> None:
    if not bundles.ACCEPTED.is_dir() or not any(bundles.ACCEPTED.iterdir()):
        pytest.skip("no accepted corpus")
    bundles.compile_specs(bundles.ACCEPTED, out=tmp_path)
    assert lint(*(tmp_path / name / TEMPLATE for name in bundles.bundle_names(tmp_path))) == []


@pytest.mark.parametrize("name", matrix.names())
def test_yaml_and_json_say_the_same(matrix_bundles: Path, matrix_json: Path, name: str) -> None:
    as_yaml = template.read(matrix_bundles / name / TEMPLATE)
    as_json = template.read(matrix_json / name / "cloudformation" / "template.json")
    assert template.differences(as_yaml, as_json) == []
    assert list(as_yaml["Resources"]) == list(as_json["Resources"])
