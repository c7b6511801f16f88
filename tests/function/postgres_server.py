"""A private PostgreSQL server that speaks TLS and writes every statement to its log."""

import os
import shutil
from pathlib import Path
from typing import Any

import pg8000.native  # type: ignore[import-untyped]

from private_server import MASTER, MASTER_PASSWORD, PrivateServer, succeeds
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


class PostgresServer(PrivateServer):
    """PostgreSQL."""

    engine = module = "postgres"
    statement_call = (pg8000.native.Connection, "run")
    longest_name = 63
    refused = "28P01"
    stored_form = r"SCRAM-SHA-256\$"
    logged = r'statement: ALTER ROLE "app_\d+_clone" PASSWORD \'SCRAM-SHA-256'

    def __init__(self) -> None:
        """Make a cluster and start it."""
        super().__init__()
        programs = binaries()
        trust = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
        self.execute([programs / "initdb", "--no-sync", "-D", self.data, *trust])
        self.write_certificate(self.data)
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(f"{SETTINGS}port = {self.port}\nunix_socket_directories = '{self.folder}'\n")
        (self.data / "pg_hba.conf").write_text(ACCESS)
        self.start([programs / "postgres", "-D", self.data], pg8000.native.Error)
        # No SUPERUSER: the master user of RDS has none either.
        self.run(f"CREATE ROLE {MASTER} LOGIN CREATEROLE PASSWORD '{verifier(MASTER_PASSWORD)}'")

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

    def set_password(self, name: str, password: str) -> None:
        """Set a password as a person does, who was told how."""
        self.run(f"ALTER ROLE \"{name}\" PASSWORD '{verifier(password)}'")

    def connect(self, name: str, password: str) -> Any:
        """Log in as a client does."""
        return pg8000.native.Connection(
            name,
            host="localhost",
            port=self.port,
            database="postgres",
            password=password,
            ssl_context=self.client_context(),
            timeout=10,
        )

    def takes(self, name: str, password: str) -> bool:
        """Tell whether a client can log in."""
        return succeeds(lambda: self.connect(name, password), pg8000.native.DatabaseError)
