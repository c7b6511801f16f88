"""What the steps check before they do anything, and what they tell."""

from typing import Any

import pytest

from conftest import World
from secret import client
from stand_in import STEPS, Refusal, StandIn


def event(world: World, step: str, **changes: Any) -> dict[str, Any]:
    """Return an event for the pending version."""
    token = world.secret.holder("AWSPENDING")
    plain = {"Step": step, "SecretId": world.secret.arn, "ClientRequestToken": token}
    return {**plain, **changes}


@pytest.fixture
def started(world: World) -> World:
    """A world in which a rotation was started, and failed in setSecret."""
    world.create(password="generated-with-the-secret")
    assert world.rotate() is not None
    return world


@pytest.mark.parametrize("step", STEPS)
def test_a_switched_off_rotation_is_refused(started: World, step: str) -> None:
    started.secret.rotation_enabled = False
    with pytest.raises(Exception, match=rf"^{step}: rotation of arn:.* is switched off"):
        started.handler(event(started, step))


def test_an_unknown_version_is_refused(started: World) -> None:
    with pytest.raises(Exception, match=r"has no version 000"):
        started.handler(event(started, "createSecret", ClientRequestToken="0" * 32))


def test_a_version_that_is_not_pending_is_refused(started: World) -> None:
    known = event(started, "setSecret")
    started.secret.move("AWSPENDING", None)
    started.secret.move("SOMETHING", known["ClientRequestToken"])
    with pytest.raises(Exception, match=r"is not AWSPENDING"):
        started.handler(known)


@pytest.mark.parametrize("step", ["create_secret", "", None, 7])
def test_an_unknown_step_is_refused(started: World, step: Any) -> None:
    with pytest.raises(Exception, match=r"is no step of a rotation|no text under `Step`"):
        started.handler(event(started, "", Step=step))


def test_an_unknown_check_is_refused(started: World) -> None:
    with pytest.raises(Exception, match=r"`weather` is no step"):
        started.handler({**event(started, "setSecret"), "Check": "weather"})


def test_the_rotation_token_is_passed_on(started: World) -> None:
    started.api.update_secret_version_stage(
        SecretId="app",
        VersionStage="AWSPENDING",
        RemoveFromVersionId=started.secret.holder("AWSPENDING") or "",
    )
    plain = started.handler
    proof = "r" * 36

    def with_token(event: dict[str, Any], context: object = None) -> None:
        plain({**event, "RotationToken": proof}, context)

    started.handler = with_token  # type: ignore[method-assign]
    started.rotate()
    stored = [r for name, r in started.stand_in.calls if name == "PutSecretValue"]
    assert [r.get("RotationToken") for r in stored] == [None, proof]


def test_only_the_permitted_calls_are_made(world: World) -> None:
    world.use("alternating_users", superuser=True)
    arn = world.create()
    world.stand_in.calls.clear()
    assert world.rotate() is None
    made = {(name, r.get("SecretId")) for name, r in world.stand_in.calls}
    superuser = world.stand_in.find("superuser").arn
    assert made == {
        ("RotateSecret", "app"),
        ("DescribeSecret", arn),
        ("GetSecretValue", arn),
        ("PutSecretValue", arn),
        ("UpdateSecretVersionStage", arn),
        ("GetSecretValue", superuser),
        ("GetRandomPassword", None),
    }


def test_each_step_leaves_one_line(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.create()
    assert world.rotate() is None
    lines = [r.getMessage() for r in caplog.records if r.name == "rotation"]
    assert [line.split(":")[0] for line in lines] == list(STEPS)


def test_a_refused_call_is_named(
    world: World, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.create()

    def refuse(request: dict[str, Any]) -> None:
        raise Refusal("AccessDeniedException", f"not you: {request}")

    monkeypatch.setattr(service, "_PutSecretValue", refuse)
    text = world.refusal()
    assert text.startswith("createSecret: Secrets Manager at http://127.0.0.1:")
    assert "refused PutSecretValue on arn:" in text
    assert "with AccessDeniedException" in text
    assert "allow the function's role PutSecretValue" in text


def test_secrets_manager_out_of_reach_is_named(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.create()
    known = {"Step": "createSecret", "SecretId": world.secret.arn, "ClientRequestToken": "t" * 32}
    client.cache_clear()
    monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:9")
    try:
        with pytest.raises(Exception, match=r"cannot be reached for DescribeSecret.*endpoint or"):
            world.handler(known)
    finally:
        client.cache_clear()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_ENGINE", ""),
        ("DATABASE_ENGINE", "mysql"),
        ("DATABASE_PORT", "x"),
        ("PASSWORD_LENGTH", "0"),
        ("SECRET_EXTRA", "[1]"),
        ("SECRET_EXTRA", "{"),
    ],
)
def test_a_wrong_environment_is_explained(world: World, variable: str, value: str) -> None:
    world.set(**{variable: value})
    world.create()
    text = world.refusal()
    assert variable in text or value in text


@pytest.mark.parametrize("text", ["plain", "[]", "7"])
def test_a_secret_that_is_no_object_is_refused_without_showing_it(world: World, text: str) -> None:
    world.create()
    current = world.secret.versions[world.secret.holder("AWSCURRENT") or ""]
    current.value = text
    assert "is not a JSON object" in world.refusal()


def test_a_secret_of_another_engine_is_refused(world: World) -> None:
    world.create(engine="mysql")
    assert "the secret is for the engine `mysql`" in world.refusal()
