"""Specs of the whole language, pairwise over everything that may be chosen.

`python matrix.py FOLDER` writes them out. What cannot be combined is left out by a named reason. The specs in
`cases/specs` come on top: what no choice of the matrix leads to.
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from matrix_spec import OUTSIDE, spec
from pairs import Row, pairwise

OWN = Path(__file__).parent / "cases" / "specs"
CHOICES: dict[str, list[str]] = {
    "strategy": ["single", "single-superuser", "alternating", "alternating-key", "alternating-rds", "managed"],
    "engine": ["postgres", "mysql", "mariadb", "sqlserver", "oracle", "db2", "documentdb", "redshift", "custom", "-"],
    "address": ["instance", "cluster", "host", "workgroup", "-"],
    "egress": [
        "endpoint",
        "endpoint-elsewhere",
        "endpoint-without-dns",
        "existing",
        "existing-without-dns",
        "nat-existing",
        "nat-zonal",
        "nat-regional",
        "public",
        "-",
    ],
    "source": ["bundled", "directory", "s3", "image", "arn", "aws-hosted", "-"],
    "form": ["literal", "parameter", "ssm", "import"],
    "secret": ["created", "named", "replicated", "replicated-with-keys", "deleted", "adopted"],
    "key": ["none", "value", "create"],
    "operators": ["none", "configure", "trigger", "both"],
    "alerts": ["none", "create", "create-email", "create-trail", "value", "value-trail"],
    "schedule": ["default", "days", "hours-window", "cron", "cron-window", "not-at-once"],
    "password": ["default", "uri-safe", "shell-safe", "alphanumeric", "own"],
    "settings": ["default", "x86", "tuned", "hardened"],
    "group": ["created", "given"],
    "tls": ["verify-full", "require", "bundle"],
    "tags": ["none", "some"],
}

ADDRESSES = {
    "postgres": ("instance", "cluster", "host"),
    "mysql": ("instance", "cluster", "host"),
    "mariadb": ("instance", "host"),
    "sqlserver": ("instance", "host"),
    "oracle": ("instance", "host"),
    "db2": ("instance", "host"),
    "documentdb": ("instance", "cluster", "host"),
    "redshift": ("cluster", "workgroup", "host"),
    "custom": ("host",),
    "-": ("-",),
}


@dataclass(frozen=True)
class Reason:
    """Why some choices do not go together: true of a row that cannot be."""

    text: str
    keys: tuple[str, ...]
    excludes: Callable[..., bool]


REASONS = [
    Reason("managed rotation has no database", ("strategy", "engine"), lambda s, e: (s == "managed") != (e == "-")),
    Reason("managed rotation has no function", ("strategy", "source"), lambda s, f: (s == "managed") != (f == "-")),
    Reason("managed rotation has no placement", ("strategy", "egress"), lambda s, e: (s == "managed") != (e == "-")),
    Reason(
        "managed rotation is of a secret that AWS made",
        ("strategy", "secret"),
        lambda s, x: s == "managed" and x != "adopted",
    ),
    Reason(
        "managed rotation has no function to set up",
        ("strategy", "settings"),
        lambda s, x: s == "managed" and x != "default",
    ),
    Reason(
        "managed rotation has no function whose errors could be counted",
        ("strategy", "alerts"),
        lambda s, a: s == "managed" and a in ("create", "create-email", "value"),
    ),
    Reason(
        "an engine is found only by what AWS offers for it", ("engine", "address"), lambda e, a: a not in ADDRESSES[e]
    ),
    Reason(
        "Db2 users cannot change their own password", ("engine", "strategy"), lambda e, s: e == "db2" and s == "single"
    ),
    Reason(
        "RDS manages superuser secrets of RDS alone",
        ("engine", "strategy"),
        lambda e, s: s == "alternating-rds" and e in ("documentdb", "redshift", "custom"),
    ),
    Reason("DocumentDB has no public address", ("engine", "egress"), lambda e, x: e == "documentdb" and x == "public"),
    Reason(
        "there is no bundled or vended function for a custom service",
        ("engine", "source"),
        lambda e, f: e == "custom" and f in ("bundled", "aws-hosted"),
    ),
    Reason("the bundled function does not speak Db2", ("engine", "source"), lambda e, f: (e, f) == ("db2", "bundled")),
    Reason(
        "two logins of a custom service are unknown to the compiler",
        ("engine", "strategy"),
        lambda e, s: e == "custom" and s.startswith("alternating"),
    ),
    Reason(
        "AWS's own function has no single user with a superuser but for Db2",
        ("source", "strategy", "engine"),
        lambda f, s, e: f == "aws-hosted" and s == "single-superuser" and e != "db2",
    ),
    Reason(
        "AWS's own function cannot be set up", ("source", "settings"), lambda f, x: f == "aws-hosted" and x != "default"
    ),
    Reason(
        "AWS's own function makes passwords of one length",
        ("source", "password"),
        lambda f, p: f == "aws-hosted" and p == "own",
    ),
    Reason(
        "AWS's own function cannot be told another endpoint",
        ("source", "egress"),
        lambda f, x: f == "aws-hosted" and x.endswith("without-dns"),
    ),
    Reason(
        "an existing function is set up elsewhere", ("source", "settings"), lambda f, x: f == "arn" and x != "default"
    ),
    Reason(
        "an image brings runtime, layers and signature",
        ("source", "settings"),
        lambda f, x: f == "image" and x == "hardened",
    ),
    Reason(
        "a trust store travels with code in the bundle",
        ("source", "tls"),
        lambda f, t: t == "bundle" and f not in ("bundled", "directory"),
    ),
    Reason(
        "TLS is set where there is a database, and a function that can be told",
        ("source", "engine", "tls"),
        lambda f, e, t: t != "verify-full" and (f in ("-", "aws-hosted", "arn") or e in ("-", "custom")),
    ),
    Reason("outside a VPC there is no security group", ("egress", "group"), lambda e, g: e in OUTSIDE and g == "given"),
    Reason("an adopted secret keeps its key", ("secret", "key"), lambda s, k: s == "adopted" and k == "create"),
    Reason(
        "an adopted secret has its first password",
        ("secret", "password", "strategy"),
        lambda x, p, s: s == "managed" and p != "default",
    ),
]


def impossible(row: Row) -> bool:
    """Tell whether some reason excludes the row, as far as it is filled."""
    return any(all(k in row for k in r.keys) and r.excludes(*(row[k] for k in r.keys)) for r in REASONS)


@dataclass(frozen=True)
class Entry:
    """One spec of the matrix and the choices that made it."""

    name: str
    row: tuple[tuple[str, str], ...]

    @property
    def choices(self) -> Row:
        """Return the choices by name."""
        return dict(self.row)


@cache
def entries() -> list[Entry]:
    """Return the matrix, always in the same order and under the same names."""
    return [Entry(f"judged-{at:03}", tuple(row.items())) for at, row in enumerate(pairwise(CHOICES, impossible), 1)]


@cache
def names() -> list[str]:
    """Return the name of every spec, the hand-written ones last; a file is named like its spec."""
    return [entry.name for entry in entries()] + sorted(path.stem for path in OWN.glob("*.yaml"))


def write(folder: Path) -> list[Path]:
    """Write every spec, and the files that some of them name."""
    mine = folder / "mine"
    mine.mkdir(parents=True, exist_ok=True)
    (mine / "rotate.py").write_text(
        "def handler(event: dict, context: object) -> None:\n    raise NotImplementedError\n"
    )
    shutil.copy(Path(__file__).parent / "cases" / "ca.pem", folder)
    paths = [Path(shutil.copy(path, folder)) for path in sorted(OWN.glob("*.yaml"))]
    for entry in entries():
        path = folder / f"{entry.name}.yaml"
        path.write_text(yaml.safe_dump(spec(entry.name, entry.choices), sort_keys=False, allow_unicode=True))
        paths.append(path)
    return paths


if __name__ == "__main__":
    written = write(Path(sys.argv[1]))
    print(f"{len(written)} specs")
