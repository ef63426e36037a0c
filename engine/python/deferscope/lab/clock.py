# SPDX-License-Identifier: MIT
"""The clock of a run, and Python's own ways of asking for the time, which tell it."""

from __future__ import annotations

import datetime
import gc
import math
import time
from types import SimpleNamespace
from typing import Any, Callable, Optional

START = 1_767_268_800.0  # the first of January 2026, noon, in UTC
MONOTONIC_START = 1_000.0
STEP = 1e-6  # what a turn takes at least, so that a loop without a delay lets other timers come
PATIENCE = 1_000  # so many questions for the time take next to nothing in one turn, each further one a STEP


class Clock:
    """The time in a run: it moves only when somebody moves it, and never back.

    Who moves it beyond `limit`, in seconds since the start, calls `limit_reached` first.
    """

    def __init__(self) -> None:
        self.now = START
        self.worked = 0.0  # what of it was no waiting
        self.limit = math.inf
        self.limit_reached: Callable[[], None] = lambda: None
        self._asked = 0

    def seconds(self) -> float:
        return self.now

    def elapsed(self) -> float:
        """Since the start. To a hundredth of a millisecond: what comes after it is how floats are stored."""
        return round(self.now - START, 5)

    def read(self) -> float:
        """The time for a program that asks: another one each time, as it would see. One that asks again and
        again waits for it to pass."""
        self._asked += 1
        if self._asked > PATIENCE:
            self._work()
        else:
            self.tick()
        return self.now

    def begin_turn(self) -> None:
        self._asked = 0

    def tick(self) -> None:
        """The least that can pass."""
        self.move_to(math.nextafter(self.now, math.inf))

    def step(self) -> None:
        """Ends a turn that nobody waited after."""
        self._work()

    def move_to(self, time: float) -> None:
        if time <= self.now:
            return
        while time - START > self.limit:
            self.limit_reached()
        self.now = time

    def pass_by(self, time: float) -> None:
        """Moves to the next moment after that one: who waited for it finds it passed, as with any real
        clock."""
        self.move_to(max(math.nextafter(time, math.inf), self.now + STEP))

    def _work(self) -> None:
        self.worked += STEP
        self.move_to(self.now + STEP)


class PatchedTime:
    """The functions of module `time` as a program sees them: those of a run's clock, or the real ones.

    Bound methods, so that a class which takes one for an attribute does not make a method of it.
    """

    def __init__(self) -> None:
        self.clock: Optional[Clock] = None  # none: the real time
        self.sleeper: Callable[[float], None] = time.sleep
        self.real = SimpleNamespace(**{name: getattr(time, name) for name in dir(time)})

    def time(self) -> float:
        return self.real.time() if self.clock is None else self.clock.read()

    def time_ns(self) -> int:
        return self.real.time_ns() if self.clock is None else _nanoseconds(self.clock.read())

    def monotonic(self) -> float:
        return self.real.monotonic() if self.clock is None else self._since_start()

    def monotonic_ns(self) -> int:
        return self.real.monotonic_ns() if self.clock is None else _nanoseconds(self._since_start())

    def perf_counter(self) -> float:
        return self.real.perf_counter() if self.clock is None else self._since_start()

    def perf_counter_ns(self) -> int:
        return self.real.perf_counter_ns() if self.clock is None else _nanoseconds(self._since_start())

    def process_time(self) -> float:
        return self.real.process_time() if self.clock is None else self.clock.worked

    def process_time_ns(self) -> int:
        return self.real.process_time_ns() if self.clock is None else _nanoseconds(self.clock.worked)

    def thread_time(self) -> float:
        return self.real.thread_time() if self.clock is None else self.clock.worked

    def thread_time_ns(self) -> int:
        return self.real.thread_time_ns() if self.clock is None else _nanoseconds(self.clock.worked)

    def clock_gettime(self, which: int) -> float:
        if self.clock is None:
            return self.real.clock_gettime(which)
        return self.time() if which == self.real.CLOCK_REALTIME else self._since_start()

    def clock_gettime_ns(self, which: int) -> int:
        if self.clock is None:
            return self.real.clock_gettime_ns(which)
        return _nanoseconds(self.clock_gettime(which))

    def localtime(self, seconds: Optional[float] = None) -> time.struct_time:
        return self.real.localtime(self.time() if seconds is None else seconds)

    def gmtime(self, seconds: Optional[float] = None) -> time.struct_time:
        return self.real.gmtime(self.time() if seconds is None else seconds)

    def ctime(self, seconds: Optional[float] = None) -> str:
        return self.real.ctime(self.time() if seconds is None else seconds)

    def asctime(self, *moment: Any) -> str:
        return self.real.asctime(*moment or (self.localtime(),))

    def strftime(self, layout: str, *moment: Any) -> str:
        return self.real.strftime(layout, *moment or (self.localtime(),))

    def sleep(self, seconds: float) -> None:
        if isinstance(seconds, (int, float)) and 0 <= seconds < math.inf:
            self.sleeper(seconds)
        else:
            self.real.sleep(seconds)  # it knows best what to say of this

    def _since_start(self) -> float:
        assert self.clock is not None
        return self.clock.read() - START + MONOTONIC_START


PATCHED = PatchedTime()


def install() -> None:
    """Puts the functions in the place of the real ones. Modules that are loaded before keep those."""
    for name in vars(PatchedTime):
        if not name.startswith("_") and hasattr(time, name):
            setattr(time, name, getattr(PATCHED, name))
    _patch_datetime()


def use(clock: Optional[Clock], sleeper: Callable[[float], None]) -> None:
    """From now on the functions tell that clock, or the real time without one; who sleeps calls `sleeper`."""
    PATCHED.clock = clock
    PATCHED.sleeper = sleeper


def real_monotonic() -> float:
    return PATCHED.real.monotonic()


def real_sleep(seconds: float) -> None:
    PATCHED.real.sleep(seconds)


def _nanoseconds(seconds: float) -> int:
    """Of a time since 1970 too, which as a float of nanoseconds would be too coarse."""
    whole = math.floor(seconds)
    return whole * 10**9 + round((seconds - whole) * 1e9)


def _patch_datetime() -> None:
    """`datetime.now()` and `utcnow()` read the machine's clock in C; `today()` already asks `time.time()`.

    The class stays what it is. Where its attributes cannot be reached, it goes on telling the real time.
    """

    def now(cls: type, tz: Optional[datetime.tzinfo] = None) -> Any:
        """Returns new datetime object representing current time local to tz."""
        return cls.fromtimestamp(PATCHED.time(), tz)  # type: ignore[attr-defined]

    def utcnow(cls: type) -> Any:
        """Return a new datetime representing UTC day and time."""
        return cls.utcfromtimestamp(PATCHED.time())  # type: ignore[attr-defined]

    for namespace in gc.get_referents(datetime.datetime.__dict__):
        if isinstance(namespace, dict) and "utcnow" in namespace:
            namespace["now"] = classmethod(now)
            namespace["utcnow"] = classmethod(utcnow)
            _forget_methods(datetime.datetime)


def _forget_methods(cls: type) -> None:
    import ctypes

    ctypes.pythonapi.PyType_Modified(ctypes.py_object(cls))
