"""What all judges share: the compiled matrix, the stand-in provider, and the tools they need."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bundles
import matrix
import terraform
from stub_provider.server import Running

STRICT = bool(os.environ.get("CI"))


def needs(present: object, what: str) -> None:
    """Skip, or in CI fail, when something is not there."""
    if not present:
        (pytest.fail if STRICT else pytest.skip)(f"{what} not found")


@pytest.fixture(scope="session")
def compiler() -> Path:
    """The compiler's path."""
    found = bundles.binary()
    needs(found and found.is_file(), "rotaform")
    return found or Path()


@pytest.fixture(scope="session")
def matrix_specs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the matrix's specs."""
    folder = tmp_path_factory.mktemp("specs")
    matrix.write(folder)
    return folder


@pytest.fixture(scope="session")
def matrix_bundles(compiler: Path, matrix_specs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The matrix, compiled to YAML and HCL."""
    return bundles.compile_specs(matrix_specs, out=tmp_path_factory.mktemp("bundles"))


@pytest.fixture(scope="session")
def matrix_json(compiler: Path, matrix_specs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The matrix, compiled to JSON."""
    return bundles.compile_specs(matrix_specs, out=tmp_path_factory.mktemp("json"), form="json")


@pytest.fixture(scope="session")
def provider() -> Iterator[Running]:
    """One stand-in for all Terraform runs of a worker."""
    needs(shutil.which(terraform.BINARY), "terraform")
    with Running() as running:
        yield running


class Applied:
    """Applies matrix entries, each once in a worker, and remembers what went wrong."""

    def __init__(self, hcl: Path, json_form: Path, folder: Path, running: Running) -> None:
        self.hcl, self.json_form, self.folder, self.running = hcl, json_form, folder, running
        self._done: dict[str, Any] = {}
        self.plans: dict[str, dict[str, Any]] = {}

    def __call__(self, name: str) -> terraform.Terraform:
        """Return an entry's applied configuration."""
        if name not in self._done:
            try:
                folder = bundles.working_copy(self.hcl / name, self.folder / name)
                variables = bundles.variables(folder)
                one = terraform.Terraform(folder, self.running, variables)
                one.validate()
                self.plans[name] = one.plan()
                one.apply()
                self._done[name] = one
            except terraform.Failed as failed:
                self._done[name] = failed
        if isinstance(self._done[name], Exception):
            raise self._done[name]
        return self._done[name]


@pytest.fixture(scope="session")
def applied(
    matrix_bundles: Path, matrix_json: Path, provider: Running, tmp_path_factory: pytest.TempPathFactory
) -> Applied:
    """Applies entries of the matrix on demand."""
    return Applied(matrix_bundles, matrix_json, tmp_path_factory.mktemp("applied"), provider)


def by_entry() -> list[Any]:
    """Return the matrix as test parameters; one entry's tests share a worker, and so its state."""
    return [pytest.param(name, id=name, marks=pytest.mark.xdist_group(name)) for name in matrix.names()]


@pytest.fixture(scope="session")
def checkov() -> str:
    """The path of checkov, which lives in an environment of its own (see README.md)."""
    beside = Path(sys.prefix) / "checkov" / "bin" / "checkov"
    found = os.environ.get("CHECKOV") or (str(beside) if beside.is_file() else shutil.which("checkov"))
    needs(found, "checkov")
    return str(found)
