"""What the tests stand on: a database server, a stand-in for Secrets Manager, a bundle."""

import importlib.util
import json
import logging
import os
import re
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

import secret  # noqa: E402, F401 - keeps boto3 from logging what the tests store
import server as server_module  # noqa: E402
from mariadb_server import MariaDbServer  # noqa: E402
from mysql_server import MysqlServer  # noqa: E402
from mysql_server import command as mysql_command  # noqa: E402
from postgres_server import PostgresServer  # noqa: E402
from private_server import MASTER, MASTER_PASSWORD, PrivateServer  # noqa: E402
from stand_in import StandIn, Stored  # noqa: E402

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

EXCLUDE = ":/@\"'\\"
NUMBERS = count(1)
SINGLE, ALTERNATING = "single_user", "alternating_users"
SERVERS: dict[str, type[PrivateServer]] = {
    "postgres": PostgresServer,
    "mariadb": MariaDbServer,
    "mysql": MysqlServer,
}
# What holds for every server, and what for those that `mysql.py` speaks to.
on_each_server = pytest.mark.parametrize("database", SERVERS, indirect=True)
on_mysql_and_mariadb = pytest.mark.parametrize("database", ["mariadb", "mysql"], indirect=True)


def render(strategy: str, module: str = "postgres") -> str:
    """Return `rotate.py` for a strategy and an adapter."""
    text = (BLUEPRINT / "rotate.py.jinja").read_text()
    for hole, value in (("strategy_module", strategy), ("engine_module", module)):
        text = text.replace(f"<{{ {hole} }}>", value)
    return text


@cache
def load(strategy: str, adapter: str) -> Any:
    """Import the entry point of a strategy and an adapter."""
    path = BUNDLE / f"rotate_{strategy}_{adapter}.py"
    path.write_text(render(strategy, adapter))
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
        database: PrivateServer,
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
            DATABASE_ENGINE=database.engine,
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
            load(self.strategy, self.database.module)(event, context)
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
        return told(self.rotate())


def told(failure: Exception | None) -> str:
    """Return the text of a failure that must be one of the function's own."""
    known = ("RotationError", "LoginRefused", "StatementFailed")
    assert type(failure).__name__ in known, repr(failure)
    return str(failure)


def remedy(text: str) -> str:
    """Return the statement that an error asks a person to run."""
    return text.split("run: ")[1].split(" with the ")[0]


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, PrivateServer]]:
    """The servers that all tests share, each started when it is first asked for."""
    started: dict[str, PrivateServer] = {}
    yield started
    for server in started.values():
        server.__exit__()
    shutil.rmtree(BUNDLE)


@pytest.fixture
def database(request: pytest.FixtureRequest, servers: dict[str, PrivateServer]) -> PrivateServer:
    """The server of a test: PostgreSQL unless it asks for another."""
    name = getattr(request, "param", "postgres")
    if name == "mysql" and mysql_command() is None:
        pytest.skip("no MySQL found: run `tests/function/install_mysql.sh .tools/mysql`")
    if name not in servers:
        servers[name] = SERVERS[name]()
    servers[name].authority.cert_pem.write_to_path(str(BUNDLE / "authority.pem"))
    return servers[name]


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
    database: PrivateServer,
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
    assert not re.search(database.stored_form, written)
    assert not [p for p in (*service.passwords, MASTER_PASSWORD) if p in written]
