"""Statements to MySQL and MariaDB, and the errors they end in."""

from collections.abc import Callable
from typing import Any

import pymysql

from errors import RotationError, StatementFailed
from server import USE_THE_WRITER, broken_off

# Whoever asked lacks a right.
DENIED = ("1044", "1045", "1142", "1143", "1227", "1370", "1410", "1698", "1959")
# What a right was given on is not there any more: a table, a column, a procedure.
VANISHED = ("1054", "1146", "1305")
NOT_GRANTED = ("1141", "1147")
MUST_CHANGE = "1820"
CURRENT_PASSWORD_NEEDED = "3892"
PREVENTED_BY_OPTION = "1290"
READ_ONLY = "1836"
POLICY = "1819"
CLIENT_ERRORS = range(2000, 3000)

# Not the server's number: it has one for every option that stands in the way.
HASH_PREVENTED = "strict-password-validation"

Run = Callable[..., list[Any]]


def quoted(name: str) -> str:
    """Return a name as an SQL identifier, whatever is in it."""
    return "`" + name.replace("`", "``") + "`"


def account(name: str, host: str) -> str:
    """Return a login at one host, as SQL."""
    return f"{quoted(name)}@{quoted(host)}"


def run(
    connection: Any, where: str, statement: str, *parameters: str, secret: bool = False
) -> list[Any]:
    """Run a statement. An error shows the server's words, unless they could repeat a secret.

    Only a statement with parameters has its percent signs read.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return list(cursor.fetchall())
    except pymysql.MySQLError as error:
        code, text = code_and_text(error)
        if code == 0 or code in CLIENT_ERRORS:
            raise broken_off(where, error) from None
        raise _failed(where, str(code), text, secret) from None


def needing(run: Run, right: str) -> Run:
    """Return a `run` that names the statement to run, when whoever logged in lacks a right.

    `{}` in the statement stands for their account.
    """

    def permitted(statement: str, *parameters: str) -> list[Any]:
        """Run a statement that needs the right."""
        try:
            return run(statement, *parameters)
        except StatementFailed as error:
            if error.code not in DENIED:
                raise
            ((user,),) = run("SELECT CURRENT_USER()")
            remedy = right.replace("{}", account(*user.rsplit("@", 1)))
            raise RotationError(error.reason, f"run: {remedy}") from None

    return permitted


def code_and_text(error: BaseException) -> tuple[int, str]:
    """Return the number and the text of an error; 0 when it is the driver's own."""
    match error.args:
        case (int(code), str(text)):
            return code, text
        case _:
            return 0, ""


def _failed(where: str, code: str, text: str, secret: bool) -> StatementFailed:
    """Say what a refused statement means."""
    remedy = "see the server's log for the statement"
    if code == PREVENTED_BY_OPTION and HASH_PREVENTED in text:
        code = HASH_PREVENTED
    elif code == READ_ONLY or (code == PREVENTED_BY_OPTION and "read-only" in text):
        remedy = USE_THE_WRITER
    elif code == POLICY:
        remedy = "let the length and the characters of the password meet the server's policy"
    shown = "a statement with a password" if secret else text
    return StatementFailed(f"{where}: {shown} (error {code})", remedy, code=code)
