"""Two logins that take turns, and are one as far as the server lets them."""

import json
import threading

import pytest

from conftest import ALTERNATING, World, on_each_server, remedy


@pytest.fixture
def pair(world: World) -> World:
    """A world with a login that works, and a superuser."""
    world.use(ALTERNATING, superuser=True)
    world.create()
    return world


def as_client(world: World, *statements: str) -> None:
    """Run statements with the login that is current."""
    value = world.value()
    connection = world.database.connect(value["username"], value["password"])
    for statement in statements:
        connection.run(statement)
    connection.close()


@on_each_server
def test_the_logins_take_turns(pair: World) -> None:
    names = []
    for _ in range(4):
        old = pair.value()
        assert pair.rotate() is None
        assert pair.works()
        assert pair.database.takes(old["username"], old["password"])
        names.append(pair.value()["username"])
    assert names == [f"{pair.name}_clone", pair.name] * 2


def test_objects_belong_to_both(pair: World) -> None:
    pair.database.run(f"CREATE SCHEMA {pair.name} AUTHORIZATION {pair.name}")
    table = f"{pair.name}.t"
    as_client(pair, f"CREATE TABLE {table} (a int)")
    assert pair.rotate() is None
    as_client(pair, f"INSERT INTO {table} VALUES (1)", f"ALTER TABLE {table} ADD b int")
    as_client(pair, f"CREATE TABLE {table}_of_clone (a int)")
    assert pair.rotate() is None
    as_client(pair, f"ALTER TABLE {table}_of_clone ADD b int")
    as_client(pair, f"DROP TABLE {table}_of_clone", f"DROP TABLE {table}")
    pair.database.run(f"DROP SCHEMA {pair.name}")


def test_what_is_granted_later_holds_for_both(pair: World) -> None:
    assert pair.rotate() is None
    pair.database.run(
        f"CREATE TABLE granted_{pair.name} (a int)",
        f"GRANT SELECT ON granted_{pair.name} TO {pair.name}",
        f"CREATE TABLE by_role_{pair.name} (a int)",
        f"CREATE ROLE readers_{pair.name}",
        f"GRANT SELECT ON by_role_{pair.name} TO readers_{pair.name}",
        f"GRANT readers_{pair.name} TO {pair.name}",
    )
    as_client(pair, f"SELECT FROM granted_{pair.name}", f"SELECT FROM by_role_{pair.name}")
    assert pair.rotate() is None
    as_client(pair, f"SELECT FROM granted_{pair.name}", f"SELECT FROM by_role_{pair.name}")


def test_an_owner_role_of_the_first_login_is_the_clones_too(pair: World) -> None:
    owner = f"owner_{pair.name}"
    pair.database.run(
        f"CREATE ROLE {owner}",
        f"GRANT {owner} TO {pair.name}",
        f"ALTER ROLE {pair.name} SET role TO {owner}",
        f"CREATE SCHEMA {owner} AUTHORIZATION {owner}",
    )
    assert pair.rotate() is None
    as_client(pair, f"CREATE TABLE {owner}.by_clone (a int)")
    owned_by = pair.database.run("SELECT tableowner FROM pg_tables WHERE tablename = 'by_clone'")
    assert owned_by == [[owner]]
    assert pair.rotate() is None
    assert pair.works()


def test_settings_follow_the_first_login(pair: World) -> None:
    clone = f"{pair.name}_clone"
    pair.database.run(
        f'ALTER ROLE {pair.name} SET search_path TO "$user", public, "odd, name; --"',
        f"ALTER ROLE {pair.name} SET statement_timeout TO '7s'",
        f"ALTER ROLE {pair.name} IN DATABASE postgres SET \"app.name\" TO 'it''s \"x\"'",
        'GRANT SET ON PARAMETER "app.name" TO master',
        f"ALTER ROLE {pair.name} CONNECTION LIMIT 7",
    )
    read = """SELECT setdatabase, setting FROM pg_db_role_setting, unnest(setconfig) AS setting
              WHERE setrole = '{}'::regrole ORDER BY 1, 2"""
    limit = "SELECT rolconnlimit FROM pg_roles WHERE rolname = '{}'"
    for _ in range(2):
        assert pair.rotate() is None
        first, second = (pair.database.run(read.format(n)) for n in (pair.name, clone))
        assert [row for row in second if row[1] != f"role={pair.name}"] == first
        assert len(second) == len(first) + 1
        assert pair.database.run(limit.format(clone)) == [[7]]
        pair.database.run(f"ALTER ROLE {pair.name} RESET statement_timeout")


