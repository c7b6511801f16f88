"""What the four steps, a strategy and a database adapter promise each other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, Self

from credential import Credential
from settings import Settings


@dataclass(frozen=True)
class Login:
    """A login as the database describes it."""

    name: str
    locked: str  # why it could not log in even with the right password, or ""
    unlock: str  # the statement by which a person lets it log in again, or ""
    rights: str  # what makes it more than an application's login, or ""


class Session(Protocol):
    """A connection that has logged in. Its methods raise `RotationError`."""

    def __enter__(self) -> Self:
        """Enter a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self.close()

    def ready(self) -> Self:
        """Set the session up and return it, or close it."""
        try:
            self.set_up()
        except BaseException:
            self.close()
            raise
        return self

    def set_up(self) -> None:
        """Make the session independent of what is set for the login or the server."""
        ...

    def close(self) -> None:
        """Close the connection; a failure to say goodbye matters to nobody."""
        ...

    def ping(self) -> None:
        """Ask the server something; raise `LoginRefused` when the password has expired."""
        ...

    def change_own_password(self, password: str) -> None:
        """Change the password of the login that is logged in."""
        ...

    def find(self, name: str) -> Login | None:
        """Describe a login. Only for a superuser, as are the rest."""
        ...

    def create(self, name: str) -> None:
        """Create a login that cannot log in yet because it has no password."""
        ...

    def create_clone(self, name: str, clone: str) -> None:
        """Create the second login of `name`, without a password, at once or not at all."""
        ...

    def is_clone(self, name: str, clone: str) -> bool:
        """Tell whether `clone` is the second login of `name` and not somebody else's."""
        ...

    def clone_statement(self, name: str, clone: str) -> str:
        """Return the statement by which a person makes one login the clone of another."""
        ...

    def align_clone(self, name: str, clone: str, in_use: bool) -> None:
        """Give the second login whatever the first has been given since the last rotation.

        `in_use` says that clients log in with the second one now, so that they must not notice.
        """
        ...

    def set_password(self, name: str, password: str) -> None:
        """Set the password of any login."""
        ...


class Database(Protocol):
    """An adapter: a module with these names."""

    ENGINES: tuple[str, ...]
    DEFAULT_DBNAME: str  # "" for none
    CLONE_SUFFIX: str

    def connect(self, login: Credential, settings: Settings) -> Session:
        """Log in over TLS; raise `LoginRefused` when it is the login that is refused."""
        ...

    def check_name(self, name: str, settings: Settings, /) -> None:
        """Raise when the server could not hold a login's name, or would take it for another."""
        ...

    def password_statement(self, name: str) -> str:
        """Return the statement by which a person sets a password, without the password."""
        ...


@dataclass(frozen=True)
class Rotation:
    """All that a strategy has to know of the rotation that is under way."""

    settings: Settings
    database: Database
    secret: str
    pending: Credential
    current: Credential | None  # None when the secret had no value before this rotation
    never_rotated: bool
    previous: Callable[[], Credential | None]
    superuser: Callable[[], Credential]


class Strategy(Protocol):
    """Who rotates: a module with these names."""

    def next_username(
        self, current: dict[str, Any] | None, settings: Settings, database: Database
    ) -> str:
        """Return the user name for the next version, given the value of the current one."""
        ...

    def set_password(self, rotation: Rotation) -> None:
        """Make the pending login work, whatever an earlier attempt left behind."""
        ...
