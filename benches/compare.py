#!/usr/bin/env python3
"""Measures `rotaform synth` beside the AWS CDK and beside a plain copy of the same bytes.

What is measured: CPU seconds, wall seconds and peak memory of a whole process and its
children, as the kernel counts them when it ends (wait4). Every run starts a new process
and writes into an empty folder; the table shows the run with the median CPU time.

  rotaform synth     1 spec, 1,000 specs, 10,000 specs: the starter spec under other names
  CDK app            the same content as one stack (benches/cdk), run by node, 1 and 1,000
                     stacks, with and without the CDK's own template validation
  cp -r              the lower limit: what it costs to put the same bytes on the same disk

How to run it:

    cargo build --release
    (cd benches/cdk && npm install)        # once; or --without-cdk
    python3 benches/compare.py             # about two minutes
    python3 benches/compare.py --without-cdk --target cloudformation

ROTAFORM names another binary, CDK_APP another folder with the CDK app and its modules,
TMPDIR the disk to write to. All runs share the first two cores. Nothing here passes or
fails by time: the marks stand beside the figures for whoever reads them.
"""

import argparse
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
ROTAFORM = Path(
    os.environ.get("ROTAFORM", BENCHES.parent / "target" / "release" / "rotaform")
).resolve()
CDK_APP = Path(os.environ.get("CDK_APP", BENCHES / "cdk")).resolve()
STARTER = BENCHES.parent / "blueprints" / "specs" / "postgres-single-user.yaml"
CORES = 2


@dataclass(frozen=True)
class Cost:
    """What one process used from its start to its end."""

    cpu: float
    wall: float
    mebibytes: float


@dataclass(frozen=True)
class Mark:
    """The limits that a row is held against; None where there is none."""

    cpu: float | None = None
    wall: float | None = None
    mebibytes: float | None = None

    def __str__(self) -> str:
        limits = [
            self.cpu and f"{self.cpu * 1000:.0f} ms CPU",
            self.wall and f"{self.wall:.0f} s wall",
            self.mebibytes and f"{self.mebibytes:.0f} MiB",
        ]
        return ", ".join(filter(None, limits))

    def verdict(self, cost: Cost) -> str:
        pairs = [(self.cpu, cost.cpu), (self.wall, cost.wall), (self.mebibytes, cost.mebibytes)]
        held = [used <= limit for limit, used in pairs if limit is not None]
        return "" if not held else "yes" if all(held) else "NO"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    cost: Cost
    mark: Mark = Mark()


def measure(argv: list[str], env: dict[str, str] | None = None) -> Cost:
    """Run a command to its end and return what it used, its children included."""
    with tempfile.TemporaryFile() as errors:
        silence = [
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, errors.fileno(), 2),
        ]
        started = time.perf_counter()
        child = os.posix_spawnp(argv[0], argv, {**os.environ, **(env or {})}, file_actions=silence)
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - started
        if os.waitstatus_to_exitcode(status) != 0:
            errors.seek(0)
            report = errors.read().decode(errors="replace")[-2000:]
            sys.exit(f"`{' '.join(argv)}` failed:\n{report}")
    # Linux counts the peak in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit / 2**20)


def median(costs: list[Cost]) -> Cost:
    """Return the run with the median CPU time, whole: its three figures belong together."""
    middle = statistics.median_low(cost.cpu for cost in costs)
    return next(cost for cost in costs if cost.cpu == middle)


