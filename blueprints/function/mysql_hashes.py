"""The stored forms of a password in MySQL and MariaDB, computed on this side of the connection.

Sent in place of the password, they keep the clear text out of the server's general log, its binary
log and its audit trail, whatever those are set to record.
"""

import hashlib
import secrets
import string
from collections.abc import Callable

ALPHABET = "./" + string.digits + string.ascii_uppercase + string.ascii_lowercase
SALT_CHARACTERS = 20
# The fewest that servers take, given in thousands. A long random password needs no more.
ROUNDS = 5000


def native(password: str) -> str:
    """Return what the server stores for mysql_native_password."""
    return "*" + _sha1(_sha1(password.encode())).hex().upper()


def caching_sha2(password: str) -> str:
    """Return what the server stores for caching_sha2_password."""
    salt = "".join(secrets.choice(ALPHABET) for _ in range(SALT_CHARACTERS))
    return f"$A${ROUNDS // 1000:03X}${salt}{_sha256_crypt(password.encode(), salt.encode())}"


# For each authentication plugin by which the function can log in.
BY_PLUGIN: dict[str, Callable[[str], str]] = {
    "caching_sha2_password": caching_sha2,
    "mysql_native_password": native,
}


def _sha1(data: bytes) -> bytes:
    """Return a digest of 20 bytes."""
    return hashlib.sha1(data).digest()


def _sha256(data: bytes) -> bytes:
    """Return a digest of 32 bytes."""
    return hashlib.sha256(data).digest()


def _sha256_crypt(key: bytes, salt: bytes) -> str:
    """Return the digest of SHA-crypt, as Unix systems keep it behind `$5$`."""
    start, length = key + salt + _stretched(_sha256(key + salt + key), len(key)), len(key)
    while length:
        start += _sha256(key + salt + key) if length % 2 else key
        length //= 2
    digest = _sha256(start)
    keys = _stretched(_sha256(key * len(key)), len(key))
    salts = _stretched(_sha256(salt * (16 + digest[0])), len(salt))
    for number in range(ROUNDS):
        odd, third, seventh = number % 2, number % 3, number % 7
        digest = _sha256(
            (keys if odd else digest)
            + (salts if third else b"")
            + (keys if seventh else b"")
            + (digest if odd else keys)
        )
    return _encoded(digest)


def _stretched(data: bytes, length: int) -> bytes:
    """Return data, repeated and cut to a length."""
    return (data * (length // len(data) + 1))[:length]


def _encoded(digest: bytes) -> str:
    """Return a digest in SHA-crypt's own base 64, which mixes the bytes and starts at the end."""
    text = ""
    for number in range(10):
        three = [digest[number + offset] for offset in (0, 10, 20)]
        turn = number % 3
        text += _characters(bytes(three[-turn:] + three[:-turn] if turn else three), 4)
    return text + _characters(bytes([digest[31], digest[30]]), 3)


def _characters(data: bytes, count: int) -> str:
    """Return so many characters for a number, the lowest six bits first."""
    number = int.from_bytes(data)
    return "".join(ALPHABET[number >> 6 * place & 63] for place in range(count))
