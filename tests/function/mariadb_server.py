"""A private MariaDB server that speaks TLS and writes every statement to its general log."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pymysql
from pymysql.cursors import Cursor

from mysql_hashes import native
from private_server import MASTER, MASTER_PASSWORD, PrivateServer, succeeds

# The tests' own packages bring `cryptography`, the bundle does not.
pymysql._auth._have_cryptography = False  # type: ignore[attr-defined]

# What RDS gives its master user, on everything and with the GRANT OPTION.
MASTER_RIGHTS = """
SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER,
SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE,
REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT,
TRIGGER
"""
OPTIONS = [
    "--bind-address=127.0.0.1",
    "--general-log=1",
    "--innodb-buffer-pool-size=16M",
    "--innodb-flush-log-at-trx-commit=0",
    "--sync-binlog=0",
    "--server-id=1",
    "--performance-schema=OFF",
]


class MariaDbServer(PrivateServer):
    """MariaDB."""

    engine, module = "mariadb", "mysql"
    statement_call = (Cursor, "execute")
    longest_name = 80
    refused = "error 1045"
    stored_form = r"\*[0-9A-F]{40}|\$A\$"
    more_rights = "DELETE HISTORY"
    logged = r"ALTER USER 'app_\d+_clone'@'%' IDENTIFIED VIA mysql_native_password USING '\*"

    def __init__(self) -> None:
        """Make the system tables and start the server."""
        super().__init__()
        self.general_log = self.folder / "general.log"
        self.initialize()
        self.write_certificate(self.folder)
        self.authority.cert_pem.write_to_path(str(self.folder / "authority.pem"))
        files = {
            "--socket": self.folder / "socket",
            "--port": self.port,
            "--general-log-file": self.general_log,
            "--log-bin": self.data / "changes",
            "--ssl-ca": self.folder / "authority.pem",
            "--ssl-cert": self.folder / "server.crt",
            "--ssl-key": self.folder / "server.key",
        }
        options = [f"{option}={value}" for option, value in files.items()]
        self.start([*self.command(), *OPTIONS, *options], pymysql.MySQLError)
        self.run(
            f"CREATE USER {MASTER} {self.identified(MASTER_PASSWORD)}",
            f"GRANT {MASTER_RIGHTS}, {self.more_rights} ON *.* TO {MASTER} WITH GRANT OPTION",
        )

    def program(self) -> Path:
        """Find the server's program, or fail: without it nothing would have been tested."""
        search = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/libexec"])
        found = os.environ.get("MARIADBD") or shutil.which("mariadbd", path=search)
        if not found:
            raise RuntimeError("no MariaDB found: run `apt-get install mariadb-server-core`")
        return Path(found).resolve()

    def command(self) -> list[Any]:
        """Return the server's program, and where its data is."""
        return [self.program(), "--no-defaults", f"--datadir={self.data}"]

    def initialize(self) -> None:
        """Make the system tables: what `mariadb-install-db` does, without its many tools."""
        self.data.mkdir()
        self.own(self.data)
        scripts = self.program().parents[1] / "share" / "mysql"
        text = "CREATE DATABASE mysql;\nUSE mysql;\n"
        for script in ("mysql_system_tables.sql", "mysql_system_tables_data.sql"):
            text += (scripts / script).read_text()
        self.execute([*self.command(), "--bootstrap", "--innodb-buffer-pool-size=16M"], text)

    def run(self, *statements: str) -> list[Any]:
        """Run statements as the administrator and return the rows of the last one."""
        connection = pymysql.connect(user="root", unix_socket=str(self.folder / "socket"))
        rows: list[Any] = []
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                    rows = [list(row) for row in cursor.fetchall()]
            connection.commit()
        finally:
            connection.close()
        return rows

    def create_login(self, name: str, password: str) -> None:
        """Create a login that may come from anywhere."""
        quoted = name.replace("`", "``")
        self.run(f"CREATE USER `{quoted}`@`%` {self.identified(password)}")

    def set_password(self, name: str, password: str) -> None:
        """Set a password as a person does, who was told how."""
        self.run(f"ALTER USER `{name}`@`%` {self.identified(password)}")

    def identified(self, password: str) -> str:
        """Return the part of a statement that sets a password, and keeps it out of the log."""
        return f"IDENTIFIED BY PASSWORD '{native(password)}'"

    def connect(self, name: str, password: str) -> Any:
        """Log in as a client does."""
        return pymysql.connect(
            user=name,
            password=password,
            host="localhost",
            port=self.port,
            ssl=self.client_context(),
            autocommit=True,
        )

    def takes(self, name: str, password: str) -> bool:
        """Tell whether a client can log in."""
        return succeeds(lambda: self.connect(name, password), pymysql.OperationalError)

    def told(self) -> str:
        """Return the statements that the server has logged."""
        return self.general_log.read_text(errors="replace")

    def written(self) -> str:
        """Return the server's log, its general log and its binary log."""
        files = [self.log, *self.data.glob("changes.*")]
        return self.told() + "".join(file.read_text(errors="replace") for file in files)


def grants(server: PrivateServer, name: str, host: str = "%") -> set[str]:
    """Return the grants of an account, without its name, its password and a clone's mark."""
    rows = server.run(f"SHOW GRANTS FOR `{name}`@`{host}`")
    lines = {re.sub(r" IDENTIFIED BY PASSWORD '\S+'", "", line) for (line,) in rows}
    return {line.replace(f"`{name}`@", "") for line in lines if "`rotation-clone`" not in line}
