# SPDX-License-Identifier: MIT
"""The socket of a run: the request, later commands, and, in the other direction, the recording."""

from __future__ import annotations

import json
import os
import select
import socket
import struct
from typing import Any, Dict, List, Optional

Message = Dict[str, Any]

_LENGTH = struct.Struct("<I")
LONGEST = 64 * 1024 * 1024


class Channel:
    """Reads messages: four bytes of length, the lowest first, and so much JSON."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._received = bytearray()
        self.is_closed = False

    def fileno(self) -> int:
        return self._socket.fileno()

    def wait(self) -> Optional[Message]:
        """The next message; None: there will be none."""
        while not self.is_closed:
            message = self._take()
            if message is not None:
                return message
            self._receive(0)
        return None

    def poll(self) -> List[Message]:
        """The messages that are there."""
        while not self.is_closed and select.select([self._socket], [], [], 0)[0]:
            self._receive(socket.MSG_DONTWAIT)
        messages = []
        while (message := self._take()) is not None:
            messages.append(message)
        return messages

    def has_message(self) -> bool:
        """Whether one came with what was read before: the socket alone would not tell."""
        if len(self._received) < _LENGTH.size:
            return False
        (length,) = _LENGTH.unpack_from(self._received)
        return len(self._received) >= _LENGTH.size + length

    def _receive(self, flags: int) -> None:
        try:
            data = self._socket.recv(65_536, flags)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self.is_closed = not data
        self._received += data

    def _take(self) -> Optional[Message]:
        if len(self._received) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._received)
        if length > LONGEST:
            os._exit(2)  # nobody that we know writes this
        end = _LENGTH.size + length
        if len(self._received) < end:
            return None
        text = bytes(self._received[_LENGTH.size : end])
        del self._received[:end]
        return json.loads(text)


def encoded(message: Message) -> bytes:
    """A message as it is sent."""
    text = json.dumps(message).encode()
    return _LENGTH.pack(len(text)) + text
