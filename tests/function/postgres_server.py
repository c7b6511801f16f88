"""A private PostgreSQL server that speaks TLS and writes every statement to its log."""

import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self

import pg8000.native  # type: ignore[import-untyped]
import trustme

from scram import verifier

SETTINGS = """
listen_addresses = 'localhost'
log_statement = 'all'
ssl = on
password_encryption = 'scram-sha-256'
fsync = off
synchronous_commit = off
shared_buffers = 16MB
max_connections = 40
"""
ACCESS = """
local   all all trust
hostssl all asked_in_clear all password
hostssl all all all scram-sha-256
"""
MASTER = "master"
MASTER_PASSWORD = "the-master-password"


def binaries() -> Path:
    """Find the server's programs, or fail: without them nothing would have been tested."""
    found = [Path(os.environ["POSTGRES_BIN"])] if "POSTGRES_BIN" in os.environ else []
    on_path = shutil.which("postgres")
    found += [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(debian, key=lambda path: float(path.parent.name), reverse=True)
    for folder in found:
        if (folder / "initdb").exists():
            return folder
    raise RuntimeError("no PostgreSQL server found: run `apt-get install postgresql`")


class PostgresServer:
    """A server with an administrator (`postgres`, by socket) and a superuser as RDS has it."""

    def __init__(self) -> None:
        """Make a cluster and start it."""
        self.folder = Path(tempfile.mkdtemp(prefix="rotation-"))
        self.log = self.folder / "log"
        self.authority = trustme.CA()
        self.port = _free_port()
        self.user = "nobody" if os.geteuid() == 0 else None  # the server refuses to run as root
        data, programs = self.folder / "data", binaries()
        self._own(self.folder)
        trust = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
        self._run([programs / "initdb", "--no-sync", "-D", data, *trust])
        certificate = self.authority.issue_cert("localhost")
        (data / "server.crt").write_bytes(certificate.cert_chain_pems[0].bytes())
        (data / "server.key").write_bytes(certificate.private_key_pem.bytes())
        (data / "server.key").chmod(0o600)
        self._own(data / "server.key")
        with (data / "postgresql.conf").open("a") as conf:
            conf.write(f"{SETTINGS}port = {self.port}\nunix_socket_directories = '{self.folder}'\n")
        (data / "pg_hba.conf").write_text(ACCESS)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [programs / "postgres", "-D", data], stdout=log, stderr=log, user=self.user
            )
        self._wait()
        # No SUPERUSER: the master user of RDS has none either.
        self.run(f"CREATE ROLE {MASTER} LOGIN CREATEROLE PASSWORD '{verifier(MASTER_PASSWORD)}'")

    def __enter__(self) -> Self:
        """Enter a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server at once and leave nothing behind."""
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)

    def run(self, *statements: str, as_role: str = "") -> list[Any]:
        """Run statements as the administrator, or as a role that it takes on."""
        socket_path = f"{self.folder}/.s.PGSQL.{self.port}"
        connection = pg8000.native.Connection("postgres", unix_sock=socket_path)
        rows: list[Any] = []
        try:
            if as_role:
                connection.run(f"SET ROLE {as_role}")
            for statement in statements:
                rows = connection.run(statement) or []
        finally:
            connection.close()
        return rows

    def create_login(self, name: str, password: str) -> None:
        """Create a login as somebody who is no superuser would."""
        quoted = name.replace('"', '""')
        self.run(f"CREATE ROLE \"{quoted}\" LOGIN PASSWORD '{verifier(password)}'", as_role=MASTER)

    def connect(self, name: str, password: str) -> Any:
        """Log in as a client does."""
        context = _client_context(self.authority)
        return pg8000.native.Connection(
            name,
            host="localhost",
            port=self.port,
            database="postgres",
            password=password,
            ssl_context=context,
            timeout=10,
        )

    def takes(self, name: str, password: str) -> bool:
        """Tell whether a client can log in."""
        try:
            self.connect(name, password).close()
        except pg8000.native.DatabaseError:
            return False
        return True

    def _own(self, path: Path) -> None:
        if self.user:
            shutil.chown(path, self.user)

    def _run(self, command: list[Any]) -> None:
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        done = subprocess.run(
            command, user=self.user, group=group, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                self.run("SELECT 1")
                return
            except (pg8000.native.Error, OSError):
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.05)


def _client_context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
