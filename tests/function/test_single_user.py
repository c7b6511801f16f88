"""One login: it changes its own password, or the superuser sets it."""

import json
import string

import pytest

from conftest import EXCLUDE, SINGLE, World, on_each_server, remedy
from private_server import MASTER


@on_each_server
def test_the_login_changes_its_own_password(world: World) -> None:
    world.create()
    old = world.value()["password"]
    assert world.rotate() is None
    assert world.works()
    assert not world.database.takes(world.name, old)
    assert world.value("AWSPREVIOUS")["password"] == old
    assert world.secret.holder("AWSPENDING") is None


@on_each_server
def test_the_next_value_holds_all_that_a_client_needs(world: World) -> None:
    world.set(SECRET_EXTRA='{"team": "orders"}')
    world.create(note="kept")
    assert world.rotate() is None
    value = world.value()
    assert value.pop("password")
    assert value == {
        "username": world.name,
        "engine": world.database.engine,
        "host": "localhost",
        "port": world.database.port,
        **({"dbname": "postgres"} if world.database.engine == "postgres" else {}),
        "ssl": True,
        "note": "kept",
        "team": "orders",
    }


def test_host_and_database_may_come_from_the_secret(world: World) -> None:
    world.set(DATABASE_HOST="", DATABASE_NAME="")
    world.create(host="localhost", dbname="template1", engine="aurora-postgresql")
    assert world.rotate() is None
    value = world.value()
    assert (value["host"], value["dbname"]) == ("localhost", "template1")
    assert value["engine"] == "aurora-postgresql"


def test_the_password_follows_the_profile(world: World) -> None:
    world.set(PASSWORD_LENGTH="24")
    world.create()
    assert world.rotate() is None
    password = world.value()["password"]
    assert len(password) == 24
    assert not set(password) & set(EXCLUDE)
    (request,) = [r for name, r in world.stand_in.calls if name == "GetRandomPassword"]
    assert request == {
        "PasswordLength": 24,
        "ExcludeCharacters": EXCLUDE,
        "RequireEachIncludedType": True,
    }


def test_a_class_of_which_no_character_is_left_is_not_asked_for(world: World) -> None:
    world.set(PASSWORD_EXCLUDE=string.punctuation + string.ascii_uppercase)
    world.create()
    assert world.rotate() is None
    assert set(world.value()["password"]) <= {*string.ascii_lowercase, *string.digits}


def test_a_name_with_quotes_and_spaces_is_only_a_name(world: World) -> None:
    world.name += """ o'x" :y $1 ; DROP ROLE master --"""
    world.create()
    assert world.rotate() is None
    assert world.works()


def test_a_login_that_starts_as_its_owner_role_is_rotated(world: World) -> None:
    world.create()
    world.database.run(
        f"CREATE ROLE {world.name}_owner",
        f"GRANT {world.name}_owner TO {world.name}",
        f"ALTER ROLE {world.name} SET role TO {world.name}_owner",
    )
    assert world.rotate() is None
    assert world.works()


@on_each_server
def test_the_previous_password_is_tried_when_the_current_one_fails(world: World) -> None:
    world.create()
    assert world.rotate() is None
    good = world.secret.holder("AWSCURRENT")
    world.api.put_secret_value(
        SecretId="app", SecretString=json.dumps({**world.value(), "password": "unknown-password"})
    )
    assert world.secret.holder("AWSPREVIOUS") == good
    assert world.rotate() is None
    assert world.works()


@on_each_server
def test_a_first_password_that_the_database_does_not_know_is_explained(world: World) -> None:
    world.create(password="generated-with-the-secret")
    world.database.create_login(world.name, "what-the-administrator-chose")
    text = world.refusal()
    assert text.startswith("setSecret: ")
    assert f"localhost:{world.database.port}" in text
    assert "first password was generated with it, and the database does not know" in text
    assert world.database.refused in text
    # The statement, run with the password of the secret, lets the next attempt through.
    statement = remedy(text)
    assert statement.endswith("'...'")
    world.database.run(statement.replace("...", world.value()["password"]))
    assert world.retry() is None
    assert world.works()


@on_each_server
def test_a_password_changed_by_hand_is_told_from_a_first_one(world: World) -> None:
    world.create()
    assert world.rotate() is None
    assert world.rotate() is None
    world.database.set_password(world.name, "changed-by-hand")
    text = world.refusal()
    assert "neither the pending nor the current nor the previous password works" in text
    assert world.name in remedy(text)


