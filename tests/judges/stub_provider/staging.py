"""Secrets Manager's versions and staging labels, with AWS's own rules.

A label stands on one version of a secret. A new AWSCURRENT pushes AWSPREVIOUS along. A version
without any label is deprecated: the list of versions leaves it out at once, and it is deleted
when there are more than a hundred. A labelled version is never deleted.
"""

from dataclasses import dataclass, field

import account

CURRENT, PREVIOUS, PENDING = "AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"
KEPT_DEPRECATED = 100


@dataclass
class Secret:
    """The versions of one secret, oldest first, each with its labels and its value."""

    arn: str
    versions: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def put(self, value: str, labels: set[str]) -> str:
        """PutSecretValue: add a version that carries the labels; the first one is always current."""
        self.made += 1
        version = account.uuid(self.arn, self.made)
        self.versions[version], self.values[version] = set(), value
        for label in sorted(labels | (set() if self._holder(CURRENT) else {CURRENT})):
            self.move(label, version)
        return version

    def move(self, label: str, version: str | None) -> None:
        """UpdateSecretVersionStage: take the label from its version and give it to another one."""
        holder = self._holder(label)
        if holder == version:
            return
        if holder:
            self.versions[holder].discard(label)
            if label == CURRENT:
                self.move(PREVIOUS, holder)
        if version:
            self.versions[version].add(label)
        self._delete_deprecated()

    def rotate(self) -> str:
        """Do what a successful rotation does to the labels."""
        version = self.put(f"rotated {self.made}", {PENDING})
        self.move(CURRENT, version)
        self.move(PENDING, None)
        return version

    def listed(self) -> dict[str, set[str]]:
        """ListSecretVersionIds as the provider calls it: deprecated versions are left out."""
        return {version: labels for version, labels in self.versions.items() if labels}

    def current(self) -> str | None:
        """Return the value that applications read."""
        holder = self._holder(CURRENT)
        return self.values[holder] if holder else None

    def _holder(self, label: str) -> str | None:
        return next((v for v, labels in self.versions.items() if label in labels), None)

    def _delete_deprecated(self) -> None:
        deprecated = [v for v, labels in self.versions.items() if not labels]
        for version in deprecated[: max(0, len(deprecated) - KEPT_DEPRECATED)]:
            del self.versions[version], self.values[version]


class Secrets:
    """All secrets of the imagined account, by ARN."""

    def __init__(self) -> None:
        self._by_arn: dict[str, Secret] = {}

    def __getitem__(self, arn: str) -> Secret:
        return self._by_arn.setdefault(arn, Secret(arn))

    def delete(self, arn: str) -> None:
        """Forget a secret and all of its versions."""
        self._by_arn.pop(arn, None)
