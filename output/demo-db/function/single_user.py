"""One login, whose password changes in place.

Without a superuser the login changes its own password, so one of the passwords that the secret
remembers must still work. With a superuser the password is set from outside: a login that does
not exist yet is created, and one whose password nobody knows is put right.

Between the change in the database and the move of AWSCURRENT, a moment later, a client that
reads the secret gets the old password. Two alternating logins avoid that.
"""

from collections.abc import Iterator
from typing import Any

from contract import Database, Rotation
from credential import Credential, username_of
from errors import LoginRefused, RotationError
from settings import Settings
from superuser import can_log_in, check_target, is_set, open_session


def next_username(current: dict[str, Any] | None, settings: Settings, database: Database) -> str:
    """Return the name of the login, which never changes."""
    name = username_of(current or {}, settings)
    if settings.username not in (None, name):
        raise RotationError(
            f"the secret holds the login `{name}`, and this function rotates `{settings.username}`",
            "put the right user name back into the secret",
        )
    return name


def set_password(rotation: Rotation) -> None:
    """Give the login the pending password, unless an earlier attempt did."""
    if is_set(rotation.pending, rotation.settings, rotation.database):
        return
    if rotation.settings.superuser_secret:
        _set_by_superuser(rotation)
    else:
        _set_by_login(rotation)


def _set_by_superuser(rotation: Rotation) -> None:
    """Let the superuser set the password, and create the login when it is missing."""
    name, password = rotation.pending.username, rotation.pending.password
    proven = can_log_in(rotation.current, rotation.settings, rotation.database)
    with open_session(rotation, name) as session:
        login = session.find(name)
        if login is None:
            session.create(name)
        else:
            check_target(login, proven, rotation.database)
        session.set_password(name, password)


def _set_by_login(rotation: Rotation) -> None:
    """Let the login change its own password.

    The previous password works when somebody moved AWSCURRENT by hand.
    """
    refusal = ""
    for login in _known_logins(rotation):
        try:
            with rotation.database.connect(login, rotation.settings) as session:
                session.change_own_password(rotation.pending.password)
                return
        except LoginRefused as error:
            refusal = refusal or error.reason
    raise _locked_out(rotation, refusal)


def _known_logins(rotation: Rotation) -> Iterator[Credential]:
    """Yield the login with the passwords that the secret remembers, the newest first."""
    if rotation.current:
        yield rotation.current
    previous = rotation.previous()
    # The version before may have held another login, or the same name on another server.
    if (
        previous
        and previous.username == rotation.pending.username
        and previous.same_server(rotation.pending)
    ):
        yield previous


def _locked_out(rotation: Rotation, refusal: str) -> RotationError:
    """Explain why no password works, and which statement mends it."""
    name = rotation.pending.username
    cause = (
        "the secret has never been rotated: its first password was generated with it, and the"
        " database does not know that password"
        if rotation.never_rotated
        else "neither the pending nor the current nor the previous password works, so the"
        " password was changed by something other than this rotation"
    )
    return RotationError(
        f"the login `{name}` cannot change its password: {cause} ({refusal})",
        f"as an administrator of {rotation.pending.place} run: "
        f"{rotation.database.password_statement(name)} with the value of `password` from the"
        f" AWSCURRENT version of {rotation.secret}, then rotate the secret",
    )
