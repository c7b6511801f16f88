"""The daily question whether rotation still happens.

A rotation that is never started makes no error that anybody could be told of. This check does.
"""

import logging
from datetime import UTC, datetime, timedelta

from errors import RotationError
from secret import Secret

LOG = logging.getLogger("rotation")

# Secrets Manager may use the whole rotation window, and retries for a while after a failure.
GRACE = timedelta(hours=24)


def check(secret: Secret, now: datetime | None = None) -> None:
    """Raise an error when the rotation of a secret is switched off or more than a day late."""
    known = secret.describe()
    last = (
        f"it was last rotated on {known.last_rotated:%Y-%m-%d}"
        if known.last_rotated
        else ("it has never been rotated")
    )
    if not known.rotation_enabled:
        raise RotationError(
            f"rotation of {secret.arn} is switched off; {last}",
            "deploy the rotation schedule again, or call RotateSecret with it",
            "overdue",
        )
    due = known.next_rotation
    if due is not None and (now or datetime.now(UTC)) - due > GRACE:
        raise RotationError(
            f"rotation of {secret.arn} is overdue since {due:%Y-%m-%d %H:%M %Z}; {last}",
            "look for the failed step in this function's log, mend its cause, and call"
            " RotateSecret",
            "overdue",
        )
    LOG.info("overdue: rotation of %s is on time; %s", secret.arn, last)
