"""The adapter for PostgreSQL, with pg8000.

The two logins that take turns, `app` and `app_clone`, are made to be one:

- `app_clone` is a member of `app`. What `app` is granted, today or later, holds for both.
- `app_clone` starts each session as `app` (`ALTER ROLE app_clone SET role TO app`). What either
  login creates belongs to `app`, so each can change and drop what the other made. When an
  administrator has given `app` an owner role of its own (`ALTER ROLE app SET role TO
  app_owner`, with `app` a member of `app_owner`), `app_clone` starts as that role too.
- `app_clone` has the settings of `app` (`search_path`, `statement_timeout`, ...) and its
  connection limit.

Every rotation brings this up to date. Three things stay different: `session_user` and the name in
`pg_stat_activity`, lines for one user in `pg_hba.conf`, and objects that a clone came to own before
it was set up like this. `REASSIGN OWNED BY app_clone TO app`, run in each database, hands those
over.
"""

import ssl
from typing import Any

import pg8000.native  # type: ignore[import-untyped]
from scramp import ScramException  # type: ignore[import-untyped]

from contract import Session
from credential import Credential
from errors import LoginRefused, RotationError
from postgres_session import PostgresSession
from postgres_sql import quoted
from server import (
    SEE_THE_PORT,
    TIMEOUT_SECONDS,
    broken_off,
    no_tls,
    open_socket,
    tls_context,
    tls_failure,
)
from settings import Settings

ENGINES: tuple[str, ...] = ("postgres", "aurora-postgresql")
DEFAULT_DBNAME = "postgres"
CLONE_SUFFIX = "_clone"
NAME_BYTES = 63

# invalid_password; invalid_authorization_specification
REFUSED = ("28P01", "28000")
CLEAR_PASSWORD_REQUEST = 3


class _Connection(pg8000.native.Connection):  # type: ignore[misc]
    """A connection that never sends a password in the clear.

    With TLS alone a server whose certificate is not checked could ask for it and get it.
    """

    def handle_AUTHENTICATION_REQUEST(self, data: bytes, context: Any) -> None:
        """Answer the server's request for a proof of the password."""
        if int.from_bytes(data[:4], "big") == CLEAR_PASSWORD_REQUEST:
            raise _ClearPasswordAsked
        super().handle_AUTHENTICATION_REQUEST(data, context)


class _ClearPasswordAsked(Exception):
    """The server wants the password itself."""


def connect(login: Credential, settings: Settings) -> Session:
    """Log in over TLS; raise `LoginRefused` when it is the login that is refused."""
    check_name(login.username, settings)
    where = f"{login.place}, database `{login.dbname}`, login `{login.username}`"
    context = tls_context(settings.verify_server, settings.ca_bundle)
    sock = open_socket(login.host, login.port)
    try:
        connection = _Connection(
            login.username,
            host=login.host,
            database=login.dbname,
            password=login.password,
            ssl_context=context,
            timeout=TIMEOUT_SECONDS,
            application_name="rotation",
            sock=sock,
        )
    except BaseException as error:
        sock.close()
        raise _translated(error, login.place, where, settings) from None
    return PostgresSession(connection, where, login.username).ready()


def _translated(error: BaseException, place: str, where: str, settings: Settings) -> BaseException:
    """Say what a failed login means; whatever is not known stays as it is."""
    if isinstance(error, ssl.SSLError):
        return tls_failure(error, place, settings)
    if isinstance(error, _ClearPasswordAsked):
        return RotationError(
            f"{where}: the server asks for the password in the clear",
            "let pg_hba.conf ask this login for `scram-sha-256`",
        )
    if isinstance(error, pg8000.native.DatabaseError):
        fields = error.args[0]
        reason = f"{where}: {fields.get('M')} (SQLSTATE {fields.get('C')})"
        if fields.get("C") in REFUSED:
            return LoginRefused(reason, "store a login that works in the secret")
        return RotationError(reason, _LOGIN_REMEDIES.get(fields.get("C"), "see the server's log"))
    if isinstance(error, ScramException):
        return RotationError(
            f"{where}: the server does not prove that it knows the password",
            "check that the host is the database itself, not a proxy that ends TLS on the way",
        )
    if isinstance(error, pg8000.native.InterfaceError) and "refuses SSL" in str(error):
        return no_tls(place, "`ssl = on`")
    if isinstance(error, (pg8000.native.Error, OSError)):
        return broken_off(where, error, SEE_THE_PORT)
    return error


_LOGIN_REMEDIES = {
    "3D000": "correct DATABASE_NAME, or `dbname` in the secret",
    "42501": "GRANT CONNECT ON DATABASE to this login",
    "53300": "raise max_connections, or the connection limit of this login",
    "57P03": "wait until the server has started; the rotation is tried again",
}


def password_statement(name: str) -> str:
    """Return the statement by which a person sets a password, without the password."""
    return f"ALTER ROLE {quoted(name)} PASSWORD '...'"


def check_name(name: str, _settings: Settings) -> None:
    """Refuse a name that the server would cut off, and so take for another."""
    if "\0" in name or len(name.encode()) > NAME_BYTES:
        raise RotationError(
            f"the login `{name!r}` does not fit into PostgreSQL's {NAME_BYTES} bytes for a name",
            "choose a shorter user name",
        )
