"""The way to a database server: a connection within seconds, and TLS in any case."""

import socket
import ssl
from functools import lru_cache
from pathlib import Path

from errors import RotationError
from settings import REDEPLOY, Settings

# Three logins may be tried in one step; the step must end before the function's own time does.
TIMEOUT_SECONDS = 5

TRIED_AGAIN = "see the server's log; the rotation is tried again"
SEE_THE_PORT = "check that the port is the database's own, and see the server's log"
USE_THE_WRITER = "this server is a read-only replica: use the host name of the writer"


def open_socket(host: str, port: int) -> socket.socket:
    """Connect to the server, or say what stands between it and the function."""
    try:
        sock = socket.create_connection((host, port), TIMEOUT_SECONDS)
    except socket.gaierror:
        raise RotationError(
            f"the host name {host} cannot be resolved",
            "correct the host, or switch on DNS resolution in the function's VPC",
        ) from None
    except ConnectionRefusedError:
        raise RotationError(
            f"{host}:{port} refuses connections",
            "check that the database runs and listens on this port",
        ) from None
    except OSError as error:
        raise RotationError(
            f"{host}:{port} does not answer within {TIMEOUT_SECONDS} s ({type(error).__name__})",
            "let the database's security group take connections from the function's, and check"
            " the routes between their subnets",
        ) from None
    # A login is a handful of small messages, each of which would wait for the one before.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


@lru_cache(maxsize=1)
def tls_context(verify_server: bool, ca_bundle: str | None) -> ssl.SSLContext:
    """Return how to speak TLS: there is no setting under which the function would not."""
    bundle = Path(__file__).parent / ca_bundle if ca_bundle else None
    if bundle and not bundle.is_file():
        raise RotationError(
            f"the file {ca_bundle}, named by DATABASE_CA_BUNDLE, is not beside the code",
            "put the file into the function's folder and deploy it again",
        )
    try:
        context = ssl.create_default_context(cafile=bundle)
    except ssl.SSLError:
        raise RotationError(f"{ca_bundle} holds no certificate in PEM form", REDEPLOY) from None
    # From Python 3.13 on, certificates without extensions that many private authorities leave out
    # are refused. The chain, the dates and the host name are checked with or without this.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if not verify_server:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def tls_failure(error: ssl.SSLError, place: str, settings: Settings) -> RotationError:
    """Explain why no TLS connection came about."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return RotationError(
            f"TLS with {place} failed ({error.reason or type(error).__name__})",
            "let the server speak TLS 1.2 or later",
        )
    store = settings.ca_bundle or "the system's certificates"
    return RotationError(
        f"the certificate of {place} is not trusted ({error.verify_message})",
        "use the host name that the certificate is for, and a DATABASE_CA_BUNDLE with the"
        f" authority that signed it (checked against {store})",
    )


def no_tls(place: str, setting: str) -> RotationError:
    """Explain that the server has no TLS, so that it was told nothing."""
    return RotationError(
        f"{place} offers no TLS, and the function never connects without",
        f"switch TLS on in the server ({setting})",
    )


def broken_off(where: str, error: BaseException, remedy: str = TRIED_AGAIN) -> RotationError:
    """Say that a connection ended early; what the driver has to say of it may hold anything."""
    return RotationError(f"{where}: the connection broke off ({type(error).__name__})", remedy)
