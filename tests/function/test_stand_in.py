"""The stand-in follows AWS where it matters to a rotation."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from conftest import World

TOKENS = [c * 32 for c in "abc"]


@pytest.fixture
def stored(world: World) -> World:
    """A secret with three versions: none, AWSPREVIOUS, AWSCURRENT."""
    world.api.create_secret(Name="app", SecretString="{}", ClientRequestToken=TOKENS[0])
    for token in TOKENS[1:]:
        world.api.put_secret_value(
            SecretId="app", SecretString=token_json(token), ClientRequestToken=token
        )
    return world


def token_json(token: str) -> str:
    """Return a value of its own for a version."""
    return f'{{"a": "{token}"}}'


def code(error: pytest.ExceptionInfo[ClientError]) -> Any:
    """Return the error's code."""
    return error.value.response["Error"]["Code"]


def test_labels_move_and_the_previous_one_follows(stored: World) -> None:
    described = stored.api.describe_secret(SecretId="app")
    assert described["VersionIdsToStages"] == {
        TOKENS[1]: ["AWSPREVIOUS"],
        TOKENS[2]: ["AWSCURRENT"],
    }
    assert "RotationEnabled" not in described
    listed = stored.api.list_secret_version_ids(SecretId="app")["Versions"]
    assert len(listed) == 2
    listed = stored.api.list_secret_version_ids(SecretId="app", IncludeDeprecated=True)["Versions"]
    assert len(listed) == 3


def test_a_token_takes_one_value_only(stored: World) -> None:
    put = stored.api.put_secret_value
    put(SecretId="app", SecretString=token_json(TOKENS[2]), ClientRequestToken=TOKENS[2])
    with pytest.raises(ClientError) as error:
        put(SecretId="app", SecretString='{"a": "other"}', ClientRequestToken=TOKENS[2])
    assert code(error) == "ResourceExistsException"


def test_a_label_is_taken_only_from_where_it_is(stored: World) -> None:
    move = stored.api.update_secret_version_stage
    for wrong in ({}, {"RemoveFromVersionId": TOKENS[0]}):
        with pytest.raises(ClientError) as error:
            move(SecretId="app", VersionStage="AWSCURRENT", MoveToVersionId=TOKENS[0], **wrong)
        assert code(error) == "InvalidParameterException"
    right = {"RemoveFromVersionId": TOKENS[2]}
    move(SecretId="app", VersionStage="AWSCURRENT", MoveToVersionId=TOKENS[0], **right)
    assert stored.secret.holder("AWSCURRENT") == TOKENS[0]
    assert stored.secret.holder("AWSPREVIOUS") == TOKENS[2]


def test_a_rotation_that_fails_leaves_the_current_version(stored: World) -> None:
    steps: list[tuple[str, str]] = []

    def fails_in_test(event: dict[str, str], context: object) -> None:
        steps.append((event["Step"], event["SecretId"]))
        if event["Step"] == "testSecret":
            raise RuntimeError

    stored.stand_in.functions["function"] = fails_in_test
    stored.api.rotate_secret(SecretId="app", RotationLambdaARN="function")
    arn = stored.secret.arn
    assert steps == [("createSecret", arn), ("setSecret", arn), ("testSecret", arn)]
    assert stored.secret.holder("AWSCURRENT") == TOKENS[2]
    assert stored.secret.holder("AWSPENDING") not in (None, *TOKENS)


def test_a_secret_without_a_function_is_not_rotated(stored: World) -> None:
    with pytest.raises(ClientError) as error:
        stored.api.rotate_secret(SecretId="app")
    assert code(error) == "InvalidRequestException"


def test_what_is_missing_is_not_found(stored: World) -> None:
    for missing in ({"SecretId": "x"}, {"SecretId": "app", "VersionStage": "AWSPENDING"}):
        with pytest.raises(ClientError) as error:
            stored.api.get_secret_value(**missing)
        assert code(error) == "ResourceNotFoundException"
