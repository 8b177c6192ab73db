"""Ports of this machine for servers that a test starts."""

import socket

LOOPBACK = "127.0.0.1"


def taken_port() -> socket.socket:
    """Nobody is given its port while it is open, and whoever is told the port can listen there.

    A port that is merely found free may be anybody's a moment later, even the near end of a connection to itself.
    """
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.bind((LOOPBACK, 0))
    return place


def port_of(place: socket.socket) -> int:
    number: int = place.getsockname()[1]
    return number
