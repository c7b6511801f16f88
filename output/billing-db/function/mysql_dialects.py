"""What MySQL and MariaDB say differently."""

from typing import Protocol

MARK = "rotation-clone"

CREATE_USER = "GRANT CREATE USER ON *.* TO {}"

_REQUIREMENTS = """
       CONVERT(u.ssl_type USING utf8mb4), CONVERT(u.ssl_cipher USING utf8mb4),
       CONVERT(u.x509_issuer USING utf8mb4), CONVERT(u.x509_subject USING utf8mb4),
       u.max_questions, u.max_updates, u.max_connections, u.max_user_connections
"""


class Dialect(Protocol):
    """The statements of one of the two, and where it keeps what it knows of a login.

    `clear` asks for a statement that takes the password itself and not its stored form.
    """

    title: str
    oldest: tuple[int, ...]  # on which a superuser can do all that it has to
    set_up: str
    # Of a name: host, plugin, whether locked, marked as a clone, restricted; requirements.
    accounts: str
    memberships: str  # all there are: role, its host or "", who has it
    roles: str  # of one account: role, its host or "", whether it may be passed on
    default_roles: str  # of one account: role, its host or ""
    set_default_roles: str
    plugins: tuple[str, ...]  # by which the function can log in, the server's own choice first
    own_in_clear: bool  # whether a login has to send its new password itself
    mark: str  # what a person runs to make an account a clone
    clone_right: str  # what a superuser needs to do so

    def own_password(self, clear: bool) -> str:
        """Return the statement that sets the password of whoever runs it."""
        ...

    def identified(self, plugin: str, clear: bool) -> str:
        """Return the part of a statement that sets a password."""
        ...

    def create_clone(self, plugin: str, clear: bool) -> str:
        """Return what creates an account and marks it as a clone, at once or not at all."""
        ...


class MariaDb(Dialect):
    """MariaDB. A clone's mark is a right on a database that need not exist."""

    title = "MariaDB"
    oldest = (10, 4, 3)
    # Without that mode a GRANT creates what it does not find, with an empty password.
    set_up = "SET NAMES utf8mb4, SESSION sql_mode = 'NO_AUTO_CREATE_USER'"
    accounts = f"""
SELECT u.Host, IF(JSON_EXISTS(g.Priv, '$.auth_or'), 'several plugins', u.plugin),
       COALESCE(JSON_VALUE(g.Priv, '$.account_locked'), 0) <> 0,
       EXISTS (SELECT 1 FROM mysql.db d
               WHERE d.Host = u.Host AND d.User = u.User AND d.Db = '{MARK}'),
       0,{_REQUIREMENTS}
FROM mysql.user u JOIN mysql.global_priv g ON g.Host = u.Host AND g.User = u.User
WHERE u.User = %s AND u.is_role = 'N' ORDER BY 1
"""
    memberships = "SELECT Role, '', User FROM mysql.roles_mapping"
    roles = "SELECT Role, '', Admin_option FROM mysql.roles_mapping WHERE User = %s AND Host = %s"
    default_roles = """
SELECT default_role, '' FROM mysql.user WHERE User = %s AND Host = %s AND default_role <> ''
"""
    set_default_roles = "SET DEFAULT ROLE {roles} FOR {account}"
    plugins = ("mysql_native_password", "")
    own_in_clear = False
    mark = f"GRANT SELECT ON `{MARK}`.* TO {{account}}"
    clone_right = f"{CREATE_USER}; GRANT SELECT ON `{MARK}`.* TO {{}} WITH GRANT OPTION"

    def own_password(self, clear: bool) -> str:
        """Return the statement that sets the password of whoever runs it."""
        return f"SET PASSWORD = {self._stored(clear)}"

    def identified(self, _plugin: str, clear: bool) -> str:
        """Return the part of a statement that sets a password."""
        return f"IDENTIFIED VIA mysql_native_password USING {self._stored(clear)}"

    def _stored(self, clear: bool) -> str:
        """Return what stands for the stored form."""
        return "PASSWORD(%s)" if clear else "%s"

    def create_clone(self, plugin: str, clear: bool) -> str:
        """Return what creates an account and marks it as a clone, at once or not at all."""
        return f"{self.mark.format(account='%s@%s')} {self.identified(plugin, clear)}"


class MySql(Dialect):
    """MySQL. A clone's mark is an attribute of the account."""

    title = "MySQL"
    oldest = (8, 0, 21)
    set_up = "SET NAMES utf8mb4, SESSION sql_mode = ''"
    accounts = f"""
SELECT u.Host, u.plugin, u.account_locked = 'Y',
       COALESCE(JSON_EXTRACT(u.User_attributes, '$.metadata.rotation') = 'clone', 0),
       COALESCE(JSON_CONTAINS_PATH(u.User_attributes, 'one', '$.Restrictions'), 0),{_REQUIREMENTS}
FROM mysql.user u WHERE u.User = %s ORDER BY 1
"""
    memberships = "SELECT FROM_USER, FROM_HOST, TO_USER FROM mysql.role_edges"
    roles = """
SELECT FROM_USER, FROM_HOST, WITH_ADMIN_OPTION FROM mysql.role_edges
WHERE TO_USER = %s AND TO_HOST = %s
"""
    default_roles = """
SELECT DEFAULT_ROLE_USER, DEFAULT_ROLE_HOST FROM mysql.default_roles WHERE USER = %s AND HOST = %s
"""
    set_default_roles = "SET DEFAULT ROLE {roles} TO {account}"
    plugins = ("caching_sha2_password", "mysql_native_password")
    own_in_clear = True
    attribute = """ATTRIBUTE '{"rotation": "clone"}'"""
    clone_right = CREATE_USER
    mark = "ALTER USER {account} " + attribute.replace("{", "{{").replace("}", "}}")

    def own_password(self, _clear: bool) -> str:
        """Return the statement that sets the password of whoever runs it."""
        return "ALTER USER USER() IDENTIFIED BY %s"

    def identified(self, plugin: str, _clear: bool) -> str:
        """Return the part of a statement that sets a password."""
        return f"IDENTIFIED WITH {plugin} AS %s"

    def create_clone(self, plugin: str, clear: bool) -> str:
        """Return what creates an account and marks it as a clone, at once or not at all."""
        return f"CREATE USER %s@%s {self.identified(plugin, clear)} {self.attribute}"
