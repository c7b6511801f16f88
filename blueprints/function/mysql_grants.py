"""Rights and roles in MySQL and MariaDB: the second login gets those of the first, and no others.

What is missing is granted before what is too much is taken away, and of a list of rights only the
surplus is taken. So a client that logs in meanwhile lacks no right that both logins have.
"""

import logging

from errors import RotationError, StatementFailed
from mysql_accounts import Account
from mysql_dialects import MARK, Dialect
from mysql_sql import NOT_GRANTED, VANISHED, Run, account, needing, quoted

LOG = logging.getLogger("rotation")

GRANT_OPTION = "GRANT OPTION"
# What a right is on. The second part is the right's name, when it is one that the server passes on
# by itself and not together with others.
Target = tuple[str, str]
Rights = dict[Target, set[str]]

_EVERYTHING = "*.*"
# Compared byte by byte: `App` and `app` are two logins.
_WHOSE = "WHERE CAST(GRANTEE AS BINARY) = CAST(%s AS BINARY)"
_READ = f"""
SELECT '', '', '', PRIVILEGE_TYPE, IS_GRANTABLE FROM information_schema.USER_PRIVILEGES {_WHOSE}
UNION ALL SELECT TABLE_SCHEMA, '', '', PRIVILEGE_TYPE, IS_GRANTABLE
FROM information_schema.SCHEMA_PRIVILEGES {_WHOSE}
UNION ALL SELECT TABLE_SCHEMA, TABLE_NAME, '', PRIVILEGE_TYPE, IS_GRANTABLE
FROM information_schema.TABLE_PRIVILEGES {_WHOSE}
UNION ALL SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, PRIVILEGE_TYPE, IS_GRANTABLE
FROM information_schema.COLUMN_PRIVILEGES {_WHOSE}
"""
_READ_ROUTINES = """
SELECT Routine_type, Db, Routine_name, Proc_priv FROM mysql.procs_priv
WHERE User = %s AND Host = %s
"""


def align(run: Run, dialect: Dialect, first: Account, second: Account) -> None:
    """Give one account the rights and the roles of another."""
    if first.is_restricted:
        raise RotationError(
            f"{first.sql} has rights on everything except some databases, which cannot be copied",
            f"grant {first.sql} its rights database by database",
        )
    _align_rights(run, second, _rights(run, first), _rights(run, second))
    _align_roles(run, dialect, first, second)


def _align_rights(run: Run, second: Account, wanted: Rights, found: Rights) -> None:
    """Grant what is missing, then revoke what is too much."""
    for target, rights in wanted.items():
        held = found.get(target, set())
        if not rights <= held:
            _grant(run, target, rights, second)
    for target, rights in found.items():
        surplus = rights - wanted.get(target, set())
        if not surplus:
            continue
        _revoke(run, target, surplus, second)
        # With a right on a table goes the same right on its columns.
        if target in wanted:
            _grant(run, target, wanted[target], second)


def _align_roles(run: Run, dialect: Dialect, first: Account, second: Account) -> None:
    """Give one account the roles of another, those that it may pass on, and those it starts with.

    Neither of the two can take back the right to pass a role on without the role.
    """
    wanted, found = _roles(run, dialect, first), _roles(run, dialect, second)
    surplus = [role for role, admin in found.items() if admin > wanted.get(role, -1)]
    for role in surplus:
        needing(run, _passing_on_role(role))(f"REVOKE {role} FROM {second.sql}")
    for role, admin in wanted.items():
        if role in surplus or admin != found.get(role):
            option = " WITH ADMIN OPTION" if admin else ""
            needing(run, _passing_on_role(role))(f"GRANT {role} TO {second.sql}{option}")
    default = _default_roles(run, dialect, first)
    if default != _default_roles(run, dialect, second):
        statement = dialect.set_default_roles.format(
            roles=", ".join(default) or "NONE", account=second.sql
        )
        needing(run, "GRANT UPDATE ON `mysql`.* TO {}")(statement)


