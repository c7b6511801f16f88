"""What the infrastructure tells the function through its environment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from errors import RotationError

REDEPLOY = "correct the function's environment and deploy it again"


@dataclass(frozen=True)
class Settings:
    """The function's environment, checked once and read-only from then on.

    What is None here comes from the secret instead. Nothing here is confidential.
    """

    engine: str
    host: str | None
    port: int
    dbname: str | None
    username: str | None
    verify_server: bool
    ca_bundle: str | None
    superuser_secret: str | None
    password_length: int
    password_exclude: str
    extra: Mapping[str, str]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read and check the variables; an optional one that is empty counts as absent."""
        return cls(
            engine=_required(environment, "DATABASE_ENGINE"),
            host=environment.get("DATABASE_HOST") or None,
            port=_number(environment, "DATABASE_PORT"),
            dbname=environment.get("DATABASE_NAME") or None,
            username=environment.get("DATABASE_USERNAME") or None,
            verify_server=_verify_server(environment),
            ca_bundle=_file_name(environment, "DATABASE_CA_BUNDLE"),
            superuser_secret=environment.get("SUPERUSER_SECRET_ARN") or None,
            password_length=_number(environment, "PASSWORD_LENGTH"),
            password_exclude=environment.get("PASSWORD_EXCLUDE", ""),
            extra=_strings(environment, "SECRET_EXTRA"),
        )


def _required(environment: Mapping[str, str], name: str) -> str:
    """Return a variable that must be there."""
    value = environment.get(name)
    if not value:
        raise RotationError(f"the environment variable {name} is missing", REDEPLOY)
    return value


def _number(environment: Mapping[str, str], name: str) -> int:
    """Return a variable that holds a positive whole number."""
    value = _required(environment, name)
    if not (value.isascii() and value.isdigit()) or int(value) == 0:
        raise RotationError(f"{name} is `{value}`, which is not a positive number", REDEPLOY)
    return int(value)


def _verify_server(environment: Mapping[str, str]) -> bool:
    """Tell whether the server's certificate is checked; there is no setting without TLS."""
    mode = environment.get("DATABASE_TLS") or "verify-full"
    if mode not in ("verify-full", "require"):
        raise RotationError(
            f"DATABASE_TLS is `{mode}`, which is neither `verify-full` nor `require`", REDEPLOY
        )
    return mode == "verify-full"


def _file_name(environment: Mapping[str, str], name: str) -> str | None:
    """Return a file name; a path could lead out of the function's own folder."""
    value = environment.get(name) or None
    if value is not None and ("/" in value or "\\" in value or value.startswith(".")):
        raise RotationError(f"{name} is `{value}`, which is not a plain file name", REDEPLOY)
    return value


def _strings(environment: Mapping[str, str], name: str) -> Mapping[str, str]:
    """Return a JSON object whose values are strings."""
    try:
        value = json.loads(environment.get(name) or "{}")
    except ValueError:
        value = None
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise RotationError(f"{name} is not a JSON object of strings", REDEPLOY)
    return value
