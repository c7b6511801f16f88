"""Two logins that take turns, so the current password never stops working.

`app` and `app_clone`: while one is in use, the superuser gives the other a new password, and
AWSCURRENT moves to it. The login in use keeps its password until the rotation after.
"""

import logging
from typing import Any

from contract import Database, Rotation, Session
from credential import username_of
from errors import RotationError
from settings import Settings
from superuser import can_log_in, check_target, is_set, open_session

LOG = logging.getLogger("rotation")


def next_username(current: dict[str, Any] | None, settings: Settings, database: Database) -> str:
    """Return the login whose turn it is; the first of the two when there was none yet."""
    if current is None:
        return username_of({}, settings)
    name = username_of(current, settings)
    base, clone = _pair(name, settings, database)
    if name not in (base, clone):
        raise RotationError(
            f"the secret holds the login `{name}`, and this function rotates `{base}` and"
            f" `{clone}`",
            "put the right user name back into the secret",
        )
    return base if name == clone else clone


def set_password(rotation: Rotation) -> None:
    """Give the login whose turn it is the pending password, unless an earlier attempt did.

    The password comes last: a login that works has its rights as well, so a client never meets
    one that can log in and do nothing.
    """
    if is_set(rotation.pending, rotation.settings, rotation.database):
        return
    proven = can_log_in(rotation.current, rotation.settings, rotation.database)
    name = rotation.pending.username
    if not proven and not rotation.never_rotated:
        raise _current_refused(rotation, rotation.current.username if rotation.current else name)

    base, clone = _pair(name, rotation.settings, rotation.database)
    with open_session(rotation, base, name) as session:
        _prepare(session, rotation, base, clone, proven)
        session.set_password(name, rotation.pending.password)


def _pair(name: str, settings: Settings, database: Database) -> tuple[str, str]:
    """Return the names of the two logins, given either; raise when the server could not hold one.

    The infrastructure may know the first login's name. Otherwise the suffix tells.
    """
    base = settings.username or name.removesuffix(database.CLONE_SUFFIX) or name
    clone = base + database.CLONE_SUFFIX
    database.check_name(clone, settings)
    return base, clone


def _prepare(session: Session, rotation: Rotation, base: str, clone: str, proven: bool) -> None:
    """Bring both logins into the state in which a password is all that is missing."""
    name = rotation.pending.username

    first = session.find(base)
    if first is None and rotation.never_rotated:
        LOG.warning("the login `%s` did not exist and is created; grant it what it needs", base)
        session.create(base)
    elif first is None:
        raise RotationError(
            f"the login `{base}`, to which `{clone}` owes its rights, does not exist",
            f"create `{base}` with its rights, or correct the user name in the secret",
        )
    elif name == base or not proven:
        check_target(first, proven, rotation.database)

    second = session.find(clone)
    if second is None and name == base:
        return
    if second is None:
        session.create_clone(base, clone)
    elif not session.is_clone(base, clone):
        # The name alone proves nothing: it could be a login of somebody else.
        raise RotationError(
            f"the login `{clone}` exists and is not the second login of `{base}`",
            f"if it shall be, run: {session.clone_statement(base, clone)}",
        )
    elif name == clone:
        check_target(second, proven, rotation.database)
    session.align_clone(base, clone, in_use=name == base)


def _current_refused(rotation: Rotation, name: str) -> RotationError:
    """Explain that the login in use does not work, which no rotation of ours can bring about."""
    return RotationError(
        f"{rotation.pending.place} refuses the current login `{name}`, although the secret has"
        " been rotated before: its password was changed by something else, or the secret was"
        " edited to name another login",
        f"if the user name is right, run: {rotation.database.password_statement(name)} with the"
        f" value of `password` from the AWSCURRENT version of {rotation.secret}",
    )
