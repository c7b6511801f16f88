"""The second login on MySQL and MariaDB has what the first has: no less, and no more."""

import json
import re

import pytest

from conftest import ALTERNATING, World, on_mysql_and_mariadb, remedy, told
from mariadb_server import grants

pytestmark = on_mysql_and_mariadb


@pytest.fixture
def pair(world: World) -> World:
    """A world with a login that works, a superuser, and things to have rights on."""
    world.use(ALTERNATING, superuser=True)
    world.create()
    world.database.run(
        "CREATE DATABASE IF NOT EXISTS shop",
        "CREATE TABLE IF NOT EXISTS shop.t (a int, b int)",
        "CREATE TABLE IF NOT EXISTS shop.`o``dd %s, (name)` (`a``%s` int)",
        "CREATE PROCEDURE IF NOT EXISTS shop.p() SELECT 1",
        "CREATE FUNCTION IF NOT EXISTS shop.f() RETURNS int DETERMINISTIC RETURN 1",
        *(f"DROP ROLE IF EXISTS {role}" for role in ("reader", "writer")),
        "CREATE ROLE reader",
        "CREATE ROLE writer",
        "GRANT SELECT ON shop.* TO reader",
    )
    if world.database.engine == "mariadb":  # whose superuser has no right to pass on any role
        for role in ("reader", "writer"):
            world.database.run(f"GRANT {role} TO master WITH ADMIN OPTION")
    return world


def set_default_role(world: World, role: str) -> str:
    """Return the statement that makes a role of the first login start with each session."""
    word = "FOR" if world.database.engine == "mariadb" else "TO"
    return f"SET DEFAULT ROLE {role} {word} {world.name}"


