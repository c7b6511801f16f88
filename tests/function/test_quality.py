"""The code is typed, linted, free of holes in its pins, and says what each part is for."""

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ALTERNATING, BLUEPRINT, BUNDLE, SERVERS, SINGLE, World, render

HERE = Path(__file__).parent
SOURCES = sorted(BLUEPRINT.glob("*.py"))


def run(*command: str | Path, cwd: Path = HERE, **environment: str) -> None:
    """Run a tool from this Python's own environment, if it is there."""
    tool = shutil.which(str(command[0]), path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip(f"{command[0]} not found: pip install -r tests/function/requirements.txt")
    done = subprocess.run(
        [tool, *command[1:]],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def write_entry_points(folder: Path) -> None:
    """Write `rotate.py` for each strategy and each adapter."""
    for module in {server.module for server in SERVERS.values()}:
        for strategy in (SINGLE, ALTERNATING):
            (folder / f"rotate_{strategy}_{module}.py").write_text(render(strategy, module))


def test_types(tmp_path: Path) -> None:
    write_entry_points(tmp_path)
    files = [*SOURCES, *sorted(HERE.glob("*.py")), *sorted(tmp_path.glob("*.py"))]
    cache = f"--cache-dir={tmp_path / 'cache'}"
    run("mypy", "--strict", "--python-version=3.13", cache, *files, MYPYPATH=str(BLUEPRINT))


def test_lints_and_format(tmp_path: Path) -> None:
    write_entry_points(tmp_path)
    config: list[str | Path] = ["--config", HERE / "ruff.toml", "--no-cache"]
    run("ruff", "check", *config, BLUEPRINT, HERE)
    # The names of the two modules decide their order, so the template cannot have them sorted.
    run("ruff", "check", *config, "--extend-ignore=I001", tmp_path)
    run("ruff", "format", "--check", *config, BLUEPRINT, HERE, tmp_path)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_file_is_short_and_every_function_explained(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") < 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            inner = isinstance(node, ast.FunctionDef) and node.name == "handler"
            assert inner or ast.get_docstring(node), getattr(node, "name", path.name)


@pytest.mark.parametrize(
    ("module", "drivers"),
    [("postgres", ["pg8000", "scramp", "asn1crypto"]), ("mysql", ["pymysql"])],
)
def test_the_driver_under_test_is_the_pinned_one_beside_the_runtimes_libraries(
    module: str, drivers: list[str]
) -> None:
    text = (BLUEPRINT / f"requirements-{module}.txt").read_text()
    pins = re.findall(r"^(\S+)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}$", text, re.MULTILINE)
    assert [name for name, _ in pins] == drivers
    for name, version in pins:
        assert importlib.metadata.version(name) == version
    # The runtime's boto3 holds this one back below 3, where pg8000 alone would take a newer one.
    assert importlib.metadata.version("python-dateutil").startswith("2.")


def test_the_code_needs_nothing_but_the_bundle_and_boto3(world: World) -> None:
    allowed = {"boto3", "botocore", "pg8000", "pymysql", "scramp", "mypy_boto3_secretsmanager"}
    own = {path.stem for path in BUNDLE.glob("*.py")}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            tops = {name.split(".")[0] for name in names}
            assert tops <= allowed | own | sys.stdlib_module_names, path.name
