"""What the superuser may be used for, and what not."""

from contract import Database, Login, Rotation, Session
from credential import Credential
from errors import LoginRefused, RotationError
from settings import Settings


def can_log_in(login: Credential | None, settings: Settings, database: Database) -> bool:
    """Tell whether the database takes a password. Any other failure is raised."""
    if login is None:
        return False
    try:
        with database.connect(login, settings):
            return True
    except LoginRefused:
        return False


def is_set(login: Credential, settings: Settings, database: Database) -> bool:
    """Tell whether a login is fit for use: an expired password is taken, and good for nothing."""
    try:
        with database.connect(login, settings) as session:
            session.ping()
            return True
    except LoginRefused:
        return False


def open_session(rotation: Rotation, *targets: str) -> Session:
    """Log in as the superuser, on the server that the rotated logins are for."""
    login = rotation.superuser()
    if login.username in targets:
        raise RotationError(
            f"the secret and its superuser secret both hold the login `{login.username}`",
            "give the rotated secret a login of its own",
        )
    try:
        return rotation.database.connect(login, rotation.settings)
    except LoginRefused as error:
        raise RotationError(
            f"the superuser secret {rotation.settings.superuser_secret} does not work:"
            f" {error.reason}",
            "put the superuser's present password into its secret, or rotate that secret",
        ) from None


def check_target(login: Login, proven: bool, database: Database) -> None:
    """Refuse a login that the superuser must not touch.

    Whoever may write the secret decides which login it names. While the current password works,
    they have that login anyway. When it does not, the superuser's help must not hand them a
    login that could do more than an application's.
    """
    if login.locked:
        # Somebody may have locked the login on purpose: a rotation must not undo that.
        raise RotationError(
            f"the login `{login.name}` is locked: {login.locked}",
            f"if it shall be used again, run: {login.unlock}",
        )
    if login.rights and not proven:
        raise RotationError(
            f"the current password of `{login.name}` does not work, and a login with"
            f" {login.rights} is not given a new one unless it does",
            f"put the password that works into the secret, or run:"
            f" {database.password_statement(login.name)} with the one in the secret",
        )
