# SPDX-License-Identifier: MIT
"""The lab's reactor: Twisted's own, but for how it waits and for what it has not."""

from __future__ import annotations

import sys
from typing import Any, Callable, List, Optional, Protocol

import twisted.internet
from twisted.internet import base, interfaces, main
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import classImplements, implementer

from deferscope import _engine
from deferscope.lab import clock as clocks
from deferscope.lab.clock import Clock
from deferscope.lab.refusals import refuse, refusing
from deferscope.lab.waiting import Waiting

IDLE_STEP = 1e-3

# Where Twisted's loop lies: since 23 in ReactorBase itself.
_LOOP = (base._SignalReactorMixin,) if hasattr(base, "_SignalReactorMixin") else ()

_REFUSED = {
    "network": (
        "listenTCP connectTCP listenSSL connectSSL listenUDP listenMulticast listenUNIX connectUNIX "
        "listenUNIXDatagram connectUNIXDatagram adoptStreamPort adoptStreamConnection adoptDatagramPort"
    ),
    "process": "spawnProcess",
    "descriptor": "addReader addWriter",
}

_PROVIDED = (
    interfaces.IReactorTCP,
    interfaces.IReactorSSL,
    interfaces.IReactorUDP,
    interfaces.IReactorMulticast,
    interfaces.IReactorUNIX,
    interfaces.IReactorUNIXDatagram,
    interfaces.IReactorSocket,
    interfaces.IReactorProcess,
    interfaces.IReactorFDSet,
)


class Follower(Protocol):
    """Another event loop, carried by this one."""

    def due_in(self) -> Optional[float]:
        """When it wants to do something; None: it wants nothing."""

    def run_what_is_due(self) -> None: ...


@implementer(IHostnameResolver)
class _NoResolver:
    """There is no network to look for names in."""

    resolveHostName = refusing("network", "resolveHostName")


class LabReactor(*_LOOP, base.ReactorBase):  # type: ignore[misc]
    """Twisted's ReactorBase in the lab: timers, threads, triggers, start and stop are Twisted's own code.

    Time and waiting are the run's. What would need a descriptor, a network or a process refuses.
    """

    def __init__(self, clock: Optional[Clock], waiting: Waiting) -> None:
        self._clock = clock
        self._waiting = waiting
        self._follower: Optional[Follower] = None
        self._is_turn_told = True
        self._start_of_run = self.turn_began = self.seconds()
        super().__init__()
        self.installNameResolver(_NoResolver())
        self.addSystemEventTrigger("before", "startup", self._begin_startup)
        self.addSystemEventTrigger("before", "shutdown", _engine.stop, "the reactor stopped")

    @property
    def has_been_stopped(self) -> bool:
        return self._startedBefore

    def seconds(self) -> float:
        return clocks.PATCHED.real.time() if self._clock is None else self._clock.seconds()

    def elapsed(self) -> float:
        return self.seconds() - self._start_of_run if self._clock is None else self._clock.elapsed()

    def installWaker(self) -> None:
        """There is none to be installed: see wakeUp()."""

    def wakeUp(self) -> None:
        self._waiting.wake()

    def doIteration(self, delay: Optional[float]) -> None:
        self._waiting.between_turns()
        self._waiting.wait(self._how_long(delay))
        self._is_turn_told = False
        if self._follower is not None:
            self._follower.run_what_is_due()
        if self.threadCallQueue:
            self.before_timed_call()

    def carry(self, follower: Follower) -> None:
        """From now on what that wants to do is done in this reactor's turns."""
        self._follower = follower

    def _how_long(self, delay: Optional[float]) -> Optional[float]:
        if self._follower is None:
            return self._how_long_alone(delay)
        due = self._follower.due_in()
        own = self._how_long_alone(delay)
        return due if own is None else own if due is None else min(due, own)

    def _how_long_alone(self, delay: Optional[float]) -> Optional[float]:
        """Who turns the reactor by hand and does not want to wait lets a little time pass all the same."""
        if self.threadCallQueue or delay is False:
            return 0
        if delay == 0:
            timeout = self.timeout()
            return IDLE_STEP if timeout is None else min(IDLE_STEP, timeout)
        return delay

    def before_timed_call(self) -> None:
        """Tells that a turn begins, once something happens in it."""
        if not self._is_turn_told:
            self.begin_turn()

    def after_scheduling(self) -> None:
        """Of two calls in so many seconds the one that was asked for first comes first, as time does pass."""
        if self._clock is not None:
            self._clock.tick()

    def begin_turn(self) -> None:
        self._is_turn_told = True
        self.turn_began = self.seconds()
        _engine.turn(self.elapsed())

    def _begin_startup(self) -> None:
        """The first turn: what waits for the reactor to run, and what is due by then."""
        self._is_turn_told = False
        startup = self._eventTriggers["startup"]
        if startup.after or startup.before or len(startup.during) > 1:
            self.begin_turn()

    def is_idle(self) -> bool:
        """Whether nothing is scheduled or queued, and no pool thread is at work."""
        busy = self.threadpool is not None and bool(self.threadpool.working)
        return not (self.threadCallQueue or self.getDelayedCalls() or busy)

    def resolve(self, name: str, *args: Any, **kwargs: Any) -> Any:
        from twisted.internet.abstract import isIPAddress

        return super().resolve(name, *args, **kwargs) if not name or isIPAddress(name) else refuse("network")

    def removeReader(self, reader: Any) -> None:
        pass

    def removeWriter(self, writer: Any) -> None:
        pass

    def removeAll(self) -> List[Any]:
        return []

    def getReaders(self) -> List[Any]:
        return []

    def getWriters(self) -> List[Any]:
        return []


# Programs see it, in messages for instance, as the one that they would get.
LabReactor.__module__, LabReactor.__name__ = "twisted.internet.epollreactor", "EPollReactor"
LabReactor.__qualname__ = LabReactor.__name__

for _what, _names in _REFUSED.items():
    for _name in _names.split():
        setattr(LabReactor, _name, refusing(_what, _name))


def install(reactor: LabReactor, other_installed: Callable[[Any], None]) -> None:
    """Makes it `twisted.internet.reactor`. A program that installs one of its own choice gets this one all
    the same, and `other_installed` is told of it."""
    twisted.internet.reactor = reactor  # type: ignore[attr-defined, assignment]
    sys.modules["twisted.internet.reactor"] = reactor  # type: ignore[assignment]
    main.installReactor = other_installed


classImplements(LabReactor, *_PROVIDED)
