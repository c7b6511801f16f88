"""Runs rotaform and finds its bundles."""

import os
import re
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
ZIP_HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


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
    """Return values for a configuration's variables without a default, and the hash of a zip that nobody made."""
    path = folder / "variables.tf"
    text = path.read_text() if path.exists() else ""
    blocks = re.findall(r'^variable "(\w+)" \{(.*?)^\}', text, re.S | re.M)
    values = {name: looked_up(name) for name, body in blocks if not re.search(r"^\s*default\s*=", body, re.M)}
    return values | ({"function_zip_hash": ZIP_HASH} if any(name == "function_zip_hash" for name, _ in blocks) else {})
