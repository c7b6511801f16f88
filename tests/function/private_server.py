"""A database server of the tests' own, in a folder that is gone afterwards."""

import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import trustme

MASTER = "master"
MASTER_PASSWORD = "the-master-password"


class PrivateServer(ABC):
    """A server that speaks TLS and logs every statement.

    It has an administrator, who comes by socket, and a superuser with the rights that RDS gives.
    """

    engine: str  # as the infrastructure names it
    module: str  # the adapter
    statement_call: tuple[type, str]  # the driver's method that each statement goes through
    longest_name: int  # in characters, or bytes
    refused: str  # what the adapter says of a wrong password
    stored_form: str  # a pattern: what the server keeps of a password
    logged: str  # a pattern: how its log shows that a superuser set a clone's password

    def __init__(self) -> None:
        """Make the server's data and start it."""
        self.folder = Path(tempfile.mkdtemp(prefix="rotation-"))
        self.log = self.folder / "log"
        self.authority = trustme.CA()
        self.port = free_port()
        self.user = "nobody" if os.geteuid() == 0 else None  # the servers refuse to run as root
        self.data = self.folder / "data"
        self.own(self.folder)

    @abstractmethod
    def run(self, *statements: str) -> list[Any]:
        """Run statements as the administrator and return the rows of the last one."""

    @abstractmethod
    def create_login(self, name: str, password: str) -> None:
        """Create a login as somebody who is no administrator would."""

    @abstractmethod
    def set_password(self, name: str, password: str) -> None:
        """Set a password as a person does, who was told how."""

    @abstractmethod
    def connect(self, name: str, password: str) -> Any:
        """Log in as a client does."""

    @abstractmethod
    def takes(self, name: str, password: str) -> bool:
        """Tell whether a client can log in."""

    def told(self) -> str:
        """Return the statements that the server has logged."""
        return self.log.read_text(errors="replace")

    def written(self) -> str:
        """Return all that the server has written down of what it was told."""
        return self.told()

    def __enter__(self) -> Self:
        """Enter a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server at once and leave nothing behind."""
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)

    def write_certificate(self, folder: Path) -> None:
        """Write the server's certificate and key as the server wants to find them."""
        certificate = self.authority.issue_cert("localhost")
        (folder / "server.crt").write_bytes(certificate.cert_chain_pems[0].bytes())
        (folder / "server.key").write_bytes(certificate.private_key_pem.bytes())
        (folder / "server.key").chmod(0o600)
        self.own(folder / "server.key")

    def client_context(self) -> ssl.SSLContext:
        """Return how a client that trusts the server speaks TLS."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context

    def own(self, path: Path) -> None:
        """Give a file to the user that the server runs as."""
        if self.user:
            shutil.chown(path, self.user)

    def execute(self, command: list[Any], text: str = "") -> None:
        """Run a program of the server's to its end."""
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        done = subprocess.run(
            command,
            user=self.user,
            group=group,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self, command: list[Any], failure: type[Exception]) -> None:
        """Start the server and wait until it answers; until then the driver fails like this."""
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, user=self.user)
        deadline = time.monotonic() + 60
        while True:
            try:
                self.run("SELECT 1")
                return
            except (OSError, failure):
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.05)


def succeeds(call: Callable[[], Any], failure: type[Exception]) -> bool:
    """Tell whether a client can log in; other failures are failures of the test."""
    try:
        call().close()
    except failure:
        return False
    return True


def free_port() -> int:
    """Return a port where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
