"""What only one of MySQL and MariaDB has."""

from typing import Any

import pymysql
import pytest
from pymysql.cursors import Cursor

from conftest import ALTERNATING, SINGLE, World
from mariadb_server import grants


@pytest.mark.parametrize("database", ["mysql"], indirect=True)
def test_rights_that_only_mysql_has_follow_too(world: World) -> None:
    world.use(ALTERNATING, superuser=True)
    world.create()
    name, clone = world.name, f"{world.name}_clone"
    for statement in (
        f"GRANT ROLE_ADMIN ON *.* TO {name} WITH GRANT OPTION",
        f"REVOKE ROLE_ADMIN ON *.* FROM {name}",
        f"GRANT ROLE_ADMIN ON *.* TO {name}",
    ):
        world.database.run(statement, "FLUSH PRIVILEGES")
        assert world.rotate() is None
        assert grants(world.database, clone) == grants(world.database, name)


@pytest.mark.parametrize("database", ["mysql"], indirect=True)
def test_partial_revokes_are_refused_rather_than_widened(world: World) -> None:
    world.use(ALTERNATING, superuser=True)
    world.create()
    world.database.run(
        "SET GLOBAL partial_revokes = ON",
        f"GRANT SELECT ON *.* TO {world.name}",
        f"REVOKE SELECT ON mysql.* FROM {world.name}",
    )
    try:
        assert "except some databases" in world.refusal()
    finally:
        world.database.run(f"DROP USER {world.name}", "SET GLOBAL partial_revokes = OFF")


@pytest.mark.parametrize("database", ["mysql"], indirect=True)
def test_a_login_that_has_to_show_its_current_password(world: World) -> None:
    world.create()
    world.database.run(f"ALTER USER {world.name} PASSWORD REQUIRE CURRENT")
    assert world.rotate() is None
    assert world.works()


@pytest.mark.parametrize("database", ["mariadb"], indirect=True)
def test_a_server_that_judges_passwords_gets_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plugins that judge are not in the server's core package: only the refusal is played."""
    plain = Cursor.execute
    refused = "running with the --strict-password-validation option so it cannot"

    def judging(cursor: Cursor, query: str, args: Any = None) -> int:
        if "%s" in query and ("USING %s" in query or query == "SET PASSWORD = %s"):
            raise pymysql.OperationalError(1290, refused)
        return plain(cursor, query, args)

    world.create()
    monkeypatch.setattr(Cursor, "execute", judging)
    assert world.rotate() is None
    world.use(ALTERNATING, superuser=True)
    assert world.rotate() is None
    assert world.works()


@pytest.mark.parametrize("database", ["mariadb"], indirect=True)
def test_a_login_that_is_missing_is_created_whatever_others_are_identified_by(
    world: World,
) -> None:
    """For a login that does not exist the server plays one of those that do."""
    others = [f"socket_{world.name}_{number}" for number in range(60)]
    world.database.run(*(f"CREATE USER {other} IDENTIFIED VIA unix_socket" for other in others))
    world.use(SINGLE, superuser=True)
    first = world.name
    for number in range(5):
        world.name = f"{first}_{number}"
        world.stand_in.secrets.pop("app", None)
        world.create(password="generated-with-the-secret")
        assert world.rotate() is None
    world.database.run(*(f"DROP USER {other}" for other in others))
