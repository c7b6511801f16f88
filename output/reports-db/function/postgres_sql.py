"""Statements to PostgreSQL, and the errors they end in."""

from typing import Any

import pg8000.native  # type: ignore[import-untyped]

from errors import RotationError

INSUFFICIENT_PRIVILEGE = "42501"
READ_ONLY = "25006"


class StatementFailed(RotationError):
    """The server refused a statement."""

    def __init__(self, reason: str, remedy: str, step: str = "", code: str = "") -> None:
        """Keep the server's code for what went wrong."""
        super().__init__(reason, remedy, step)
        self.code = code


def quoted(name: str) -> str:
    """Return a name as an SQL identifier, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def run(connection: Any, where: str, statement: str, **parameters: str) -> list[Any]:
    """Run a statement. An error shows the server's words, and never the statement."""
    try:
        return connection.run(statement, **parameters) or []
    except pg8000.native.DatabaseError as error:
        fields = error.args[0]
        code = fields.get("C", "")
        raise StatementFailed(
            f"{where}: {fields.get('M')} (SQLSTATE {code})",
            "this server is a read-only replica: use the host name of the writer"
            if code == READ_ONLY
            else "see the server's log for the statement",
            code=code,
        ) from None
    except (pg8000.native.Error, OSError) as error:
        raise RotationError(
            f"{where}: the connection broke off ({type(error).__name__})",
            "see the server's log; the rotation is tried again",
        ) from None
