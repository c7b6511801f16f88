"""What the rotation does once it has logged in to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pg8000.native  # type: ignore[import-untyped]

from contract import Login, Session
from errors import RotationError, StatementFailed
from postgres_settings import align_settings
from postgres_sql import INSUFFICIENT_PRIVILEGE, quoted, run
from scram import verifier

# From this version on CREATEROLE reaches only logins that it has the ADMIN option on.
ADMIN_OPTION_NEEDED = 160000

_FIND = """
SELECT r.rolcanlogin, r.rolvaliduntil < now(), r.rolsuper, r.rolcreaterole, r.rolreplication,
       r.rolbypassrls,
       ARRAY(SELECT g.rolname::text FROM pg_roles g
             WHERE g.rolname IN ('rds_superuser', 'rds_replication', 'pg_read_server_files',
                                 'pg_write_server_files', 'pg_execute_server_program')
               AND NOT r.rolsuper AND pg_has_role(r.oid, g.oid, 'MEMBER') ORDER BY 1)
FROM pg_roles r WHERE r.rolname = :name
"""
_IS_CLONE = """
SELECT EXISTS (SELECT FROM pg_auth_members m
               WHERE m.roleid = (SELECT oid FROM pg_roles WHERE rolname = :name)
                 AND m.member = (SELECT oid FROM pg_roles WHERE rolname = :clone))
"""
_OWN_RIGHTS = """
SELECT rolsuper, rolcreaterole, current_setting('server_version_num')::int
FROM pg_roles WHERE rolname = session_user
"""


class PostgresSession(Session):
    """A connection that has logged in."""

    def __init__(self, connection: Any, where: str, username: str) -> None:
        """Take over an open connection."""
        self._connection = connection
        self._where = where
        self._username = username

    def set_up(self) -> None:
        """Make the session independent of what is set for the login.

        It may be set to start as another role, which could not change the login's password. And a
        superuser's session must not find an application's functions before the system's.
        """
        self._run("SET ROLE NONE; SET search_path TO pg_catalog, pg_temp")

    def close(self) -> None:
        """Close the connection; a failure to say goodbye matters to nobody."""
        with suppress(pg8000.native.Error, OSError):
            self._connection.close()

    def ping(self) -> None:
        """Ask the server something that any login may ask."""
        self._run("SELECT 1")

    def change_own_password(self, password: str) -> None:
        """Change the password of the login that is logged in."""
        try:
            self._run(f"ALTER ROLE {quoted(self._username)} PASSWORD '{verifier(password)}'")
        except StatementFailed as error:
            if error.code != INSUFFICIENT_PRIVILEGE:
                raise
            raise RotationError(
                error.reason,
                f"let the login change its own password: on RDS, GRANT rds_password TO"
                f" {quoted(self._username)}; or give the rotation a superuser secret",
            ) from None

    def find(self, name: str) -> Login | None:
        """Describe a login."""
        rows = self._run(_FIND, name=name)
        if not rows:
            return None
        can_log_in, expired, *flags, groups = rows[0]
        words = ("SUPERUSER", "CREATEROLE", "REPLICATION", "BYPASSRLS")
        rights = [word for word, held in zip(words, flags, strict=True) if held]
        locked, unlock = "", ""
        if not can_log_in:
            locked, unlock = "NOLOGIN", f"ALTER ROLE {quoted(name)} LOGIN"
        elif expired:
            locked, unlock = (
                "VALID UNTIL has passed",
                (f"ALTER ROLE {quoted(name)} VALID UNTIL 'infinity'"),
            )
        return Login(name, locked, unlock, ", ".join(rights + groups))

    def create(self, name: str) -> None:
        """Create a login that cannot log in yet because it has no password."""
        with self._rights_named(name):
            self._run(f"CREATE ROLE {quoted(name)} LOGIN")

    def create_clone(self, name: str, clone: str) -> None:
        """Create the second login of `name`, without a password, at once or not at all.

        A clone without its membership would be taken for somebody else's login.
        """
        with self._rights_named(name), self._transaction():
            self._run(f"CREATE ROLE {quoted(clone)} LOGIN")
            self._run(self.clone_statement(name, clone))

    def is_clone(self, name: str, clone: str) -> bool:
        """Tell whether `clone` was granted `name` directly, as a rotation grants it."""
        return bool(self._run(_IS_CLONE, name=name, clone=clone)[0][0])

    def clone_statement(self, name: str, clone: str) -> str:
        """Return the statement by which a person makes one login the clone of another."""
        return f"GRANT {quoted(name)} TO {quoted(clone)}"

    def align_clone(self, name: str, clone: str, in_use: bool) -> None:
        """Give the clone the settings and the connection limit of the first login."""
        with self._rights_named(clone), self._transaction():
            align_settings(self._run, name, clone)

    def set_password(self, name: str, password: str) -> None:
        """Set the password of any login."""
        with self._rights_named(name):
            self._run(f"ALTER ROLE {quoted(name)} PASSWORD '{verifier(password)}'")

    def _run(self, statement: str, **parameters: str) -> list[Any]:
        """Run a statement of this session."""
        return run(self._connection, self._where, statement, **parameters)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Do all that is in the block, or nothing."""
        self._run("BEGIN")
        try:
            yield
        except BaseException:
            self._run("ROLLBACK")
            raise
        self._run("COMMIT")

    @contextmanager
    def _rights_named(self, name: str) -> Iterator[None]:
        """Say which right the superuser lacks, when it is that."""
        try:
            yield
        except StatementFailed as error:
            if error.code != INSUFFICIENT_PRIVILEGE:
                raise
            raise RotationError(error.reason, self._missing_right(name)) from None

    def _missing_right(self, name: str) -> str:
        """Return the statement that gives the superuser what it lacks for a login."""
        own = quoted(self._username)
        is_super, may_create, version = self._run(_OWN_RIGHTS)[0]
        if not is_super and not may_create:
            return f"run: ALTER ROLE {own} CREATEROLE"
        if not is_super and version >= ADMIN_OPTION_NEEDED:
            return f"run: GRANT {quoted(name)} TO {own} WITH ADMIN OPTION"
        return f"give the superuser {own} the rights to alter {quoted(name)}"
