"""The four steps of a rotation, as Secrets Manager calls them.

Each call stands alone: what it has to know is in the secret's versions and in the database. So
each step may be repeated, and a rotation that broke off anywhere is finished by the next attempt.
"""

import logging
import os
from collections.abc import Callable, Mapping
from typing import Any

import overdue
from contract import Database, Rotation, Strategy
from credential import Credential, login_of, next_value, superuser_of
from errors import LoginRefused, RotationError
from secret import CURRENT, PENDING, PREVIOUS, Secret
from settings import Settings
from superuser import open_session

LOG = logging.getLogger("rotation")
LOG.setLevel(logging.INFO)

Event = Mapping[str, Any]

CALLER = "let only Secrets Manager and the overdue check call this function"
START_AGAIN = (
    "take AWSPENDING off that version with UpdateSecretVersionStage, then rotate the secret"
)

# The first value a secret ever gets may become AWSCURRENT as soon as it is stored. The login still
# has to be set then.
UNDONE_BY_CREATION = ("setSecret", "testSecret")


def build_handler(strategy: Strategy, database: Database) -> Callable[[Event, object], None]:
    """Return the function that Lambda calls: for a step, or for the daily check."""

    def handler(event: Event, _context: object) -> None:
        name = _text(event, "Check" if "Check" in event else "Step")
        try:
            secret = Secret(_text(event, "SecretId"))
            if name == "overdue":
                overdue.check(secret)
            else:
                token = _text(event, "ClientRequestToken")
                proof = event.get("RotationToken")
                Steps(strategy, database, secret, token, proof).run(name)
        except RotationError as error:
            raise error.during(name) from None

    return handler


