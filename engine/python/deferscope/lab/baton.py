# SPDX-License-Identifier: MIT
"""Threads in virtual time: real threads, of which one runs at a time and goes on until it waits.

The one that runs has the baton. Who waits for a lock, for another thread or for time gives it to the thread
that has been ready longest; when none is ready, time moves to the next moment that one of them waits for. So
what threads do depends on nothing but the program, and waiting takes no time.

The threads of a program wait by the locks of module `threading`, which `install()` makes ours; without a
baton they are the ordinary ones.
"""

from __future__ import annotations

import _thread
import queue
import signal
import threading
from collections import deque
from heapq import heappop, heappush
from itertools import count
from typing import Any, Callable, Deque, List, Optional, Tuple

from deferscope.lab.clock import Clock

_allocate_lock = _thread.allocate_lock
_start_new_thread = _thread.start_new_thread


class Seat:
    """Where a thread waits while another one runs."""

    def __init__(self) -> None:
        self.gate = _allocate_lock()
        self.gate.acquire()
        self.is_waiting = False
        self.was_woken = False
        self.alarm = 0  # the number of what it waits for in the list of those asleep; 0: nothing
        self.sentinel: Optional[Lock] = None  # is released when the thread ends
        self.identity = 0


class Baton:
    """Says which thread runs. Only the one that has it calls these functions."""

    current: Optional[Baton] = None

    def __init__(self, clock: Clock, nobody_can_go_on: Callable[[], None]) -> None:
        self.main = self._running = Seat()
        self.main.identity = _thread.get_ident()
        self._clock = clock
        self._nobody_can_go_on = nobody_can_go_on  # does not return
        self._threads = 1
        self._ready: Deque[Seat] = deque()
        self._asleep: List[Tuple[float, int, Seat]] = []
        self._numbers = count(1)

    @property
    def is_alone(self) -> bool:
        return self._threads == 1

    @property
    def running(self) -> Seat:
        return self._running

    def after(self, seconds: float) -> float:
        return self._clock.now + seconds

    def wait(self, until: Optional[float] = None) -> bool:
        """Lets others run until somebody wakes this thread or that time has come. Whether it was woken."""
        seat = self._running
        seat.is_waiting, seat.was_woken = True, False
        if until is not None:
            seat.alarm = next(self._numbers)
            heappush(self._asleep, (until, seat.alarm, seat))
        self._give_to(self._next(), seat)
        return seat.was_woken

    def wake(self, seat: Seat) -> None:
        if seat.is_waiting:
            seat.is_waiting, seat.was_woken, seat.alarm = False, True, 0
            self._ready.append(seat)

    def let_others_run(self) -> None:
        """Until each of them waits for something."""
        if self.is_alone:
            return
        while self._asleep and self._asleep[0][0] <= self._clock.now:
            self._wake_first_asleep()
        seat = self._running
        self._ready.append(seat)
        self._give_to(self._next(), seat)

    def start(self, function: Callable[..., object], arguments: tuple, keywords: dict) -> int:
        seat = Seat()
        self._threads += 1
        self._ready.append(seat)
        try:
            return _start_new_thread(self._run_thread, (seat, function, arguments, keywords))
        except BaseException:
            self._threads -= 1
            self._ready.remove(seat)
            raise

    def _run_thread(
        self, seat: Seat, function: Callable[..., object], arguments: tuple, keywords: dict
    ) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})  # the main thread looks after the budget
        seat.identity = _thread.get_ident()
        seat.gate.acquire()
        try:
            function(*arguments, **keywords)
        finally:
            self._threads -= 1
            if seat.sentinel is not None:
                seat.sentinel.release()
            self._running = self._next()
            self._running.gate.release()

    def _next(self) -> Seat:
        while not self._ready:
            if not self._asleep:
                self._nobody_can_go_on()
            self._wake_first_asleep()
        return self._ready.popleft()

    def _wake_first_asleep(self) -> None:
        time, number, seat = heappop(self._asleep)
        if seat.alarm == number:
            self._clock.pass_by(time)
            seat.is_waiting, seat.alarm = False, 0
            self._ready.append(seat)

    def _give_to(self, other: Seat, mine: Seat) -> None:
        if other is not mine:
            self._running = other
            other.gate.release()
            mine.gate.acquire()


class Lock:
    """A lock as `threading.Lock()` makes one. Without a baton it is that; with one, who waits lets others
    run."""

    def __init__(self) -> None:
        self._lock = _allocate_lock()
        self._waiting: Deque[Seat] = deque()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        baton = Baton.current
        if baton is None or not blocking:
            return self._lock.acquire(blocking, timeout)
        if timeout != -1 and not timeout >= 0:
            raise ValueError("timeout value must be a non-negative number")
        return self._lock.acquire(False) or self._wait(baton, None if timeout == -1 else baton.after(timeout))

    def release(self) -> None:
        self._lock.release()
        if self._waiting and Baton.current is not None:
            Baton.current.wake(self._waiting.popleft())

    def locked(self) -> bool:
        return self._lock.locked()

    def _wait(self, baton: Baton, until: Optional[float]) -> bool:
        seat = baton.running
        while not self._lock.acquire(False):
            self._waiting.append(seat)
            if not baton.wait(until):
                self._waiting.remove(seat)
                return self._lock.acquire(False)
        return True

    def _at_fork_reinit(self) -> None:
        self.__init__()  # type: ignore[misc]

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *error: Any) -> None:
        self.release()

    def __repr__(self) -> str:
        state = "locked" if self.locked() else "unlocked"
        return f"<{state} _thread.lock object at {id(self):#x}>"

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked


def start_new_thread(function: Callable[..., object], args: tuple, kwargs: Optional[dict] = None, /) -> int:
    """As `_thread.start_new_thread()`: the thread begins when its turn comes."""
    if Baton.current is None:
        return _start_new_thread(function, args, kwargs or {})
    return Baton.current.start(function, args, kwargs or {})


def is_possible() -> bool:
    """Whether this Python's `threading` is one whose parts are known."""
    parts = ((threading, "_set_sentinel"), (threading, "_PyRLock"), (queue, "_PySimpleQueue"))
    return all(hasattr(module, name) for module, name in parts)


def install() -> None:
    """Makes the locks and threads of Python's modules ours. To be called before other modules make locks."""
    if not is_possible():
        return
    threading.Lock = threading._allocate_lock = Lock  # type: ignore[attr-defined, misc, assignment]
    threading._CRLock = None  # type: ignore[attr-defined]
    threading._set_sentinel = _set_sentinel  # type: ignore[attr-defined]
    threading._start_new_thread = _thread.start_new_thread = start_new_thread  # type: ignore[attr-defined]
    queue.SimpleQueue = queue._PySimpleQueue  # type: ignore[attr-defined, misc]
    _replace_sentinel(threading.main_thread())


def _replace_sentinel(thread: Any) -> None:
    """Of a thread that runs already."""
    sentinel = Lock()
    sentinel.acquire()
    threading._shutdown_locks.discard(thread._tstate_lock)  # type: ignore[attr-defined]
    threading._shutdown_locks.add(sentinel)  # type: ignore[attr-defined]
    thread._tstate_lock = sentinel


def _set_sentinel() -> Any:
    """The lock that tells who joins a thread that it has ended."""
    baton = Baton.current
    if baton is None:
        return _thread._set_sentinel()  # type: ignore[attr-defined]
    baton.running.sentinel = Lock()
    return baton.running.sentinel
