"""Runs the real Terraform against the stand-in provider."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from stub_provider.server import Running

BINARY = os.environ.get("TERRAFORM", "terraform")


class Failed(AssertionError):
    """Terraform ended with an error; the message is its own output."""


class Terraform:
    """One working folder, one state, one stand-in."""

    def __init__(self, folder: Path, running: Running, variables: dict[str, Any] | None = None) -> None:
        self.folder, self.running = folder, running
        if variables:
            Path(folder, "judge.auto.tfvars.json").write_text(json.dumps(variables))

    def run(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
        """Run one command and return it; any exit code that is not accepted raises its output."""
        done = subprocess.run(
            [BINARY, *arguments],
            cwd=self.folder,
            text=True,
            capture_output=True,
            timeout=120,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "TF_REATTACH_PROVIDERS": self.running.reattach,
                "TF_IN_AUTOMATION": "1",
                "CHECKPOINT_DISABLE": "1",
            },
        )
        if done.returncode not in accept:
            raise Failed(
                f"{' '.join(arguments)} in {self.folder} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
            )
        return done

    def validate(self) -> None:
        """Check the configuration against the schema and the cross-attribute rules."""
        report = json.loads(self.run("validate", "-json", accept=(0, 1)).stdout)
        if report["diagnostics"]:
            raise Failed(json.dumps(report["diagnostics"], indent=2))

    def plan(self) -> dict[str, Any]:
        """Return what Terraform read and what it would make of it, without what depends on the run."""
        self.run("plan", "-input=false", "-no-color", "-out=plan.bin")
        shown = json.loads(self.run("show", "-json", "plan.bin").stdout)
        return {part: shown[part] for part in ("configuration", "planned_values", "variables") if part in shown}

    def apply(self) -> None:
        """Create everything."""
        self.run("apply", "-auto-approve", "-no-color", "-input=false")

    def changes(self) -> list[dict[str, Any]]:
        """Plan, and return every change to a resource, or else to an output."""
        plan = self.run("plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=plan.bin", accept=(0, 2))
        if plan.returncode == 0:
            return []
        shown = json.loads(self.run("show", "-json", "plan.bin").stdout)
        managed = [c for c in shown.get("resource_changes", []) if c["mode"] == "managed"]
        changed = [c for c in managed if c["change"]["actions"] != ["no-op"]]
        return changed or [{"type": "output", "name": name, "change": c} for name, c in shown["output_changes"].items()]

    def state(self) -> dict[str, Any]:
        """Return the applied state as JSON."""
        return json.loads(self.run("show", "-json").stdout)

    def graph(self) -> str:
        """Return which resource waits for which, in DOT."""
        return self.run("graph").stdout

    def destroy(self) -> None:
        """Remove everything that `apply` made."""
        self.run("destroy", "-auto-approve", "-no-color", "-input=false")
