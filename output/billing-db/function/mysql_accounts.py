"""A login in MySQL and MariaDB: its accounts, one for each host that it may come from."""

import re
from dataclasses import dataclass

from errors import RotationError
from mysql_dialects import Dialect
from mysql_sql import Run, account, quoted

# Rights on everything that give no way to other people's data.
HARMLESS = {
    "USAGE",
    "SHOW DATABASES",
    "CREATE TEMPORARY TABLES",
    "LOCK TABLES",
    "REPLICATION CLIENT",
    "BINLOG MONITOR",
}
_GLOBAL = re.compile(r"GRANT ([A-Z_, ]+) ON \*\.\* TO ")
# Who may look into the server's own tables may learn how everybody logs in.
_ON_SYSTEM_TABLES = """
SELECT COUNT(*) FROM mysql.db WHERE User = %s AND 'mysql' LIKE Db
UNION ALL SELECT COUNT(*) FROM mysql.tables_priv WHERE User = %s AND Db = 'mysql'
"""


@dataclass(frozen=True)
class Account:
    """A login at one host, or at all that a pattern fits."""

    name: str
    host: str
    plugin: str
    locked: bool
    is_marked: bool  # as a clone
    is_restricted: bool  # has rights on everything except some databases
    tls: tuple[str, ...]  # what is required: kind, cipher, issuer, subject
    limits: tuple[int, ...]  # per hour: queries, updates, connections; at once

    @property
    def sql(self) -> str:
        """The account in a statement."""
        return account(self.name, self.host)

    def requirements(self) -> tuple[str, tuple[str, ...]]:
        """Return what the account requires of a connection, as a part of ALTER USER."""
        kind, *specified = self.tls
        words = zip(("CIPHER", "ISSUER", "SUBJECT"), specified, strict=True)
        texts = {word: text for word, text in words if text}
        required = {
            "ANY": "SSL",
            "X509": "X509",
            "SPECIFIED": " AND ".join(f"{t} %s" for t in texts),
        }
        names = (
            "MAX_QUERIES_PER_HOUR",
            "MAX_UPDATES_PER_HOUR",
            "MAX_CONNECTIONS_PER_HOUR",
            "MAX_USER_CONNECTIONS",
        )
        limits = " ".join(f"{n} {limit}" for n, limit in zip(names, self.limits, strict=True))
        return f"REQUIRE {required.get(kind, 'NONE')} WITH {limits}", tuple(texts.values())


def accounts(run: Run, dialect: Dialect, name: str) -> dict[str, Account]:
    """Return the accounts of a login by their hosts."""
    return {
        host: Account(
            name,
            host,
            plugin,
            bool(locked),
            bool(marked),
            bool(restricted),
            tuple(more[:4]),
            tuple(more[4:]),
        )
        for host, plugin, locked, marked, restricted, *more in run(dialect.accounts, name)
    }


def rights(run: Run, dialect: Dialect, found: dict[str, Account]) -> str:
    """Return what makes a login more than an application's, by itself or by its roles."""
    names = {one.name for one in found.values()}
    holders = {one.sql for one in found.values()}
    memberships = run(dialect.memberships)
    while True:
        gained = {(role, host) for role, host, member in memberships if member in names}
        if {role for role, _ in gained} <= names:
            break
        names |= {role for role, _ in gained}
    holders |= {account(role, host) if host else quoted(role) for role, host in gained}

    mighty: set[str] = set()
    for holder in holders:
        for (line,) in run(f"SHOW GRANTS FOR {holder}"):
            if match := _GLOBAL.match(line):
                mighty |= {*match[1].split(", ")} - HARMLESS
                mighty |= {"GRANT OPTION"} if " WITH GRANT OPTION" in line else set()
    for name in names:
        if any(count for (count,) in run(_ON_SYSTEM_TABLES, name, name)):
            mighty.add("rights on `mysql`")
    return ", ".join(sorted(mighty))


def check_plugin(one: Account, dialect: Dialect) -> None:
    """Refuse an account that logs in by other means than a password that can be set."""
    if one.plugin not in dialect.plugins:
        raise RotationError(
            f"the login {one.sql} is identified by {one.plugin}, and the function knows"
            f" {dialect.plugins[0]}",
            f"identify it by {dialect.plugins[0]}, with ALTER USER {one.sql}",
        )
