"""What the tests stand on: a database server, a stand-in for Secrets Manager, a bundle."""

import importlib.util
import json
import logging
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from functools import cache
from io import StringIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

BLUEPRINT = Path(__file__).parents[2] / "blueprints" / "function"
# The code runs from a copy, as from a bundle: with a certificate and `rotate.py` beside it.
BUNDLE = Path(tempfile.mkdtemp(prefix="rotation-bundle-"))
for source in BLUEPRINT.glob("*.py"):
    shutil.copy(source, BUNDLE)
sys.path.insert(0, str(BUNDLE))

import boto3  # noqa: E402

import server as server_module  # noqa: E402
from postgres_server import MASTER, MASTER_PASSWORD, PostgresServer  # noqa: E402
from stand_in import StandIn, Stored  # noqa: E402

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

EXCLUDE = ":/@\"'\\"
NUMBERS = count(1)
SINGLE, ALTERNATING = "single_user", "alternating_users"


def render(strategy: str) -> str:
    """Return `rotate.py` for a strategy."""
    text = (BLUEPRINT / "rotate.py.jinja").read_text()
    for hole, value in (("strategy_module", strategy), ("engine_module", "postgres")):
        text = text.replace(f"<{{ {hole} }}>", value)
    return text


@cache
def load(strategy: str) -> Any:
    """Import the entry point of a strategy."""
    path = BUNDLE / f"rotate_{strategy}.py"
    path.write_text(render(strategy))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.handler


class World:
    """One secret, one database and one function between them."""

    def __init__(
        self,
        database: PostgresServer,
        stand_in: StandIn,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
    ) -> None:
        """Set the environment as the infrastructure would."""
        self.database = database
        self.stand_in = stand_in
        self.monkeypatch = monkeypatch
        self.name = name
        self.api: SecretsManagerClient = boto3.client("secretsmanager")
        self.failures: list[str] = []
        self.strategy = SINGLE
        self.set(
            DATABASE_ENGINE="postgres",
            DATABASE_HOST="localhost",
            DATABASE_PORT=str(database.port),
            DATABASE_CA_BUNDLE="authority.pem",
            PASSWORD_LENGTH="40",
            PASSWORD_EXCLUDE=EXCLUDE,
        )

    def set(self, **variables: str) -> None:
        """Set environment variables of the function."""
        for key, value in variables.items():
            self.monkeypatch.setenv(key, value)

    def use(self, strategy: str, superuser: bool = False) -> None:
        """Choose the strategy, and make a superuser secret as RDS makes one."""
        self.strategy = strategy
        if superuser:
            value = {"username": MASTER, "password": MASTER_PASSWORD}
            arn = self.api.create_secret(Name="superuser", SecretString=json.dumps(value))["ARN"]
            self.set(SUPERUSER_SECRET_ARN=arn)

    def create(self, password: str | None = "", **more: Any) -> str:
        """Create the secret, and the login with its password unless another is given.

        None stands for a secret without any value.
        """
        if password is None:
            return self.api.create_secret(Name="app")["ARN"]
        value = {"username": self.name, "password": password or f"first-{self.name}", **more}
        if not password:
            self.database.create_login(self.name, value["password"])
        return self.api.create_secret(Name="app", SecretString=json.dumps(value))["ARN"]

    @property
    def secret(self) -> Stored:
        """The secret as the stand-in holds it."""
        return self.stand_in.find("app")

    def value(self, stage: str = "AWSCURRENT") -> dict[str, Any]:
        """Return the JSON of a version."""
        text = self.api.get_secret_value(SecretId="app", VersionStage=stage)["SecretString"]
        value: dict[str, Any] = json.loads(text)
        return value

    def works(self, stage: str = "AWSCURRENT") -> bool:
        """Tell whether the database takes the login of a version."""
        value = self.value(stage)
        return self.database.takes(value["username"], value["password"])

    def handler(self, event: dict[str, Any], context: object = None) -> None:
        """Call the function; keep what it raises, for the search for passwords."""
        try:
            load(self.strategy)(event, context)
        except BaseException as error:
            self.failures.append("".join(traceback.format_exception(error)))
            raise

    def rotate(self) -> Exception | None:
        """Rotate as Secrets Manager does and return what the function raised."""
        self.stand_in.functions["function"] = self.handler
        self.api.rotate_secret(
            SecretId="app",
            RotationLambdaARN="function",
            RotationRules={"AutomaticallyAfterDays": 30},
        )
        return self.secret.failure

    def retry(self) -> Exception | None:
        """Try the pending rotation again."""
        self.stand_in.run_rotation(self.secret)
        return self.secret.failure

    def refusal(self) -> str:
        """Rotate, expect a refusal, and return its text."""
        failure = self.rotate()
        assert type(failure).__name__ in ("RotationError", "LoginRefused"), repr(failure)
        return str(failure)


@pytest.fixture(scope="session")
def database() -> Iterator[PostgresServer]:
    """The server that all tests share."""
    with PostgresServer() as server:
        server.authority.cert_pem.write_to_path(str(BUNDLE / "authority.pem"))
        yield server
    shutil.rmtree(BUNDLE)


@pytest.fixture(scope="session")
def service() -> Iterator[StandIn]:
    """The stand-in that all tests share, so that the function's client may live on."""
    stand_in = StandIn()
    os.environ.update(
        AWS_ENDPOINT_URL_SECRETS_MANAGER=stand_in.url,
        AWS_DEFAULT_REGION="us-east-1",
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
    )
    yield stand_in
    stand_in.stop()


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that is logged, at the level of a careless setup."""
    text, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(text), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def world(
    database: PostgresServer,
    service: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    log: StringIO,
) -> Iterator[World]:
    """A fresh secret store and a login name of the test's own.

    After each test its log and all its tracebacks are searched for every password ever made.
    """
    service.secrets.clear()
    service.calls.clear()
    service.functions.clear()
    service.first_value_is_current = False
    server_module.tls_context.cache_clear()
    world = World(database, service, monkeypatch, f"app_{next(NUMBERS)}")
    yield world
    written = log.getvalue() + "".join(world.failures)
    assert "SCRAM-SHA-256$" not in written
    assert not [p for p in (*service.passwords, MASTER_PASSWORD) if p in written]