class Bench:
    """Runs the commands in one temporary folder and collects the rows."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.rows: list[Row] = []

    def into_empty(
        self,
        runs: int,
        argv_for: Callable[[Path], list[str]],
        env_for: Callable[[Path], dict[str, str]] = lambda out: {},
        keep: Path | None = None,
    ) -> Cost:
        """Measure a command `runs` times, each into a new folder; leave the last one in `keep`."""
        costs = []
        for run in range(runs):
            out = self.work / "out"
            costs.append(measure(argv_for(out), env_for(out)))
            if keep and run == runs - 1:
                out.rename(keep)
            else:
                shutil.rmtree(out)
        return median(costs)

    def synth(
        self,
        specs: Path,
        amount: int,
        runs: int,
        target: str,
        mark: Mark = Mark(),
        keep: Path | None = None,
    ) -> None:
        command = [str(ROTAFORM), "synth", str(specs), "--target", target, "--out"]
        cost = self.into_empty(runs, lambda out: [*command, str(out)], keep=keep)
        self.rows.append(Row(f"rotaform, {count(amount, 'spec')}, {target}", cost, mark))

    def cdk(self, stacks: int, validation: bool, runs: int) -> None:
        cost = self.into_empty(
            runs,
            lambda out: ["node", str(CDK_APP / "app.mjs")],
            lambda out: {
                "STACKS": str(stacks),
                "CDK_OUTDIR": str(out),
                "CDK_VALIDATION": "true" if validation else "false",
            },
        )
        what = f"CDK app, {count(stacks, 'stack')}, validation {'on' if validation else 'off'}"
        self.rows.append(Row(what, cost))

    def copy(self, what: str, source: Path, runs: int) -> None:
        cost = self.into_empty(runs, lambda out: ["cp", "-r", str(source), str(out)])
        self.rows.append(Row(what, cost))


def variation(starter: str, number: int) -> str:
    """Return the starter spec under other names: same shape, nothing shared with the others."""
    renamed, names = re.subn(
        r"^( *(?:name|instance): *)(\S+)$", rf"\g<1>\g<2>-{number}", starter, flags=re.MULTILINE
    )
    other_ids, ids = re.subn(
        r"\b((?:vpc|subnet|sg)-[0-9a-f]{3})[0-9a-f]{8}([0-9a-f]{6})\b",
        rf"\g<1>{number:08x}\g<2>",
        renamed,
    )
    if names < 2 or ids == 0:
        sys.exit(f"{STARTER}: found {names} names and {ids} ids to vary; this script expects more")
    return other_ids


def write_specs(folder: Path, amount: int) -> Path:
    """Write that many variations of the starter spec into a new folder."""
    starter = STARTER.read_text()
    folder.mkdir()
    for number in range(amount):
        (folder / f"spec-{number:05}.yaml").write_text(variation(starter, number))
    return folder


def size_of(folder: Path) -> tuple[int, int]:
    """Return how many files a folder holds and how many bytes they are."""
    sizes = [entry.stat().st_size for entry in folder.rglob("*") if entry.is_file()]
    return len(sizes), sum(sizes)


def count(amount: int, noun: str) -> str:
    return f"{amount:,} {noun}{'' if amount == 1 else 's'}"


def print_table(rows: list[Row]) -> None:
    head = ("", "CPU s", "wall s", "MiB", "mark", "met")
    lines = [head] + [
        (
            row.what,
            f"{row.cost.cpu:.4f}" if row.cost.cpu < 0.1 else f"{row.cost.cpu:.2f}",
            f"{row.cost.wall:.4f}" if row.cost.wall < 0.1 else f"{row.cost.wall:.2f}",
            f"{row.cost.mebibytes:.0f}",
            str(row.mark),
            row.mark.verdict(row.cost),
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        cells = [
            cell.rjust(width) if column in (1, 2, 3) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ]
        print("  ".join(cells).rstrip())


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--target", default="all", choices=["cloudformation", "terraform", "all"])
    parser.add_argument("--without-cdk", action="store_true", help="leave the CDK rows out")
    parser.add_argument("--without-10000", action="store_true", help="leave the 10,000 specs out")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    if not ROTAFORM.is_file():
        sys.exit(f"{ROTAFORM} is missing: `cargo build --release`, or name it in ROTAFORM")
    if not asked.without_cdk and not (CDK_APP / "node_modules").is_dir():
        sys.exit(f"{CDK_APP} has no modules: `npm install` there, or --without-cdk")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])

    with tempfile.TemporaryDirectory(prefix="rotaform-bench-") as folder:
        work = Path(folder)
        bench = Bench(work)

        one, thousand = write_specs(work / "one", 1), write_specs(work / "thousand", 1_000)
        one_out, thousand_out = work / "one-out", work / "thousand-out"
        bench.synth(one, 1, 20, asked.target, Mark(cpu=0.010), one_out)
        bench.synth(thousand, 1_000, 5, asked.target, Mark(wall=1, mebibytes=64), thousand_out)
        files, size = size_of(thousand_out)
        if not asked.without_10000:
            if shutil.disk_usage(work).free < 12 * size:
                print(f"10,000 specs left out: they need {10 * size / 2**30:.1f} GiB here")
            else:
                many = write_specs(work / "many", 10_000)
                bench.synth(many, 10_000, 3, asked.target, Mark(wall=10, mebibytes=64))
        if asked.target != "cloudformation":
            # Like for like: the CDK writes templates only.
            bench.synth(one, 1, 20, "cloudformation")
            bench.synth(thousand, 1_000, 5, "cloudformation")

        bench.copy("cp -r of the 1 bundle", one_out, 20)
        bench.copy("cp -r of the 1,000 bundles", thousand_out, 5)

        for stacks, runs in [] if asked.without_cdk else [(1, 5), (1_000, 1)]:
            bench.cdk(stacks, False, runs)
            bench.cdk(stacks, True, runs)

        # A child starts with the memory that its parent showed at the fork: no peak reads lower.
        floor = measure(["true"])
        print_table(bench.rows)
        print(f"\n1,000 bundles: {count(files, 'file')}, {size / 2**20:.1f} MiB.")
        print(f"Peaks below {floor.mebibytes:.0f} MiB read as {floor.mebibytes:.0f} MiB.")
        print(f"Starting and ending a process is {floor.cpu * 1000:.1f} ms CPU of each row.")


if __name__ == "__main__":
    main()
