"""The states that a login of MySQL and MariaDB can be in, and the passwords it is given."""

import json
from typing import Any

import pymysql
import pytest
from pymysql.cursors import Cursor

from conftest import ALTERNATING, SINGLE, World, on_mysql_and_mariadb, told
from mysql_hashes import caching_sha2, native

pytestmark = on_mysql_and_mariadb

ODD = "o'x`\" %s \\; --"


@pytest.mark.parametrize("strategy", [SINGLE, ALTERNATING])
def test_a_name_with_quotes_and_percent_signs_is_only_a_name(world: World, strategy: str) -> None:
    world.use(strategy, superuser=strategy == ALTERNATING)
    world.name += ODD
    world.create()
    for _ in range(2):
        assert world.rotate() is None
        assert world.works()


def test_a_name_that_would_be_cut_off_is_refused(world: World) -> None:
    for end in (" ", "\0root"):
        world.name += end
        world.create(password="generated-with-the-secret")
        assert "ends in a character that is cut off" in world.refusal()
        world.stand_in.secrets.pop("app")
        world.name = world.name.removesuffix(end)


def test_a_login_that_is_created_may_come_from_any_host(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    assert world.rotate() is None
    assert f"the login `{world.name}`@`%` may come from any host" in caplog.text


def test_a_login_locked_on_purpose_stays_locked(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create()
    world.database.run(f"ALTER USER {world.name} ACCOUNT LOCK")
    unlock = f"ALTER USER `{world.name}`@`%` ACCOUNT UNLOCK"
    assert world.refusal().endswith(unlock)
    world.database.run(unlock)
    assert world.retry() is None


def test_a_locked_login_without_a_superuser_is_told_from_a_wrong_password(world: World) -> None:
    world.create()
    world.database.run(f"ALTER USER {world.name} ACCOUNT LOCK")
    assert "is locked" in world.refusal()


def test_an_expired_login_gives_itself_a_new_password(world: World) -> None:
    world.create()
    world.database.run(f"ALTER USER {world.name} PASSWORD EXPIRE")
    assert world.rotate() is None
    assert world.works()


def test_an_expired_login_still_proves_who_it_is(world: World) -> None:
    world.use(ALTERNATING, superuser=True)
    world.create()
    assert world.rotate() is None
    world.database.run(
        f"ALTER USER {world.name} PASSWORD EXPIRE", f"ALTER USER {world.name}_clone PASSWORD EXPIRE"
    )
    for _ in range(2):
        assert world.rotate() is None
        assert world.works()


def test_an_expired_login_is_not_fit_for_use(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.create()
    plain = world.handler

    def expiring(event: dict[str, Any], context: object = None) -> None:
        plain(event, context)
        if event["Step"] == "setSecret":
            world.database.run(f"ALTER USER {world.name} PASSWORD EXPIRE")

    monkeypatch.setattr(world, "handler", expiring)
    assert "the password has expired" in world.refusal()


def test_a_limit_that_is_reached_is_named(world: World) -> None:
    world.create()
    world.database.run(f"ALTER USER {world.name} WITH MAX_USER_CONNECTIONS 1")
    client = world.database.connect(world.name, world.value()["password"])
    assert "raise this limit" in world.refusal()
    client.close()


def test_too_many_wrong_passwords_are_no_wrong_password(world: World) -> None:
    world.create()
    if world.database.engine == "mysql":
        world.database.run(
            f"ALTER USER {world.name} FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED"
        )
    else:
        world.database.run("SET GLOBAL max_password_errors = 1")
    try:
        assert "locked" in world.refusal()
    finally:
        if world.database.engine == "mariadb":
            world.database.run("SET GLOBAL max_password_errors = 4294967295")


def test_a_read_only_replica_is_named(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    world.database.run("SET GLOBAL read_only = 1")
    try:
        assert "read-only replica: use the host name of the writer" in world.refusal()
    finally:
        world.database.run("SET GLOBAL read_only = 0")
    assert world.retry() is None


def test_a_login_by_other_means_than_a_password_is_left_alone(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    identified = (
        "VIA mysql_native_password OR unix_socket"
        if world.database.engine == "mariadb"
        else "WITH sha256_password BY 'unknown'"
    )
    world.database.run(f"CREATE USER {world.name} IDENTIFIED {identified}")
    assert "is identified by s" in world.refusal()


def test_a_server_too_old_for_the_superuser_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = pymysql.connections.Connection._get_server_information  # type: ignore[attr-defined]

    def old(connection: Any) -> None:
        plain(connection)
        maria = "MariaDB" in connection.server_version
        connection.server_version = "5.5.5-10.3.39-MariaDB" if maria else "5.7.44"

    monkeypatch.setattr(pymysql.connections.Connection, "_get_server_information", old)
    world.create()
    assert world.rotate() is None
    world.use(SINGLE, superuser=True)
    world.database.set_password(world.name, "lost")
    assert "is too old for a superuser" in world.refusal()


def test_a_refused_statement_never_shows_the_password(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Cursor.execute

    def echoing(cursor: Cursor, query: str, args: Any = None) -> int:
        if query.startswith(("ALTER USER USER()", "SET PASSWORD")):
            raise pymysql.ProgrammingError(1064, f"near '{args}' at line 1")
        return plain(cursor, query, args)

    world.create()
    monkeypatch.setattr(Cursor, "execute", echoing)
    assert "a statement with a password (error 1064)" in world.refusal()


def test_a_password_beyond_latin_is_rotated(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    world.api.put_secret_value(
        SecretId="superuser",
        SecretString=json.dumps({"username": "master", "password": "пароль-of-old"}),
    )
    assert "error 1045" in told(world.rotate())


def test_the_stored_forms_are_the_servers_own(world: World) -> None:
    if world.database.engine == "mariadb":
        for password in ("a", "longer than a block of the digest " * 3):
            assert world.database.run(f"SELECT PASSWORD('{password}')") == [[native(password)]]
        return
    for password in ("a", "exactly-thirty-two-characters-32", "longer than one block " * 3):
        form = caching_sha2(password).encode().hex()
        identified = f"IDENTIFIED WITH caching_sha2_password AS 0x{form}"
        world.database.run(f"CREATE USER IF NOT EXISTS {world.name}")
        world.database.run(f"ALTER USER {world.name} {identified}")
        assert world.database.takes(world.name, password)
