# SPDX-License-Identifier: MIT
"""The warm process: keeps a forked child ready, and tells of those that have ended."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
from typing import Set

from deferscope.lab import prepare  # noqa: F401  (first of all)
from deferscope.lab import favourites  # noqa: F401
from deferscope.lab.channel import Channel
from deferscope.lab.run import Request, Run, freeze

RUN = b"run"


def main(control: int) -> int:
    """Until the window goes. Children end with their runs."""
    freeze()
    return Nursery(socket.socket(fileno=control)).keep()


class Nursery:
    """The parent of all runs."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._spare = 0
        self._taken = -1  # becomes readable when the spare is given a run
        self._runs: Set[int] = set()
        self._woken, wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def keep(self) -> int:
        watch = select.poll()
        watch.register(self._control, 0)  # when the window goes
        watch.register(self._woken, select.POLLIN)
        while True:
            if not self._spare and self._fork():
                return run_one(self._control, self._taken)
            watch.register(self._taken, select.POLLIN)
            ready = dict(watch.poll())
            watch.unregister(self._taken)
            if self._control.fileno() in ready:
                return 0  # and with this process its children go
            if self._taken in ready:
                self._let_go()
            self._bury()

    def _fork(self) -> bool:
        """Whether this is the child."""
        parent = os.getpid()
        readable, writable = os.pipe()
        self._spare = os.fork()
        if self._spare:
            os.close(writable)
            self._taken = readable
            return False
        self._taken = writable
        os.close(readable)
        os.close(self._woken)
        os.close(signal.set_wakeup_fd(-1))
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _end_with(parent)
        return True

    def _let_go(self) -> None:
        """The spare has been given a run, or has ended without one."""
        if os.read(self._taken, 1):
            self._runs.add(self._spare)
        os.close(self._taken)
        self._spare = 0

    def _bury(self) -> None:
        try:
            os.read(self._woken, 4096)
        except BlockingIOError:
            pass
        while (ended := _ended_child()) is not None:
            pid, status = ended
            if pid in self._runs:
                self._runs.remove(pid)
                self._control.send(json.dumps({"ended": pid, "status": status}).encode())


def run_one(control: socket.socket, taken: int) -> int:
    """In the child: waits for a run and does it."""
    try:
        message, descriptors, _, _ = socket.recv_fds(control, 16, 1)
    except ConnectionResetError:
        return 0
    if message != RUN or not descriptors:
        return 0
    os.write(taken, b"x")
    os.close(taken)
    control.close()
    channel = Channel(descriptors[0])
    request = channel.wait()
    if request is None:
        return 0
    Run(Request.of_message(request), channel, recording=descriptors[0]).run()


def _ended_child():
    try:
        pid, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None
    return (pid, status) if pid else None


def _end_with(parent: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(0)
