"""What the rotation does once it has logged in to MySQL or MariaDB."""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pymysql

from contract import Login, Session
from errors import LoginRefused, RotationError, StatementFailed
from mysql_accounts import Account, accounts, check_plugin, rights
from mysql_dialects import CREATE_USER, Dialect, MariaDb, MySql
from mysql_grants import align
from mysql_hashes import BY_PLUGIN
from mysql_sql import (
    CURRENT_PASSWORD_NEEDED,
    HASH_PREVENTED,
    MUST_CHANGE,
    account,
    needing,
    run,
)

LOG = logging.getLogger("rotation")

ANYWHERE = "%"


class MysqlSession(Session):
    """A connection that has logged in."""

    def __init__(self, connection: Any, where: str, password: str) -> None:
        """Take over an open connection."""
        self._connection = connection
        self._where = where
        self._password = password
        version: str = connection.server_version
        self._version = _version(version)
        self._dialect: Dialect = MariaDb() if "mariadb" in version.lower() else MySql()
        # What the clone's accounts shall be identified by: the plugins of the first login's.
        self._plugins: dict[tuple[str, str], str] = {}

    def set_up(self) -> None:
        """Make the session independent of what is set for the server.

        A login that has expired may do nothing but set its password.
        """
        try:
            self._run(self._dialect.set_up)
        except StatementFailed as error:
            if error.code != MUST_CHANGE:
                raise

    def close(self) -> None:
        """Close the connection; a failure to say goodbye matters to nobody."""
        with suppress(pymysql.MySQLError, OSError):
            self._connection.close()

    def ping(self) -> None:
        """Ask the server something; raise `LoginRefused` when the password has expired."""
        try:
            self._run("SELECT 1")
        except StatementFailed as error:
            if error.code != MUST_CHANGE:
                raise
            raise LoginRefused(f"{self._where}: the password has expired", "rotate it") from None

    def change_own_password(self, password: str) -> None:
        """Change the password of the login that is logged in, at the host it came from.

        MySQL takes the stored form from administrators only. It replaces the password in what it
        logs by itself, unless it runs with `log_raw`.
        """
        own = self._dialect.own_password
        if not self._dialect.own_in_clear:
            self._store(own, [((), self._dialect.plugins[0])], password)
            return
        try:
            self._run_secret(own(True), password)
        except StatementFailed as error:
            if error.code != CURRENT_PASSWORD_NEEDED:
                raise
            self._run_secret(f"{own(True)} REPLACE %s", password, self._password)

    def find(self, name: str) -> Login | None:
        """Describe a login: all its accounts together."""
        if self._version < self._dialect.oldest[: len(self._version)]:
            raise RotationError(
                f"{self._where}: {self._dialect.title} {_dotted(self._version)} is too old for a"
                " superuser to set a login's password safely",
                f"upgrade to {self._dialect.title} {_dotted(self._dialect.oldest)}, or let the"
                " login change its own password, with no superuser secret",
            )
        found = self._accounts(name)
        if not found:
            return None
        for one in found.values():
            check_plugin(one, self._dialect)
        locked = next((one for one in found.values() if one.locked), None)
        return Login(
            name,
            f"ACCOUNT LOCK on {locked.sql}" if locked else "",
            f"ALTER USER {locked.sql} ACCOUNT UNLOCK" if locked else "",
            rights(self._read, self._dialect, found),
        )

    def create(self, name: str) -> None:
        """Create a login that cannot log in yet: nobody knows its password."""
        LOG.warning("the login %s may come from any host", account(name, ANYWHERE))
        plugin = self._dialect.plugins[0]
        self._store(
            lambda clear: f"CREATE USER %s@%s {self._dialect.identified(plugin, clear)}",
            [((name, ANYWHERE), plugin)],
            _nobodys_password(),
        )

    def create_clone(self, name: str, clone: str) -> None:
        """Create the second login of `name`, without a password that anybody knows.

        An account without its mark would be taken for somebody else's, so each gets both at once.
        The accounts that are still missing after a crash are made by `align_clone`.
        """
        for first in self._accounts(name).values():
            self._create_clone(first, clone)

    def is_clone(self, _name: str, clone: str) -> bool:
        """Tell whether a rotation has made every account of `clone`."""
        return all(one.is_marked for one in self._accounts(clone).values())

    def clone_statement(self, _name: str, clone: str) -> str:
        """Return the statement by which a person makes one login the clone of another."""
        found = self._accounts(clone).values()
        return "; ".join(self._dialect.mark.format(account=one.sql) for one in found)

    def align_clone(self, name: str, clone: str, in_use: bool) -> None:
        """Give the clone the hosts, requirements, limits, rights and roles of the first login.

        A clone in use keeps its hosts: an account for one more would be the better fit for clients
        there, and have another password than theirs.
        """
        firsts, seconds = self._accounts(name), self._accounts(clone)
        if not in_use:
            for host in firsts.keys() - seconds.keys():
                self._create_clone(firsts[host], clone)
            for host in seconds.keys() - firsts.keys():
                self._alter("DROP USER %s@%s", clone, host)
            seconds = self._accounts(clone)
        for host in firsts.keys() & seconds.keys():
            first, second = firsts[host], seconds[host]
            self._plugins[clone, host] = first.plugin
            required, texts = first.requirements()
            if (required, texts) != second.requirements():
                self._alter(f"ALTER USER %s@%s {required}", clone, host, *texts)
            align(self._run, self._dialect, first, second)

    def set_password(self, name: str, password: str) -> None:
        """Set the password of any login, of all its accounts in one statement."""
        plugins = {
            host: self._plugins.get((name, host), one.plugin) or self._dialect.plugins[0]
            for host, one in self._accounts(name).items()
        }
        self._store(
            lambda clear: (
                "ALTER USER "
                + ", ".join(f"%s@%s {self._dialect.identified(p, clear)}" for p in plugins.values())
            ),
            [((name, host), plugin) for host, plugin in plugins.items()],
            password,
        )

    def _create_clone(self, first: Account, clone: str) -> None:
        """Create the clone's account at one host."""
        plugin = first.plugin or self._dialect.plugins[0]
        self._store(
            lambda clear: self._dialect.create_clone(plugin, clear),
            [((clone, first.host), plugin)],
            _nobodys_password(),
            self._dialect.clone_right,
        )

    def _store(
        self,
        statement: Callable[[bool], str],
        places: list[tuple[tuple[str, ...], str]],
        password: str,
        right: str = CREATE_USER,
    ) -> None:
        """Run a statement with the stored form of a password, for each place: account and plugin.

        A server that has to judge passwords itself may be set to refuse stored forms. Only then it
        gets the password.
        """
        for clear in (False, True):
            parameters = [
                text
                for account, plugin in places
                for text in (*account, password if clear else BY_PLUGIN[plugin](password))
            ]
            try:
                needing(self._run_secret, right)(statement(clear), *parameters)
                return
            except StatementFailed as error:
                if error.code != HASH_PREVENTED or clear:
                    raise

    def _accounts(self, name: str) -> dict[str, Account]:
        """Return the accounts of a login by their hosts."""
        return accounts(self._read, self._dialect, name)

    def _read(self, statement: str, *parameters: str) -> list[Any]:
        """Read the server's own tables."""
        return needing(self._run, "GRANT SELECT ON `mysql`.* TO {}")(statement, *parameters)

    def _alter(self, statement: str, *parameters: str) -> None:
        """Change an account, but for its password."""
        needing(self._run, CREATE_USER)(statement, *parameters)

    def _run(self, statement: str, *parameters: str) -> list[Any]:
        """Run a statement of this session."""
        return run(self._connection, self._where, statement, *parameters)

    def _run_secret(self, statement: str, *parameters: str) -> list[Any]:
        """Run a statement with a password or its stored form."""
        return run(self._connection, self._where, statement, *parameters, secret=True)


def _nobodys_password() -> str:
    """Return a password to forget; the last characters are for servers that judge it."""
    return secrets.token_urlsafe(30) + "aA1-"


def _version(text: str) -> tuple[int, ...]:
    """Return the numbers that a version starts with; MariaDB puts 5.5.5 in front of its own."""
    number = text.removeprefix("5.5.5-").split("-")[0]
    return tuple(int(part) for part in number.split(".")[:3] if part.isdigit())


def _dotted(version: tuple[int, ...]) -> str:
    """Return a version as people write it."""
    return ".".join(str(number) for number in version)