def test_a_setting_out_of_reach_is_reported_and_left(
    pair: World, caplog: pytest.LogCaptureFixture
) -> None:
    pair.database.run(f"ALTER ROLE {pair.name} SET log_min_messages TO 'warning'")
    assert pair.rotate() is None
    assert "only an administrator may copy the setting `log_min_messages`" in caplog.text
    assert pair.works()


@on_each_server
def test_the_first_rotation_needs_no_working_password(world: World) -> None:
    world.use(ALTERNATING, superuser=True)
    world.create(password="generated-with-the-secret")
    assert world.rotate() is None
    assert world.works()
    assert world.rotate() is None
    assert world.value()["username"] == world.name
    assert world.works()


@on_each_server
@pytest.mark.parametrize("at_once", [False, True], ids=["pending", "pending-and-current"])
def test_a_secret_without_a_value_starts_with_the_first_login(world: World, at_once: bool) -> None:
    world.stand_in.first_value_is_current = at_once
    world.use(ALTERNATING, superuser=True)
    world.set(DATABASE_USERNAME=world.name)
    world.create(password=None)
    for name in (world.name, f"{world.name}_clone", world.name):
        assert world.rotate() is None
        assert world.value()["username"] == name
        assert world.works()


@on_each_server
def test_a_current_login_that_stopped_working_is_reported(pair: World) -> None:
    assert pair.rotate() is None
    pair.database.set_password(f"{pair.name}_clone", "changed-by-hand")
    text = pair.refusal()
    assert f"refuses the current login `{pair.name}_clone`, although" in text


@on_each_server
def test_a_stranger_with_the_clones_name_is_left_alone(pair: World) -> None:
    pair.database.create_login(f"{pair.name}_clone", "of-a-stranger")
    text = pair.refusal()
    assert "is not the second login" in text
    assert pair.database.takes(f"{pair.name}_clone", "of-a-stranger")
    pair.database.run(remedy(text))
    assert pair.retry() is None


@on_each_server
def test_a_name_that_only_looks_like_a_clone_does_not_reach_another_login(world: World) -> None:
    world.use(ALTERNATING, superuser=True)
    victim = world.name
    world.database.create_login(victim, "of-the-victim")
    world.name += "_clone"
    world.create()
    assert "is not the second login" in world.refusal()
    assert world.database.takes(victim, "of-the-victim")


def test_a_mighty_login_gets_no_clone_unless_its_password_works(world: World) -> None:
    world.use(ALTERNATING, superuser=True)
    world.create(password="what-an-attacker-wrote")
    world.database.create_login(world.name, "unknown")
    world.database.run(f"ALTER ROLE {world.name} CREATEROLE")
    assert "is not given a new one unless it does" in world.refusal()


@on_each_server
def test_a_name_too_long_for_the_suffix_is_refused(world: World) -> None:
    world.use(ALTERNATING, superuser=True)
    longest = world.database.longest_name
    world.name = (world.name + "x" * longest)[: longest - len("_clone")]
    world.create()
    assert world.rotate() is None
    world.stand_in.secrets.pop("app")
    world.name += "x"
    world.create()
    assert f"{longest} " in world.refusal()


@on_each_server
def test_a_client_with_the_current_login_never_fails(pair: World) -> None:
    over = threading.Event()
    failures: list[str] = []
    logins = [0]

    def client() -> None:
        while not over.is_set():
            version = pair.api.get_secret_value(SecretId="app")
            value = json.loads(version["SecretString"])
            works = pair.database.takes(value["username"], value["password"])
            # A client that was held up for two whole rotations holds a login of the past.
            if not works and pair.secret.holder("AWSCURRENT") == version["VersionId"]:
                failures.append(value["username"])
            logins[0] += works

    thread = threading.Thread(target=client)
    thread.start()
    try:
        # On a busy machine the client gets few turns: then there are more rotations.
        for rotation in range(200):
            assert pair.rotate() is None
            if rotation >= 20 and logins[0] >= 20:
                break
    finally:
        over.set()
        thread.join()
    assert failures == []
    assert logins[0] >= 20
