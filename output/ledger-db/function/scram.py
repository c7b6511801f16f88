"""PostgreSQL's stored form of a password, computed on this side of the connection."""

import hashlib
import hmac
import secrets
from base64 import b64encode

# What the server would take itself. A long random password needs no more.
ITERATIONS = 4096
SALT_BYTES = 16


def verifier(password: str) -> str:
    """Return what the server stores for a password (RFC 5803).

    Sent in place of the password, it keeps the clear text out of the server's log, its statement
    statistics and its audit trail, whatever they are set to record.
    """
    # Beyond ASCII the two sides would have to agree on a normal form first. Generated passwords
    # never go there.
    clear = password.encode("ascii")
    salt = secrets.token_bytes(SALT_BYTES)
    salted = hashlib.pbkdf2_hmac("sha256", clear, salt, ITERATIONS)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    stored_key = hashlib.sha256(client_key).digest()
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    return f"SCRAM-SHA-256${ITERATIONS}:{_text(salt)}${_text(stored_key)}:{_text(server_key)}"


def _text(data: bytes) -> str:
    """Return bytes in base 64."""
    return b64encode(data).decode("ascii")
