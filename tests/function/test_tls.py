"""TLS in any case, to the right server, and no password in the clear."""

import socket
import threading
from collections.abc import Iterator
from queue import Queue

import pytest
import trustme
from scramp import ScramClient, ScramException  # type: ignore[import-untyped]

from conftest import BUNDLE, World, on_each_server
from scram import verifier


@pytest.fixture
def plaintext_server() -> Iterator[tuple[int, Queue[bytes]]]:
    """A server that declines TLS, and keeps what it is sent after that."""
    received: Queue[bytes] = Queue()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(8)
                    connection.sendall(b"N")
                    received.put(connection.recv(1024))

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], received
        listener.shutdown(socket.SHUT_RDWR)


@on_each_server
def test_a_certificate_of_another_authority_is_refused(world: World) -> None:
    trustme.CA().cert_pem.write_to_path(str(BUNDLE / "other.pem"))
    world.set(DATABASE_CA_BUNDLE="other.pem")
    world.create()
    text = world.refusal()
    assert f"the certificate of localhost:{world.database.port} is not trusted" in text
    assert "checked against other.pem" in text


@on_each_server
def test_the_systems_store_does_not_know_a_private_authority(world: World) -> None:
    world.set(DATABASE_CA_BUNDLE="")
    world.create()
    assert "checked against the system's certificates" in world.refusal()


@on_each_server
def test_a_certificate_for_another_name_is_refused(world: World) -> None:
    world.set(DATABASE_HOST="127.0.0.1")
    world.create()
    assert "mismatch" in world.refusal()


@on_each_server
def test_an_unchecked_certificate_has_to_be_asked_for(world: World) -> None:
    world.set(DATABASE_HOST="127.0.0.1", DATABASE_CA_BUNDLE="", DATABASE_TLS="require")
    world.create()
    assert world.rotate() is None
    assert world.works()


@pytest.mark.parametrize("mode", ["verify-full", "require"])
def test_a_server_without_tls_gets_nothing(
    world: World, plaintext_server: tuple[int, Queue[bytes]], mode: str
) -> None:
    port, received = plaintext_server
    world.set(DATABASE_PORT=str(port), DATABASE_TLS=mode)
    world.create()
    assert f"localhost:{port} offers no TLS" in world.refusal()
    assert received.get(timeout=10) == b""


def test_a_password_is_not_sent_in_the_clear_even_within_tls(world: World) -> None:
    world.name = "asked_in_clear"
    world.database.run(f"CREATE ROLE asked_in_clear LOGIN PASSWORD '{verifier('in-clear')}'")
    world.create(password="in-clear")
    assert "asks for the password in the clear" in world.refusal()


def test_a_server_that_does_not_know_the_password_is_found_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong_proof(client: ScramClient, message: str) -> None:
        raise ScramException("the server signature is wrong")

    monkeypatch.setattr(ScramClient, "set_server_final", wrong_proof)
    world.create()
    assert "does not prove that it knows the password" in world.refusal()


@pytest.mark.parametrize("mode", ["disable", "prefer", "false"])
def test_there_is_no_mode_without_tls(world: World, mode: str) -> None:
    world.set(DATABASE_TLS=mode)
    world.create()
    assert f"DATABASE_TLS is `{mode}`" in world.refusal()


def test_a_bundle_must_lie_beside_the_code(world: World) -> None:
    world.create()
    world.set(DATABASE_CA_BUNDLE="absent.pem")
    assert "absent.pem" in world.refusal()
    world.set(DATABASE_CA_BUNDLE="../authority.pem")
    assert "not a plain file name" in str(world.retry())


@on_each_server
def test_a_port_where_nothing_listens_is_named(world: World) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        world.set(DATABASE_PORT=str(port))
        world.create()
        assert f"localhost:{port} refuses connections" in world.refusal()


def test_a_host_without_an_address_is_named(world: World) -> None:
    world.set(DATABASE_HOST="no-such-host.invalid")
    world.create()
    assert "no-such-host.invalid cannot be resolved" in world.refusal()