class Steps:
    """The steps of one rotation. Its version, the token's, is called pending throughout."""

    def __init__(
        self,
        strategy: Strategy,
        database: Database,
        secret: Secret,
        token: str,
        rotation_token: str | None,
    ) -> None:
        """Read the environment; call nothing yet."""
        self.strategy = strategy
        self.database = database
        self.secret = secret
        self.token = token
        self.rotation_token = rotation_token
        self.settings = Settings.from_environment(os.environ)

    def run(self, step: str) -> None:
        """Run one step, unless the rotation is complete or was never started."""
        steps = {
            "createSecret": self.create_secret,
            "setSecret": self.set_secret,
            "testSecret": self.test_secret,
            "finishSecret": self.finish_secret,
        }
        if step not in steps:
            raise RotationError(f"`{step}` is no step of a rotation", CALLER)
        self.known = self.secret.describe()
        stages = self.known.stages.get(self.token)
        if self.known.rotation_enabled is False:
            raise RotationError(
                f"rotation of {self.secret.arn} is switched off", "switch it on, then rotate it"
            )
        if stages is None:
            raise RotationError(
                f"{self.secret.arn} has no version {self.token}, which is to be rotated to", CALLER
            )
        if CURRENT in stages and not (self._is_first_value() and step in UNDONE_BY_CREATION):
            LOG.info("%s: version %s is already current", step, self.token)
            return
        if CURRENT not in stages and PENDING not in stages:
            raise RotationError(
                f"version {self.token} of {self.secret.arn} is not AWSPENDING", "rotate it again"
            )
        self.own_stage = PENDING if PENDING in stages else CURRENT
        steps[step]()

    def create_secret(self) -> None:
        """Store the next login as AWSPENDING, once for each rotation."""
        if self._pending_value() is not None:
            LOG.info("createSecret: version %s has a value already", self.token)
            return
        current = self._current_value()
        if not (current and current.get("password")) and not self.settings.superuser_secret:
            raise RotationError(
                f"{self.secret.arn} holds no password, and without a superuser secret nobody"
                " could give the login its first password",
                "store the login's user name and password in the secret, then rotate it",
            )
        username = self.strategy.next_username(current, self.settings, self.database)
        password = self.secret.random_password(
            self.settings.password_length, self.settings.password_exclude
        )
        value = next_value(
            current or {},
            username,
            password,
            self.settings,
            self.database.ENGINES,
            self.database.DEFAULT_DBNAME,
        )
        self.secret.write_pending(self.token, value, self.rotation_token)
        LOG.info("createSecret: version %s holds a new password for `%s`", self.token, username)

    def set_secret(self) -> None:
        """Make the database take the pending login."""
        pending = self._login(self._pending_value())
        if pending is None:
            raise self._no_value()
        current = self._current_value()
        rotation = self._rotation(pending, current)
        expected = self.strategy.next_username(current, self.settings, self.database)
        server = rotation.current or pending
        if pending.username != expected or not pending.same_server(server):
            raise RotationError(
                f"version {self.token} is for `{pending.username}` at {pending.place}, and should"
                f" be for `{expected}` at {server.place}: the secret was edited meanwhile",
                START_AGAIN,
            )
        self.strategy.set_password(rotation)
        LOG.info("setSecret: `%s` is set at %s", pending.username, pending.place)

    def test_secret(self) -> None:
        """Log in with the pending login and ask the server something.

        When a schedule is set up that does not rotate at once, Secrets Manager calls this step
        alone, to see whether the function can do its work. Nothing was created before it then.
        """
        current = self._current_value()
        login = self._login(self._pending_value() or current)
        if login is None:
            raise self._no_value()
        try:
            with self.database.connect(login, self.settings) as session:
                session.ping()
        except LoginRefused:
            if not self._awaits_first_rotation(login, self._login(current)):
                raise
            with open_session(self._rotation(login, current), login.username) as session:
                session.ping()
            LOG.info("testSecret: `%s` is yet to be set; the superuser works", login.username)
            return
        LOG.info("testSecret: `%s` works at %s", login.username, login.place)

    def finish_secret(self) -> None:
        """Move AWSCURRENT to the pending version: from then on clients get the new login."""
        if self._pending_value() is None:
            raise self._no_value()
        self.secret.make_current(self.token, self.known.version_with(CURRENT))
        LOG.info("finishSecret: version %s is current", self.token)

    def _is_first_value(self) -> bool:
        """Tell whether the pending version is the only one, so that nothing came before it."""
        return len(self.known.stages) == 1

    def _pending_value(self) -> dict[str, Any] | None:
        """Return the JSON of the pending version, or None before createSecret stored one."""
        return self.secret.read(self.own_stage, self.token)

    def _current_value(self) -> dict[str, Any] | None:
        """Return the JSON that is to be replaced, or None when this is the first value."""
        if self.known.version_with(CURRENT) in (None, self.token):
            return None
        return self.secret.read(CURRENT)

    def _login(self, value: dict[str, Any] | None) -> Credential | None:
        """Return the login of a value. A first value may lack the password."""
        if value is None or not value.get("password"):
            return None
        return login_of(value, self.settings, self.database.DEFAULT_DBNAME)

    def _rotation(self, pending: Credential, current: dict[str, Any] | None) -> Rotation:
        """Return what a strategy needs. What most rotations do not need is read when asked for."""
        return Rotation(
            settings=self.settings,
            database=self.database,
            secret=self.secret.arn,
            pending=pending,
            current=self._login(current),
            never_rotated=self.known.last_rotated is None,
            previous=lambda: self._login(self.secret.read(PREVIOUS)),
            superuser=lambda: self._superuser(pending),
        )

    def _superuser(self, target: Credential) -> Credential:
        """Return the superuser's login for the server of `target`."""
        arn = self.settings.superuser_secret
        if not arn:
            raise RotationError(
                f"{self.secret.arn} needs a superuser, and SUPERUSER_SECRET_ARN is not set",
                "set it in the function's environment",
            )
        return superuser_of(Secret(arn).read(CURRENT) or {}, target, arn)

    def _awaits_first_rotation(self, login: Credential, current: Credential | None) -> bool:
        """Tell whether a refused login is one that the superuser has yet to set."""
        return (
            self.settings.superuser_secret is not None
            and self.known.last_rotated is None
            and current is not None
            and current.password == login.password
        )

    def _no_value(self) -> RotationError:
        """Explain that an earlier step did not leave what this one needs."""
        return RotationError(
            f"version {self.token} of {self.secret.arn} holds no login", START_AGAIN
        )


def _text(event: Event, key: str) -> str:
    """Return a field of the event, of which nothing is ever shown."""
    value = event.get(key)
    if not isinstance(value, str) or not value:
        raise RotationError(f"the event has no text under `{key}`", CALLER)
    return value
