"""The errors of a rotation: each says what is wrong and what somebody can do about it."""


class RotationError(Exception):
    """A rotation that cannot go on.

    `reason` says where and why, `remedy` what to do. Neither may hold a password, a hash of one
    or the value of a secret: the text ends up in the function's log.
    """

    def __init__(self, reason: str, remedy: str, step: str = "") -> None:
        """Keep the parts apart, so that the step can be added where it is known."""
        self.reason = reason
        self.remedy = remedy
        self.step = step
        super().__init__(f"{step}: {reason}; {remedy}" if step else f"{reason}; {remedy}")

    def during(self, step: str) -> "RotationError":
        """Return the same error with the name of the step in front."""
        return type(self)(self.reason, self.remedy, step)


class StatementFailed(RotationError):
    """The database refused a statement."""

    def __init__(self, reason: str, remedy: str, step: str = "", code: str = "") -> None:
        """Keep the database's code for what went wrong."""
        super().__init__(reason, remedy, step)
        self.code = code


class LoginRefused(RotationError):
    """The database answered, and refused the user name or the password."""
