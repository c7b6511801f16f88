"""checkov finds nothing to fail in the gallery, and everything it was told to skip has a reason."""

import json
import subprocess
from typing import Any

import pytest

import bundles


@pytest.fixture(scope="module")
def reports(checkov: str) -> dict[str, Any]:
    """One report for each framework, from one run over the whole gallery: checkov takes seconds to start."""
    if not bundles.bundle_names(bundles.GALLERY):
        pytest.skip("no gallery")
    done = subprocess.run(
        [
            checkov,
            "--directory",
            str(bundles.GALLERY),
            "--framework",
            "cloudformation",
            "terraform",
            "--output",
            "json",
            "--compact",
            "--skip-download",
            "--soft-fail",
        ],
        text=True,
        capture_output=True,
        timeout=400,
    )
    found = json.loads(done.stdout)
    return {report["check_type"]: report for report in (found if isinstance(found, list) else [found])}


@pytest.mark.xdist_group("checkov")
@pytest.mark.parametrize("framework", ["cloudformation", "terraform"])
def test_checkov_fails_nothing(reports: dict[str, Any], framework: str) -> None:
    report = reports[framework]
    assert report["results"].get("parsing_errors", []) == []
    assert [
        f"{c['check_id']} {c['file_path']} {c['resource']}: {c['check_name']}"
        for c in report["results"]["failed_checks"]
    ] == []
    assert report["summary"]["passed"] > 10 * len(bundles.bundle_names(bundles.GALLERY))


@pytest.mark.xdist_group("checkov")
@pytest.mark.parametrize("framework", ["cloudformation", "terraform"])
def test_what_is_skipped_has_a_reason(reports: dict[str, Any], framework: str) -> None:
    skipped = reports[framework]["results"].get("skipped_checks", [])
    assert [
        f"{c['check_id']} {c['resource']}" for c in skipped if len(c["check_result"].get("suppress_comment") or "") < 20
    ] == []
