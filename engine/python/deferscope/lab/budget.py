# SPDX-License-Identifier: MIT
"""How much a run may use, and what happens when it has."""

from __future__ import annotations

import math
import resource
import signal
import threading
from dataclasses import dataclass
from types import FrameType
from typing import Any, Callable, Dict, Optional

THREAD_STACK = 2 * 1024 * 1024
LOOK_EVERY = 0.1  # seconds of CPU
GRACE = 1  # second of CPU between the end of the budget and the system's own end

# As a request has them.
_NAMES = {
    "events": "events",
    "seconds": "cpu_seconds",
    "virtualSeconds": "virtual_seconds",
    "bytes": "bytes",
}


@dataclass
class Budget:
    """Infinite is what is not limited."""

    events: float = math.inf
    cpu_seconds: float = math.inf  # in one stretch, in which nothing happens that can be seen
    virtual_seconds: float = math.inf
    bytes: float = math.inf  # of memory beyond what the lab itself takes; and of output

    @classmethod
    def for_window(cls) -> Budget:
        return cls(events=100_000, cpu_seconds=2, virtual_seconds=3_600, bytes=256 * 1024 * 1024)

    def updated(self, given: Dict[str, Any]) -> Budget:
        """With what a request or the command line says otherwise."""
        for key, value in given.items():
            if value is not None and key in _NAMES:
                setattr(self, _NAMES[key], value)
        return self

    def grow(self, factor: float) -> None:
        self.events *= factor
        self.virtual_seconds *= factor
        self.bytes *= factor


def limit_memory(more: float) -> None:
    """So much beyond what the process has now: who asks for more gets a MemoryError. Threads take less of
    it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if math.isfinite(more):
        with open("/proc/self/statm", "rb") as facts:
            pages = int(facts.read().split()[0])
        limit = pages * resource.getpagesize() + int(more)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        threading.stack_size(THREAD_STACK)


class CpuWatch:
    """Looks now and then, in CPU time, whether the run gets on, and ends one that does not.

    It looks from a signal handler, where nothing of the document can be in the way. Where Python does not
    even come to call that for so long (one enormous power), the system ends the process by SIGVTALRM, a
    little later.
    """

    def __init__(self, seconds: float, progress: Callable[[], int], end: Callable[[FrameType], None],
                 look_also: Callable[[], None], leave_alone: Callable[[float], None]) -> None:
        self._seconds = seconds
        self._progress = progress  # a number that is another one when something has happened
        self._end = end  # is given the frame that runs; does not return
        self._look_also = look_also
        self._leave_alone = leave_alone  # is told up to which CPU time this watch is to be relied on
        self._last = progress()
        self._since = 0.0

    def start(self) -> None:
        self._since = _used()
        signal.signal(signal.SIGPROF, self._look)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, LOOK_EVERY, LOOK_EVERY)
        self._put_off_end()

    def _look(self, number: int, frame: Optional[FrameType]) -> None:
        self._put_off_end()
        self._look_also()
        progress = self._progress()
        if progress != self._last:
            self._last, self._since = progress, _used()
        elif _used() - self._since >= self._seconds and frame is not None:
            self._end(frame)

    def _put_off_end(self) -> None:
        if math.isfinite(self._seconds):
            signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds + GRACE)
        self._leave_alone(_used() + self._seconds + GRACE)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
