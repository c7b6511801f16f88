"""The daily check for rotations that never happen."""

import time

import pytest

from conftest import World
from stand_in import DAY


@pytest.fixture
def rotated(world: World) -> World:
    """A world whose secret has been rotated once."""
    world.create()
    assert world.rotate() is None
    return world


def check(world: World) -> None:
    """Call the function as the daily event does."""
    world.handler({"Check": "overdue", "SecretId": world.secret.arn})


def test_a_rotation_on_time_is_quiet(rotated: World) -> None:
    check(rotated)
    rotated.secret.next_rotation = time.time() - 0.9 * DAY
    check(rotated)


def test_a_rotation_a_day_late_is_an_error_that_says_since_when(rotated: World) -> None:
    rotated.secret.next_rotation = 1_700_000_000
    with pytest.raises(
        Exception, match=r"^overdue: .* is overdue since 2023-11-1\d .*last rotated"
    ):
        check(rotated)


@pytest.mark.parametrize("enabled", [False, None])
def test_a_rotation_that_is_switched_off_is_an_error(rotated: World, enabled: bool | None) -> None:
    rotated.secret.rotation_enabled = enabled
    with pytest.raises(Exception, match=r"is switched off; it was last rotated on \d{4}-"):
        check(rotated)


def test_a_secret_that_never_rotated_says_so(world: World) -> None:
    world.create()
    with pytest.raises(Exception, match=r"is switched off; it has never been rotated"):
        check(world)


def test_the_check_needs_nothing_but_the_description(rotated: World) -> None:
    rotated.stand_in.calls.clear()
    check(rotated)
    assert [name for name, _ in rotated.stand_in.calls] == ["DescribeSecret"]
