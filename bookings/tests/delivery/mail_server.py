"""A real SMTP server that keeps what it accepts, and behaves badly where an address says so."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any, TypeVar

from aiosmtpd.controller import Controller

Kept = TypeVar("Kept", bound="BadServer")
STALL = 2.0  # seconds, longer than the workers of these tests wait


class BadServer:
    """`refuse@…` is never taken; `later@…`, `drop@…` and `stall@…` make trouble the first time.

    `drop`: the mail is accepted and the line goes dead before that is said.
    """

    def __init__(self) -> None:
        self.accepted: list[tuple[str, str]] = []  # recipient and Message-ID, each time one was taken
        self.unsaid: list[str] = []  # Message-IDs that were taken, but never acknowledged
        self.seen: Counter[str] = Counter()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.seen[address] += 1
        if address.startswith("refuse"):
            return "550 5.1.1 No such user"
        if address.startswith("later") and self.seen[address] == 1:
            return "451 4.2.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        [address] = envelope.rcpt_tos
        is_first = self.seen[address] == 1
        if address.startswith("stall") and is_first:
            await asyncio.sleep(STALL)
            return "451 4.3.0 Too slow"
        key = str(message_from_bytes(envelope.content)["Message-ID"])
        self.accepted.append((address, key))
        if address.startswith("drop") and is_first:
            self.unsaid.append(key)
            server.transport.abort()
        return "250 OK"

    def times(self, message_id: str) -> int:
        """How often a mail with this id was taken."""
        return sum(message_id in key for _address, key in self.accepted)


@contextmanager
def running(handler: Kept) -> Iterator[tuple[Kept, int]]:
    """The server on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    try:
        yield handler, port
    finally:
        controller.stop()
