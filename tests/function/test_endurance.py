"""Many rotations in a row, each step more than once, and a crash at every point."""

import json
import re
from collections.abc import Iterator
from typing import Any

import botocore.client
import pytest

from conftest import ALTERNATING, SINGLE, World, on_each_server
from private_server import PrivateServer
from stand_in import STEPS

pytestmark = on_each_server

MODES = [(SINGLE, False), (SINGLE, True), (ALTERNATING, True)]
NAMES = ["own-password", "superuser", "alternating"]


@pytest.fixture(params=MODES, ids=NAMES)
def ready(request: pytest.FixtureRequest, world: World) -> World:
    """A world in which the next rotation should succeed."""
    world.use(*request.param)
    world.create()
    return world


@pytest.mark.parametrize("strategy", [SINGLE, ALTERNATING])
def test_a_hundred_rotations_and_the_first_version_keeps_its_label(
    world: World, strategy: str
) -> None:
    world.use(strategy, superuser=strategy == ALTERNATING)
    world.create()
    labelled = world.secret.holder("AWSCURRENT")
    assert labelled is not None
    world.api.update_secret_version_stage(
        SecretId="app", VersionStage="ROTAFORM_INITIAL", MoveToVersionId=labelled
    )
    unlabelled = None
    for _ in range(104):
        assert world.rotate() is None
        unlabelled = unlabelled or world.secret.holder("AWSCURRENT")
    assert world.works()
    kept = world.api.list_secret_version_ids(SecretId="app", IncludeDeprecated=True)["Versions"]
    assert labelled in [version["VersionId"] for version in kept]
    assert unlabelled not in [version["VersionId"] for version in kept]
    assert world.secret.versions[labelled].stages == {"ROTAFORM_INITIAL"}


def test_each_step_may_come_three_times(ready: World) -> None:
    plain = ready.handler

    def thrice(event: dict[str, Any], context: object = None) -> None:
        for _ in range(3):
            plain(event, context)

    ready.handler = thrice  # type: ignore[method-assign]
    assert ready.rotate() is None
    assert ready.works()
    written = [r for name, r in ready.stand_in.calls if name == "PutSecretValue"]
    assert len(written) == 1
    # And once more from the start, by somebody who does not know that all is done.
    token = ready.secret.holder("AWSCURRENT")
    value = ready.value()
    for step in STEPS:
        plain({"Step": step, "SecretId": ready.secret.arn, "ClientRequestToken": token})
    assert ready.value() == value


class Crash(BaseException):
    """The process ends here."""


@pytest.fixture
def crash(database: PrivateServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Let the process end after the n-th thing it did to the outside, and do nothing more."""
    count = {"left": 0, "done": 0}

    def counted(target: Any, method: str) -> None:
        plain = getattr(target, method)

        def call(self: Any, *arguments: Any, **more: Any) -> Any:
            if count["left"] < 0:
                raise Crash
            done = plain(self, *arguments, **more)
            count["done"] += 1
            if count["left"] > 0:
                count["left"] -= 1
                if count["left"] == 0:
                    count["left"] = -1
                    raise Crash
            return done

        monkeypatch.setattr(target, method, call)

    counted(botocore.client.BaseClient, "_make_api_call")
    counted(*database.statement_call)
    yield count
    count["left"] = 0


@pytest.mark.parametrize(
    ("strategy", "superuser", "first"),
    [
        (SINGLE, False, False),
        (SINGLE, True, True),
        (ALTERNATING, True, True),
        (ALTERNATING, True, False),
    ],
    ids=["own-password", "superuser-creates", "first-clone", "alternating"],
)
def test_a_crash_anywhere_is_put_right_by_the_next_attempt(
    world: World, crash: dict[str, int], strategy: str, superuser: bool, first: bool
) -> None:
    world.use(strategy, superuser)
    world.create()
    plain, number = world.handler, world.name
    crash_at = remaining = 0

    def armed(event: dict[str, Any], context: object = None) -> None:
        nonlocal remaining
        crash["left"], crash["done"] = remaining, 0
        try:
            plain(event, context)
        except Crash as end:
            raise RuntimeError("crashed") from end
        finally:
            crash["left"] = 0
            remaining = max(0, remaining - crash["done"])

    world.handler = armed  # type: ignore[method-assign]
    for crash_at in range(1, 90):
        if first:  # a secret that was never rotated, and for one login a database without it
            world.stand_in.secrets.pop("app")
            world.name = f"{number}_{crash_at}"
            world.create(password="generated-with-the-secret" if strategy == SINGLE else "")
        remaining = crash_at
        before = world.value()
        failure = world.rotate()
        if failure is None:
            break
        assert str(failure) == "crashed"
        if strategy == ALTERNATING:
            assert world.works(), f"the current login failed after a crash at {crash_at}"
        remaining = 0
        if world.secret.holder("AWSPENDING") != world.secret.holder("AWSCURRENT"):
            assert world.retry() is None
        assert world.works()
        assert world.value() != before
    # Fewer would mean that the crashes missed most of the work.
    assert 15 < crash_at < 89


def test_a_crash_before_the_value_is_stored_leaves_an_empty_version(world: World) -> None:
    world.create()
    world.stand_in.functions["function"] = lambda event, context: (_ for _ in ()).throw(Crash2())
    world.api.rotate_secret(SecretId="app", RotationLambdaARN="function")
    token = world.secret.holder("AWSPENDING")
    event = {"SecretId": world.secret.arn, "ClientRequestToken": token}
    for step in ("setSecret", "finishSecret"):
        with pytest.raises(Exception, match=r"holds no login"):
            world.handler({**event, "Step": step})
    world.stand_in.functions["function"] = world.handler
    assert world.retry() is None
    assert world.works()


class Crash2(Exception):
    """The function never started."""


def test_two_rotations_do_not_overlap(world: World) -> None:
    world.create(password="generated-with-the-secret")
    assert world.rotate() is not None
    with pytest.raises(Exception, match=r"previous rotation isn't complete"):
        world.rotate()


def test_no_password_reaches_the_servers_log(ready: World) -> None:
    for _ in range(2):
        assert ready.rotate() is None
    if ready.strategy == ALTERNATING:
        assert re.search(ready.database.logged, ready.database.told())
    written = ready.database.written()
    assert not [p for p in ready.stand_in.passwords if p in written]


def test_an_edited_pending_version_is_refused(world: World) -> None:
    world.create(password="generated-with-the-secret")
    assert world.rotate() is not None
    pending = world.secret.versions[world.secret.holder("AWSPENDING") or ""]
    pending.value = json.dumps({**json.loads(pending.value or ""), "username": "postgres"})
    assert "the secret was edited meanwhile" in str(world.retry())
