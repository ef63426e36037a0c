# SPDX-License-Identifier: MIT
"""The process that all runs are forked from. It does nothing else, so that each of them begins with the same
memory.

Where an object lies in memory decides the order of a set of Deferreds, for instance; so a process that kept
books on its children in between would make of equal texts different runs.
"""

from __future__ import annotations

import os
import socket
import struct
from dataclasses import dataclass
from typing import Optional, Tuple

_COMMAND = struct.Struct("<cI")  # what, and of which child
_ANSWER = struct.Struct("<Ii")  # child, and where in this process its pipe is or how it ended
_FORK, _BURY = b"f", b"b"
WARM_UPS = 3  # children that are forked for nothing: after them the template is always in the same state


@dataclass
class Child:
    """In a child: where it tells that it has begun, and how it gets on. See `guard`."""

    pipe: int


class Template:
    """Used by its parent: forks and buries."""

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self._pid = pid
        self._connection = connection

    def fork(self) -> Tuple[int, int]:
        """A new child, and the pipe from it."""
        child, pipe = self._ask(_FORK, 0)
        return child, os.open(f"/proc/{self._pid}/fd/{pipe}", os.O_RDONLY | os.O_CLOEXEC)

    def bury(self, pid: int) -> int:
        """The wait status of a child that has ended."""
        return self._ask(_BURY, pid)[1]

    def _ask(self, what: bytes, pid: int) -> Tuple[int, int]:
        self._connection.send(_COMMAND.pack(what, pid))
        return _ANSWER.unpack(self._connection.recv(_ANSWER.size))


def start() -> Tuple[Optional[Template], Optional[Child]]:
    """Makes of this process two, the parent and the template, which forks children when the parent asks for
    them.

    Comes back in the parent, with the one, and in each of the children, with the other.
    """
    ours, theirs = socket.socketpair()
    forked = os.fork()
    if forked:
        theirs.close()
        template = Template(forked, ours)
        for _ in range(WARM_UPS):
            pid, pipe = template.fork()
            os.close(pipe)
            template.bury(pid)
        return template, None
    ours.close()
    end_with_parent()
    return None, Child(_serve(theirs))


def _serve(connection: socket.socket) -> int:
    """Comes back in the children alone. What it allocates it frees in the reverse order, or it would not stay
    the same: hence no `send_fds()`."""
    count = 0
    readable = -1
    while True:
        message = connection.recv(_COMMAND.size)
        if not message:
            os._exit(0)
        if readable >= 0:
            os.close(readable)  # the parent has it by now
            readable = -1
        what, pid = _COMMAND.unpack(message)
        if what == _BURY:
            connection.send(_ANSWER.pack(*os.waitpid(pid, 0)))
            continue
        count += 1
        readable, writable = os.pipe()
        pid = os.fork()
        if pid == 0:
            _become_child(connection, readable, is_needed=count > WARM_UPS)
            return writable
        os.close(writable)
        connection.send(_ANSWER.pack(pid, readable))


def _become_child(connection: socket.socket, readable: int, is_needed: bool) -> None:
    os.close(readable)
    connection.close()
    end_with_parent()
    if not is_needed:
        os._exit(0)


def end_with_parent() -> None:
    """When the process that forked this one goes, so does this one."""
    import ctypes
    import signal

    parent = os.getppid()
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(0)
