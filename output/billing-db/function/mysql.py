"""The adapter for MySQL, Aurora MySQL and MariaDB, with PyMySQL.

A login is all the accounts of its name: `app`@`%`, `app`@`10.0.%`. A superuser gives all of them
the same password. A login that changes its own reaches only the account it logged in with.

The two logins that take turns, `app` and `app_clone`, are kept alike: for each account of `app`
there is one of `app_clone` with the same host, rights, roles, default roles, TLS requirements and
limits. Each rotation grants the clone what `app` was granted meanwhile, and takes away what `app`
no longer has. Not copied are PROXY, partial revokes (refused) and how long a password lasts. Views
and routines keep the login that made them as their DEFINER.

No statement holds a password, only its stored form, with two exceptions: a login that changes its
own password on MySQL, which keeps it out of its logs unless `log_raw` is set; and a MariaDB that
judges passwords, with a plugin for that and `strict_password_validation`.

A login with caching_sha2_password shows the server its password within TLS. `DATABASE_TLS=require`
does not check whose server that is, and so trusts the network with it.
"""

import ssl
from collections.abc import Callable
from typing import Any

import pymysql
from pymysql.connections import Connection
from pymysql.constants import CLIENT

from contract import Session
from credential import Credential
from errors import LoginRefused, RotationError
from mysql_session import MysqlSession
from mysql_sql import account, code_and_text
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

ENGINES: tuple[str, ...] = ("mysql", "aurora-mysql", "mariadb")
DEFAULT_DBNAME = ""
CLONE_SUFFIX = "_clone"
NAME_CHARACTERS = {"mariadb": 80}
MYSQL_NAME_CHARACTERS = 32

# Access denied, also for want of a password; locked, in MySQL and MariaDB; too many wrong
# passwords, in both.
REFUSED = (1045, 1698, 3118, 4151, 3955, 4150)
NO_TLS = 2026
UNKNOWN_PLUGIN = (1251, 1524, 2059)


class _Connection(Connection):
    """A connection that does nothing before the login is known to have worked.

    An expired login is let in to set a new password, and may not even name its character set.
    """

    def set_character_set(self, charset: str, collation: str | None = None) -> None:
        """Leave that to the session."""


class _ClearPasswordAsked(Exception):
    """The server wants the password itself."""


class _Refusing:
    """An authentication plugin that would hand the password over. It does not."""

    def __init__(self, _connection: object) -> None:
        """Be made by the driver, once the server asks for the plugin."""

    def authenticate(self, _packet: object) -> None:
        """Refuse."""
        raise _ClearPasswordAsked


_REFUSED_PLUGINS: dict[str, Callable[[Any], Any]] = {
    "dialog": _Refusing,
    "mysql_clear_password": _Refusing,
    "mysql_old_password": _Refusing,
}


def connect(login: Credential, settings: Settings) -> Session:
    """Log in over TLS; raise `LoginRefused` when it is the login that is refused.

    No database is chosen: passwords belong to the server, and a new login may use none yet.
    """
    check_name(login.username, settings)
    where = f"{login.place}, login `{login.username}`"
    connection = _Connection(
        user=login.username,
        password=login.password.encode(),
        host=login.host,
        charset="utf8mb4",
        autocommit=None,
        client_flag=CLIENT.HANDLE_EXPIRED_PASSWORDS,
        read_timeout=TIMEOUT_SECONDS,
        write_timeout=TIMEOUT_SECONDS,
        ssl=tls_context(settings.verify_server, settings.ca_bundle),
        auth_plugin_map=_REFUSED_PLUGINS,
        program_name="rotation",
        defer_connect=True,
    )
    sock = open_socket(login.host, login.port)
    try:
        connection.connect(sock)
    except BaseException as error:
        sock.close()
        within_tls = bool(getattr(connection, "_secure", False))
        raise _translated(error, login.place, where, settings, within_tls) from None
    return MysqlSession(connection, where, login.password).ready()


def _translated(
    error: BaseException, place: str, where: str, settings: Settings, within_tls: bool
) -> BaseException:
    """Say what a failed login means; whatever is not known stays as it is."""
    cause = getattr(error, "original_exception", error)
    if isinstance(cause, ssl.SSLError):
        return tls_failure(cause, place, settings)
    code, text = code_and_text(error)
    if code == NO_TLS:
        return no_tls(place, "`ssl_cert` and `ssl_key`")
    # Before TLS anybody on the way could have said that the login is refused.
    if code in REFUSED and within_tls:
        return LoginRefused(
            f"{where}: {text} (error {code})", "store a login that works in the secret"
        )
    # For a login that does not exist MariaDB plays another one, whatever that is identified by.
    if isinstance(error, _ClearPasswordAsked):
        return LoginRefused(f"{where}: the server asks for the password in the clear", _IDENTIFY)
    if code in UNKNOWN_PLUGIN or isinstance(error, RuntimeError):
        return LoginRefused(
            f"{where}: the login is identified by a plugin that the server or the function lacks",
            _IDENTIFY,
        )
    if 1000 <= code < 2000 or code > 3000:
        remedy = _LOGIN_REMEDIES.get(code, "see the server's log")
        return RotationError(f"{where}: {text} (error {code})", remedy)
    if isinstance(error, (pymysql.MySQLError, OSError)):
        return broken_off(where, cause, SEE_THE_PORT)
    return error


_IDENTIFY = (
    "identify the login by caching_sha2_password on MySQL, by mysql_native_password on MariaDB"
)
_LOGIN_REMEDIES = {
    1040: "raise max_connections",
    1129: "run: FLUSH HOSTS, and find out what else connects from the function's addresses",
    1130: "create the login for a host that the function's addresses fit, such as `%`",
    1203: "raise max_user_connections",
    1226: "raise this limit of the login with ALTER USER ... WITH",
}


def password_statement(name: str) -> str:
    """Return the statement by which a person sets a password, without the password."""
    return f"ALTER USER {account(name, '%')} IDENTIFIED BY '...'"


def check_name(name: str, settings: Settings) -> None:
    """Refuse a name that the server does not hold, or holds as another."""
    longest = NAME_CHARACTERS.get(settings.engine, MYSQL_NAME_CHARACTERS)
    if "\0" in name or name.endswith(" ") or len(name) > longest:
        raise RotationError(
            f"the login `{name!r}` does not fit into the {longest} characters that a name has on"
            f" {settings.engine}, or ends in a character that is cut off",
            "choose a shorter user name",
        )