def _passing_on_role(role: str) -> str:
    """Return what the superuser needs to give a role to others."""
    return f"GRANT {role} TO {{}} WITH ADMIN OPTION"


def _passing_on(target: Target, rights: set[str]) -> str:
    """Return what the superuser needs to give rights to others."""
    return f"{_grant_text(target, rights | {GRANT_OPTION})[0]} TO {{}} WITH GRANT OPTION"


def _grant_text(target: Target, rights: set[str]) -> tuple[str, str]:
    """Return what comes before the account in a GRANT, and what comes after."""
    listed = ", ".join(sorted(rights - {GRANT_OPTION})) or "USAGE"
    return f"GRANT {listed} ON {target[0]}", " WITH GRANT OPTION" if GRANT_OPTION in rights else ""


def _grant(run: Run, target: Target, rights: set[str], second: Account) -> None:
    """Grant rights. Those on a table, a column or a routine outlive it, and are then left out."""
    before, after = _grant_text(target, rights)
    try:
        needing(run, _passing_on(target, rights))(f"{before} TO {second.sql}{after}")
    except StatementFailed as error:
        if error.code not in VANISHED:
            raise
        option = rights & {GRANT_OPTION}
        if len(rights - option) > 1:
            for right in sorted(rights - option):
                _grant(run, target, {right} | option, second)
            return
        LOG.warning("not copied to %s, there is no such thing any more: %s", second.sql, before)


def _revoke(run: Run, target: Target, surplus: set[str], second: Account) -> None:
    """Revoke rights; one that is passed on by itself takes its option along."""
    rights = {target[1]} if target[1] else surplus
    listed = ", ".join(sorted(rights))
    try:
        needing(run, _passing_on(target, rights))(
            f"REVOKE {listed} ON {target[0]} FROM {second.sql}"
        )
    except StatementFailed as error:
        if error.code not in NOT_GRANTED:
            raise


def _rights(run: Run, one: Account) -> Rights:
    """Return all rights of an account but those of its roles."""
    rights: Rights = {}
    rows = run(_READ, *[f"'{one.name}'@'{one.host}'"] * 4)
    if not rows:  # even an account without rights has the right to be there
        raise RotationError(
            f"the superuser does not see which rights {one.sql} has",
            "grant the superuser SELECT ON `mysql`.*",
        )
    for schema, table, column, right, grantable in rows:
        on = f"{quoted(schema)}.{quoted(table) if table else '*'}" if schema else _EVERYTHING
        # MySQL's, such as ROLE_ADMIN; MariaDB's have spaces.
        alone = right if "_" in right and " " not in right else ""
        held = rights.setdefault((on, alone), set())
        held |= {f"{right} ({quoted(column)})" if column else right} - {"USAGE"}
        held |= {GRANT_OPTION} if grantable == "YES" else set()
    for kind, schema, routine, listed in run(_READ_ROUTINES, one.name, one.host):
        held = rights.setdefault((f"{kind} {quoted(schema)}.{quoted(routine)}", ""), set())
        held |= {_routine_right(right) for right in listed.split(",")}
    rights.pop((f"{quoted(MARK)}.*", ""), None)
    return rights


def _routine_right(right: str) -> str:
    """Return the name that a GRANT has for a member of `Proc_priv`."""
    return GRANT_OPTION if right == "Grant" else right.upper()


def _roles(run: Run, dialect: Dialect, one: Account) -> dict[str, bool]:
    """Return the roles of an account, and whether it may pass each on."""
    rows = run(dialect.roles, one.name, one.host)
    return {_role(role, host): admin == "Y" for role, host, admin in rows}


def _default_roles(run: Run, dialect: Dialect, one: Account) -> list[str]:
    """Return the roles that each session starts with."""
    rows = run(dialect.default_roles, one.name, one.host)
    return sorted(_role(role, host) for role, host in rows)


def _role(role: str, host: str) -> str:
    """Return a role in a statement; on MySQL it has a host, as an account has."""
    return account(role, host) if host else quoted(role)
