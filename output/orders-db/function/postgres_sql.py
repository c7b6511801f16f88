"""Statements to PostgreSQL, and the errors they end in."""

from typing import Any

import pg8000.native  # type: ignore[import-untyped]

from errors import StatementFailed
from server import USE_THE_WRITER, broken_off

INSUFFICIENT_PRIVILEGE = "42501"
READ_ONLY = "25006"


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
            USE_THE_WRITER if code == READ_ONLY else "see the server's log for the statement",
            code=code,
        ) from None
    except (pg8000.native.Error, OSError) as error:
        raise broken_off(where, error) from None
