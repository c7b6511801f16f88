"""What the function tells a server that is not, or not yet, known to be the right one."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from queue import Queue

import pytest

from conftest import World

pytestmark = pytest.mark.parametrize("database", ["mariadb"], indirect=True)

TLS, SECURE, PLUGINS = 0x800, 0x8000, 0x80000
Answer = Callable[[World, socket.socket], bytes]


def packet(number: int, payload: bytes) -> bytes:
    """Return a packet of the protocol."""
    return struct.pack("<I", len(payload))[:3] + bytes([number]) + payload


def greeting(capabilities: int, plugin: str = "mysql_native_password") -> bytes:
    """Return what a server says first."""
    low, high = capabilities & 0xFFFF, capabilities >> 16
    return packet(
        0,
        b"\x0a10.11.0-MariaDB\0"
        + struct.pack("<I8sBHBHHB10x", 1, b"s" * 8, 0, low, 45, 2, high, 21)
        + b"s" * 12
        + b"\0"
        + plugin.encode()
        + b"\0",
    )


def without_tls(_world: World, connection: socket.socket) -> bytes:
    """Offer no TLS and keep what comes."""
    connection.sendall(greeting(SECURE | PLUGINS))
    return connection.recv(4096)


def refusing_at_once(_world: World, connection: socket.socket) -> bytes:
    """Say that the login is refused, before anything is encrypted."""
    connection.sendall(packet(0, b"\xff" + struct.pack("<H", 1045) + b"#28000Access denied"))
    return connection.recv(4096)


def asking_for(plugin: bytes, world: World, connection: socket.socket) -> bytes:
    """Ask the login, within TLS, to identify itself by a plugin, and keep what comes."""
    connection.sendall(greeting(TLS | SECURE | PLUGINS))
    assert len(connection.recv(36)) == 36
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    world.database.authority.issue_cert("localhost").configure_cert(context)
    with context.wrap_socket(connection, server_side=True) as encrypted:
        encrypted.recv(4096)
        encrypted.sendall(packet(3, b"\xfe" + plugin + b"\0" + b"n" * 32))
        return encrypted.recv(4096)


@pytest.fixture
def received(world: World, request: pytest.FixtureRequest) -> Iterator[Queue[bytes]]:
    """What a server that is up to something was sent by the function."""
    queue: Queue[bytes] = Queue()
    answer: Answer = request.param
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        queue.put(answer(world, connection))

        threading.Thread(target=serve, daemon=True).start()
        world.set(DATABASE_PORT=str(listener.getsockname()[1]))
        world.create()
        yield queue
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("received", [without_tls], indirect=True)
@pytest.mark.parametrize("mode", ["verify-full", "require"])
def test_a_server_without_tls_gets_nothing(world: World, received: Queue[bytes], mode: str) -> None:
    world.set(DATABASE_TLS=mode)
    assert "offers no TLS" in world.refusal()
    assert received.get(timeout=10) == b""


@pytest.mark.parametrize("received", [refusing_at_once], indirect=True)
def test_a_refusal_before_tls_counts_for_nothing(world: World, received: Queue[bytes]) -> None:
    world.use("single_user", superuser=True)
    assert "Access denied (error 1045)" in world.refusal()
    assert received.get(timeout=10) == b""
    assert received.empty()  # neither the current login nor the superuser was tried


@pytest.mark.parametrize("received", [partial(asking_for, b"mysql_clear_password")], indirect=True)
@pytest.mark.parametrize("mode", ["verify-full", "require"])
def test_a_password_is_not_handed_over_even_within_tls(
    world: World, received: Queue[bytes], mode: str
) -> None:
    world.set(DATABASE_TLS=mode)
    assert "asks for the password in the clear" in world.refusal()
    assert received.get(timeout=10) == b""


@pytest.mark.parametrize("received", [partial(asking_for, b"client_ed25519")], indirect=True)
def test_a_plugin_that_the_driver_lacks_is_named(world: World, received: Queue[bytes]) -> None:
    assert "identified by a plugin that the server or the function lacks" in world.refusal()
    assert received.get(timeout=10) == b""
