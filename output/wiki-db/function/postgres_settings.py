"""The settings of PostgreSQL's second login: those of the first, and the role it starts as."""

import logging
from collections.abc import Callable
from typing import Any

from errors import StatementFailed
from postgres_sql import INSUFFICIENT_PRIVILEGE, quoted

LOG = logging.getLogger("rotation")

Run = Callable[..., list[Any]]
# For each database, or "" for all of them: the settings, each as `name=value`.
Settings = dict[str, list[str]]

_READ = """
SELECT r.rolconnlimit, coalesce(d.datname::text, ''), s.setconfig
FROM pg_roles r
LEFT JOIN pg_db_role_setting s ON s.setrole = r.oid
LEFT JOIN pg_database d ON d.oid = s.setdatabase
WHERE r.rolname = :name
ORDER BY 2
"""


def align_settings(run: Run, name: str, clone: str) -> None:
    """Give the clone the connection limit and the settings of the first login.

    To be called in a transaction. When nothing has changed, which is the rule, nothing is written.
    """
    limit, wanted = _read(run, name)
    clone_limit, found = _read(run, clone)
    if limit != clone_limit:
        run(f"ALTER ROLE {quoted(clone)} CONNECTION LIMIT {int(limit)}")

    everywhere = wanted.setdefault("", [])
    if not any(setting.startswith("role=") for setting in everywhere):
        everywhere.append(f"role={name}")
    if {d: set(s) for d, s in wanted.items()} == {d: set(s) for d, s in found.items()}:
        return
    for database in found:
        run(f"{_alter(clone, database)} RESET ALL")
    for database, settings in wanted.items():
        for setting in settings:
            _copy(run, clone, database, *setting.split("=", 1))


def _read(run: Run, name: str) -> tuple[int, Settings]:
    """Return a login's connection limit and its settings."""
    rows = run(_READ, name=name)
    return rows[0][0], {database: list(config) for _, database, config in rows if config}


def _copy(run: Run, clone: str, database: str, setting: str, value: str) -> None:
    """Copy one setting.

    The server holds lists in a form that is not the one it reads in a statement. So the value is
    set in this transaction alone, and copied from there. From then on `search_path` may be the
    application's: what follows must name no function without its schema, and no operator.
    """
    if setting == "role":
        run(f"{_alter(clone, database)} SET role TO {quoted(value)}")
        return
    name = ".".join(quoted(part) for part in setting.split("."))
    run("SAVEPOINT setting")
    try:
        run("SELECT pg_catalog.set_config(:name, :value, true)", name=setting, value=value)
        run(f"{_alter(clone, database)} SET {name} FROM CURRENT")
    except StatementFailed as error:
        if error.code != INSUFFICIENT_PRIVILEGE:
            raise
        run("ROLLBACK TO SAVEPOINT setting")
        LOG.warning(
            "only an administrator may copy the setting `%s` to `%s`; set it by hand",
            setting,
            clone,
        )


def _alter(clone: str, database: str) -> str:
    """Return the beginning of the statement for one database, or for all of them."""
    return f"ALTER ROLE {quoted(clone)}" + (f" IN DATABASE {quoted(database)}" if database else "")
