"""A private MySQL server, where one can be had: Debian's stable releases bring none."""

import os
import shutil
from pathlib import Path
from typing import Any

from mariadb_server import MariaDbServer

UNPACKED = Path(os.environ.get("MYSQL_ROOT", Path(__file__).parents[2] / ".tools" / "mysql"))


def command() -> list[Any] | None:
    """Find MySQL: unpacked with its libraries by `install_mysql.sh`, or installed."""
    program = UNPACKED / "usr/sbin/mysqld"
    if program.exists():
        (loader,) = UNPACKED.glob("usr/lib*/ld-linux*")
        (libraries,) = UNPACKED.glob("usr/lib/*-linux-gnu")
        folders = {
            "--lc-messages-dir": UNPACKED / "usr/share/mysql",
            "--plugin-dir": UNPACKED / "usr/lib/mysql/plugin",
        }
        options = [f"{option}={folder}" for option, folder in folders.items()]
        return [loader, "--library-path", libraries, program, "--no-defaults", *options]
    installed = shutil.which("mysqld")
    if installed is None or "mariadb" in Path(installed).resolve().name:
        return None
    return [installed, "--no-defaults"]


class MysqlServer(MariaDbServer):
    """MySQL."""

    engine = "mysql"
    longest_name = 32
    more_rights = "CREATE ROLE, DROP ROLE, ROLE_ADMIN"
    logged = r"ALTER USER 'app_\d+_clone'@'%' IDENTIFIED WITH caching_sha2_password AS '\$A\$"

    def command(self) -> list[Any]:
        """Return the server's program, and where its data is."""
        found = command()
        assert found is not None
        return [*found, f"--datadir={self.data}", "--mysqlx=0", "--secure-file-priv=NULL"]

    def identified(self, password: str) -> str:
        """Return the part of a statement that sets a password; this server logs none."""
        text = password.replace("\\", "\\\\").replace("'", "''")
        return f"IDENTIFIED BY '{text}'"

    def initialize(self) -> None:
        """Make the system tables."""
        self.execute([*self.command(), "--initialize-insecure", "--innodb-buffer-pool-size=16M"])