def test_what_is_granted_reaches_the_clone_and_what_is_revoked_leaves_it(pair: World) -> None:
    name, clone = pair.name, f"{pair.name}_clone"
    changes = [
        [
            f"GRANT SELECT (a), INSERT (a, b) ON shop.t TO {name}",
            f"GRANT SELECT (`a``%s`) ON shop.`o``dd %s, (name)` TO {name}",
            f"GRANT ALL ON `sh\\_op%`.* TO {name}",
            f"GRANT EXECUTE ON PROCEDURE shop.p TO {name} WITH GRANT OPTION",
            f"GRANT EXECUTE, ALTER ROUTINE ON FUNCTION shop.f TO {name}",
            f"GRANT LOCK TABLES, PROCESS ON *.* TO {name}",
            f"GRANT reader TO {name}",
            f"GRANT writer TO {name}",
            set_default_role(pair, "reader"),
        ],
        [
            f"GRANT SELECT, UPDATE ON shop.t TO {name} WITH GRANT OPTION",
            f"REVOKE INSERT (b) ON shop.t FROM {name}",
            f"REVOKE SELECT (`a``%s`) ON shop.`o``dd %s, (name)` FROM {name}",
            f"REVOKE DROP, ALTER, EXECUTE ON `sh\\_op%`.* FROM {name}",
            f"REVOKE ALTER ROUTINE ON FUNCTION shop.f FROM {name}",
            f"REVOKE GRANT OPTION ON PROCEDURE shop.p FROM {name}",
            f"REVOKE PROCESS ON *.* FROM {name}",
            f"GRANT writer TO {name} WITH ADMIN OPTION",
            set_default_role(pair, "writer"),
        ],
        [
            f"REVOKE SELECT, GRANT OPTION ON shop.t FROM {name}",
            f"GRANT SELECT (b) ON shop.t TO {name}",
            f"REVOKE ALL PRIVILEGES ON `sh\\_op%`.* FROM {name}",
            set_default_role(pair, "NONE"),
            f"REVOKE reader, writer FROM {name}"
            if pair.database.engine == "mysql"
            else f"REVOKE ADMIN OPTION FOR writer FROM {name}",
        ],
        [f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {name}"],
    ]
    for statements in changes:
        pair.database.run(*statements)
        for _ in range(2):
            assert pair.rotate() is None
            assert grants(pair.database, clone) == grants(pair.database, name)
    before = pair.database.told()
    assert pair.rotate() is None
    said = pair.database.told().removeprefix(before)
    assert "GRANTEE" in said
    assert not re.search(r"\b(GRANT|REVOKE|CREATE|DROP) ", said)


def test_the_rights_are_there_before_the_password(pair: World) -> None:
    pair.database.run(f"GRANT SELECT ON shop.t TO {pair.name}")
    assert pair.rotate() is None
    log = pair.database.told()
    granted = log.index(f"GRANT SELECT ON `shop`.`t` TO `{pair.name}_clone`")
    assert granted < log.index(f"ALTER USER '{pair.name}_clone'@'%' IDENTIFIED")


def test_a_role_starts_with_the_clones_sessions(pair: World) -> None:
    pair.database.run(f"GRANT reader TO {pair.name}", set_default_role(pair, "reader"))
    assert pair.rotate() is None
    value = pair.value()
    connection = pair.database.connect(value["username"], value["password"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM shop.t")
    connection.close()


def test_rights_on_what_is_gone_are_left_out(pair: World, caplog: pytest.LogCaptureFixture) -> None:
    table = f"shop.gone_{pair.name}"
    pair.database.run(
        f"CREATE TABLE {table} (a int, b int)",
        f"GRANT SELECT (a), SELECT (b) ON {table} TO {pair.name}",
        f"ALTER TABLE {table} DROP a",
    )
    for _ in range(2):
        assert pair.rotate() is None
    gone = f"there is no such thing any more: GRANT SELECT (`a`) ON `shop`.`gone_{pair.name}`"
    assert gone in caplog.text
    left = f"GRANT SELECT (`b`) ON `shop`.`gone_{pair.name}` TO `%`"
    assert left in grants(pair.database, f"{pair.name}_clone")
    pair.database.run(f"DROP TABLE {table}", f"REVOKE SELECT (b) ON {table} FROM {pair.name}")
    assert pair.rotate() is None
    assert left not in grants(pair.database, f"{pair.name}_clone")
    assert pair.works()


def test_requirements_and_limits_follow(pair: World) -> None:
    read = """SELECT ssl_type, max_questions, max_updates, max_connections, max_user_connections,
              ssl_cipher FROM mysql.user WHERE User = '{}'"""
    client = pair.database.connect(pair.name, pair.value()["password"])
    with client.cursor() as cursor:
        cursor.execute("SHOW STATUS LIKE 'Ssl_cipher'")
        ((_, cipher),) = cursor.fetchall()
    client.close()
    changes = [
        "REQUIRE SSL WITH MAX_USER_CONNECTIONS 7 MAX_QUERIES_PER_HOUR 100000",
        f"REQUIRE CIPHER '{cipher}'",
        "REQUIRE NONE WITH MAX_USER_CONNECTIONS 0",
    ]
    if pair.database.engine == "mysql":  # 9.7 refuses even those who come with that cipher
        del changes[1]
    for change in changes:
        pair.database.run(f"ALTER USER {pair.name} {change}")
        assert pair.rotate() is None
        first, second = (
            pair.database.run(read.format(name)) for name in (pair.name, f"{pair.name}_clone")
        )
        assert first == second
        assert pair.works()


def hosts(world: World, name: str) -> set[str]:
    """Return the hosts of a login."""
    rows = world.database.run(f"SELECT Host FROM mysql.user WHERE User = '{name}'")
    return {host for (host,) in rows}


def test_every_host_of_a_login_is_rotated(pair: World) -> None:
    name, clone = pair.name, f"{pair.name}_clone"
    pair.database.run(
        f"RENAME USER {name}@'%' TO {name}@'localhost'",
        f"CREATE USER {name}@'10.0.%'",
        f"GRANT SELECT ON shop.t TO {name}@'10.0.%'",
    )
    assert pair.rotate() is None
    assert hosts(pair, clone) == hosts(pair, name) == {"localhost", "10.0.%"}
    assert grants(pair.database, clone, "10.0.%") == grants(pair.database, name, "10.0.%")
    assert pair.works()
    # A host that is new waits until nobody uses the clone.
    pair.database.run(f"CREATE USER {name}@'%'", f"DROP USER {name}@'10.0.%'")
    assert pair.rotate() is None
    assert pair.value()["username"] == name
    assert hosts(pair, clone) == {"localhost", "10.0.%"}
    assert pair.rotate() is None
    assert hosts(pair, clone) == {"localhost", "%"}
    empty = """SELECT COUNT(*) FROM mysql.user
               WHERE User LIKE 'app%' AND authentication_string = ''"""
    assert pair.database.run(empty) == [[0]]


def test_a_login_whose_name_differs_in_case_is_another(pair: World) -> None:
    other = pair.name.upper()
    pair.database.run(f"CREATE USER {other}", f"GRANT INSERT ON shop.t TO {other}")
    assert pair.rotate() is None
    assert not any("INSERT" in line for line in grants(pair.database, f"{pair.name}_clone"))


def test_a_superuser_is_told_each_right_that_it_lacks(pair: World) -> None:
    password = "of-the-narrow-superuser"
    pair.database.create_login(f"narrow_{pair.name}", password)
    pair.database.run(
        f"GRANT SELECT (a) ON shop.t TO {pair.name} WITH GRANT OPTION",
        f"GRANT INSERT, DELETE ON shop.* TO {pair.name}",
        f"GRANT EXECUTE ON PROCEDURE shop.p TO {pair.name}",
        f"GRANT LOCK TABLES ON *.* TO {pair.name}",
        f"GRANT reader TO {pair.name} WITH ADMIN OPTION",
        set_default_role(pair, "reader"),
        f"ALTER USER {pair.name} WITH MAX_USER_CONNECTIONS 9",
    )
    value = json.dumps({"username": f"narrow_{pair.name}", "password": password})
    pair.api.put_secret_value(SecretId="superuser", SecretString=value)
    failure, told_to_run = pair.rotate(), []
    while failure:
        statements = remedy(told(failure)).split("; ")
        assert statements not in told_to_run, told(failure)
        told_to_run.append(statements)
        pair.database.run(*statements)
        failure = pair.retry()
    assert len(told_to_run) >= 6
    assert pair.works()
    assert grants(pair.database, f"{pair.name}_clone") == grants(pair.database, pair.name)


@pytest.mark.parametrize(
    "right",
    [
        "GRANT CREATE USER ON *.* TO {}",
        "GRANT SELECT ON *.* TO {}",
        "GRANT USAGE ON *.* TO {} WITH GRANT OPTION",
        "GRANT UPDATE ON mysql.* TO {}",
        "GRANT SELECT ON `%`.* TO {}",
        "GRANT SELECT ON mysql.user TO {}",
        "GRANT mighty TO {}",
    ],
)
def test_a_mighty_login_is_never_healed(world: World, right: str) -> None:
    world.use("single_user", superuser=True)
    world.create(password="what-an-attacker-wrote")
    world.database.create_login(world.name, "unknown")
    world.database.run(
        *(f"DROP ROLE IF EXISTS {role}" for role in ("mighty", "mightier")),
        "CREATE ROLE mighty",
        "CREATE ROLE mightier",
        "GRANT mightier TO mighty",
        "GRANT FILE ON *.* TO mightier",
        right.format(world.name),
    )
    assert "is not given a new one unless it does" in world.refusal()
    assert world.database.takes(world.name, "unknown")


def test_a_login_that_is_not_mighty_is_healed(world: World) -> None:
    world.use("single_user", superuser=True)
    world.create(password="generated-with-the-secret")
    world.database.create_login(world.name, "unknown")
    world.database.run(
        f"GRANT ALL ON `shop`.* TO {world.name} WITH GRANT OPTION",
        f"GRANT SHOW DATABASES, REPLICATION CLIENT ON *.* TO {world.name}",
    )
    assert world.rotate() is None
    assert world.works()
