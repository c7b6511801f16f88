"""From a secret's JSON to a login, and to the JSON of the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from errors import RotationError
from settings import Settings


@dataclass(frozen=True)
class Credential:
    """A login and where it is good for. The password stays out of `repr`."""

    username: str
    password: str = field(repr=False)
    host: str
    port: int
    dbname: str

    @property
    def place(self) -> str:
        """The server, for people."""
        return f"{self.host}:{self.port}"

    def same_server(self, other: "Credential") -> bool:
        """Tell whether both are good for the same server."""
        return (_plain(self.host), self.port) == (_plain(other.host), other.port)


def login_of(value: Mapping[str, Any], settings: Settings, default_dbname: str) -> Credential:
    """Read the login out of a value of the rotated secret; the settings win over it."""
    return Credential(
        username=username_of(value, settings),
        password=_text(value, "password", "the secret"),
        host=settings.host or _text(value, "host", "the secret"),
        port=settings.port,
        dbname=settings.dbname or _optional(value, "dbname") or default_dbname,
    )


def superuser_of(value: Mapping[str, Any], target: Credential, source: str) -> Credential:
    """Read the superuser's login, to be used on the server of `target`.

    A superuser secret that RDS manages holds a user name and a password and nothing else. One
    that names a host must name the same host: otherwise the password would be changed on one
    server and used on another.
    """
    owner = f"the superuser secret {source}"
    host = _optional(value, "host")
    if host and _plain(host) != _plain(target.host):
        raise RotationError(
            f"{owner} is for the host {host}, and the login for {target.host}",
            "give both the same host, the writer's, or leave `host` out of the superuser secret",
        )
    return Credential(
        username=_text(value, "username", owner),
        password=_text(value, "password", owner),
        host=target.host,
        port=target.port,
        dbname=target.dbname,
    )


def username_of(value: Mapping[str, Any], settings: Settings) -> str:
    """Return the user name of a value; the infrastructure may know it when the secret does not."""
    if "username" not in value and settings.username:
        return settings.username
    return _text(value, "username", "the secret")


def next_value(
    current: Mapping[str, Any],
    username: str,
    password: str,
    settings: Settings,
    engines: tuple[str, ...],
    default_dbname: str,
) -> dict[str, Any]:
    """Build the JSON of the next version.

    Keys that the function knows nothing of are carried along. What the function does know is
    written again each time, so the first value may hold as little as a user name.
    """
    engine = current.get("engine", settings.engine)
    if settings.engine not in engines or engine not in engines:
        raise RotationError(
            f"the secret is for the engine `{engine}`, the function for `{settings.engine}`,"
            f" and this code for {', '.join(engines)}",
            "correct `engine` in the secret or DATABASE_ENGINE in the function's environment",
        )
    dbname = settings.dbname or _optional(current, "dbname") or default_dbname
    value = {
        **current,
        **settings.extra,
        "engine": engine,
        "host": settings.host or _text(current, "host", "the secret"),
        "port": settings.port,
        **({"dbname": dbname} if dbname else {}),
        "ssl": True,
        "username": username,
        "password": password,
    }
    if settings.superuser_secret:
        value["masterarn"] = settings.superuser_secret
    return value


def _text(value: Mapping[str, Any], key: str, owner: str) -> str:
    """Return a key that must hold a text. The error never shows what it holds instead."""
    found = value.get(key)
    if not isinstance(found, str) or not found:
        raise RotationError(
            f"{owner} has no text under the key `{key}`",
            f"add `{key}` to its JSON, or set it in the function's environment"
            if key != "password"
            else "put the login's password into its JSON",
        )
    return found


def _optional(value: Mapping[str, Any], key: str) -> str | None:
    """Return a key that may be absent or empty."""
    return _text(value, key, "the secret") if value.get(key) else None


def _plain(host: str) -> str:
    """Return a host name in the form in which two of them can be compared."""
    return host.lower().rstrip(".")
