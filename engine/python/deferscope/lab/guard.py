# SPDX-License-Identifier: MIT
"""A run as the warm process sees it: ended from outside where it cannot be ended from inside.

A run's own watch (`budget.CpuWatch`) can be put out of work by a program that means it, or by machine code.
So it tells again and again, over a pipe, up to which CPU time it may be left alone.
"""

from __future__ import annotations

import os
import signal
import struct
from typing import Any, Dict, Tuple

AT_FIRST = 10.0  # seconds of CPU, until the run says something

_MESSAGE = struct.Struct("<d")


class Guard:
    """Watches one child. `pipe` is the end to read from; `process` becomes readable when the child has
    ended."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid = pid
        self.pipe = pipe
        self.process = os.pidfd_open(pid)
        self.is_heard = True  # not any more, once the child has closed its end
        self._until = AT_FIRST
        self._why = ""

    def listen(self) -> None:
        """Takes what the run has told."""
        data = os.read(self.pipe, 4096)
        whole = len(data) - len(data) % _MESSAGE.size
        if whole:
            (self._until,) = _MESSAGE.unpack(data[whole - _MESSAGE.size : whole])
        self.is_heard = bool(data)

    def look(self) -> None:
        state, used = _state_of(self.pid)
        if state == "T":
            self._end("it stopped itself")
        elif used > self._until:
            self._end("it computed without an end, and did not let itself be stopped")

    def report(self, status: int) -> Dict[str, Any]:
        """For the window, when the child has ended."""
        report: Dict[str, Any] = {"ended": self.pid, "status": status}
        return {**report, "why": self._why} if self._why else report

    def close(self) -> None:
        os.close(self.pipe)
        os.close(self.process)

    def _end(self, why: str) -> None:
        self._why = why
        signal.pidfd_send_signal(self.process, signal.SIGKILL)


def tell(pipe: int, until: float) -> None:
    """In the run: it may be left alone until it has used so many seconds of CPU."""
    os.write(pipe, _MESSAGE.pack(until))


def _state_of(pid: int) -> Tuple[str, float]:
    """The letter that stands for it in /proc, and the seconds of CPU that it has used."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()  # behind the name, which may be anything
    return fields[0], (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