@on_each_server
def test_the_superuser_creates_a_login_that_is_missing(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    assert world.rotate() is None
    assert world.works()
    assert world.value()["masterarn"].startswith("arn:")


@on_each_server
def test_the_first_value_need_hold_no_more_than_the_name(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.api.create_secret(Name="app", SecretString=json.dumps({"username": world.name}))
    assert world.rotate() is None
    assert world.works()


@on_each_server
def test_the_superuser_heals_a_login_whose_password_nobody_knows(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    world.database.create_login(world.name, "lost")
    assert world.rotate() is None
    assert world.works()


@on_each_server
@pytest.mark.parametrize("at_once", [False, True], ids=["pending", "pending-and-current"])
def test_a_secret_without_a_value_is_filled(world: World, at_once: bool) -> None:
    world.stand_in.first_value_is_current = at_once
    world.use(SINGLE, superuser=True)
    world.set(DATABASE_USERNAME=world.name)
    world.create(password=None)
    assert world.rotate() is None
    assert world.works()
    assert world.rotate() is None
    assert world.works()


def test_a_secret_without_a_value_needs_a_superuser(world: World) -> None:
    world.set(DATABASE_USERNAME=world.name)
    world.create(password=None)
    assert "without a superuser secret" in world.refusal()


def test_a_login_locked_on_purpose_stays_locked(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create()
    world.database.run(f"ALTER ROLE {world.name} NOLOGIN")
    text = world.refusal()
    assert f'NOLOGIN; if it shall be used again, run: ALTER ROLE "{world.name}" LOGIN' in text


@pytest.mark.parametrize("right", ["CREATEROLE", "REPLICATION", "BYPASSRLS", "SUPERUSER"])
def test_a_mighty_login_is_never_healed(world: World, right: str) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="what-an-attacker-wrote")
    world.database.create_login(world.name, "unknown")
    world.database.run(f"ALTER ROLE {world.name} {right}")
    assert f"a login with {right} is not given a new one" in world.refusal()
    assert world.database.takes(world.name, "unknown")


@on_each_server
def test_the_superuser_does_not_rotate_itself(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.name = MASTER
    world.create(password="anything-else")
    assert "both hold the login `master`" in world.refusal()


def test_a_superuser_without_the_right_is_told_which(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    world.database.run("ALTER ROLE master NOCREATEROLE")
    try:
        text = world.refusal()
    finally:
        world.database.run("ALTER ROLE master CREATEROLE")
    assert 'run: ALTER ROLE "master" CREATEROLE' in text
    assert world.retry() is None


def test_a_superuser_without_the_admin_option_is_told(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    world.database.run(f"CREATE ROLE {world.name} LOGIN")  # not by the superuser of the secret
    failure = world.rotate()
    ((version,),) = world.database.run("SELECT current_setting('server_version_num')::int")
    if version < 160000:
        assert failure is None
        return
    assert f'run: GRANT "{world.name}" TO "master" WITH ADMIN OPTION' in str(failure)
    world.database.run(f"GRANT {world.name} TO master WITH ADMIN OPTION")
    assert world.retry() is None
    assert world.works()


@on_each_server
def test_a_superuser_secret_that_does_not_work_is_named(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    world.api.put_secret_value(
        SecretId="superuser",
        SecretString=json.dumps({"username": MASTER, "password": "superuser-of-old"}),
    )
    assert "secret:superuser-" in world.refusal()


def test_a_superuser_of_another_server_is_refused(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.create(password="generated-with-the-secret")
    value = {"username": MASTER, "password": "superuser-elsewhere", "host": "other.example"}
    world.api.put_secret_value(SecretId="superuser", SecretString=json.dumps(value))
    assert "is for the host other.example, and the login for localhost" in world.refusal()


def test_a_pinned_user_name_cannot_be_swapped_in_the_secret(world: World) -> None:
    world.use(SINGLE, superuser=True)
    world.set(DATABASE_USERNAME="somebody_else")
    world.create()
    assert "this function rotates `somebody_else`" in world.refusal()


@on_each_server
def test_the_check_of_a_new_schedule_passes_before_the_first_rotation(world: World) -> None:
    world.use(SINGLE, superuser=True)
    arn = world.create(password="generated-with-the-secret")
    world.stand_in.functions["function"] = world.handler
    world.api.rotate_secret(SecretId="app", RotationLambdaARN="function", RotateImmediately=False)
    world.api.put_secret_value(
        SecretId="app",
        SecretString=json.dumps(world.value()),
        VersionStages=["AWSPENDING"],
        ClientRequestToken="0" * 32,
    )
    world.handler({"Step": "testSecret", "SecretId": arn, "ClientRequestToken": "0" * 32})
