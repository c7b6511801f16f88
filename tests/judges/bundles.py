"""Runs rotaform and finds its bundles."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from account import looked_up

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "output"
ACCEPTED = ROOT / "tests" / "corpus" / "accepted"


@cache
def binary() -> Path | None:
    """Return the compiler to judge: `$ROTAFORM`, or the newest that cargo built here."""
    if named := os.environ.get("ROTAFORM"):
        return Path(named).resolve()
    built = [path for kind in ("release", "debug") if (path := ROOT / "target" / kind / "rotaform").is_file()]
    return max(built, key=lambda path: path.stat().st_mtime, default=None)


def synth(
    *paths: Path, out: Path, form: str | None = None, flags: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run `rotaform synth` and return what it did, whether it succeeded or not."""
    if binary() is None:
        raise FileNotFoundError("rotaform is not built: run `cargo build --release`, or set ROTAFORM")
    arguments = [str(binary()), "synth", *map(str, paths), "--out", str(out), *flags]
    return subprocess.run(arguments + (["--format", form] if form else []), text=True, capture_output=True, timeout=120)


def compile_specs(*paths: Path, out: Path, form: str | None = None) -> Path:
    """Run `rotaform synth` and return the folder of bundles; a refusal raises the compiler's own words."""
    done = synth(*paths, out=out, form=form)
    if done.returncode != 0:
        raise AssertionError(f"rotaform ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return out


def write_spec(path: Path, spec: dict[str, Any]) -> Path:
    """Write one spec as YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(spec, sort_keys=False, allow_unicode=True))
    return path


def bundle_names(folder: Path) -> list[str]:
    """Return the names of the bundles in a folder."""
    return sorted(p.name for p in folder.iterdir() if (p / "cloudformation").is_dir()) if folder.is_dir() else []


def working_copy(bundle: Path, folder: Path) -> Path:
    """Copy a bundle, so that Terraform's own files stay out of it, and return its Terraform folder."""
    shutil.copytree(bundle, folder, dirs_exist_ok=True)
    return folder / "terraform"


def variables(folder: Path) -> dict[str, Any]:
    """Return values for the variables of a `.tf.json` configuration that have no default."""
    declared = (
        json.loads((folder / "variables.tf.json").read_text()).get("variable", {})
        if (folder / "variables.tf.json").exists()
        else {}
    )
    return {name: looked_up(name) for name, variable in declared.items() if "default" not in variable}
