# SPDX-License-Identifier: MIT
"""Twisted's DelayedCall that tells the recording when it is scheduled, moved, cancelled and run.

Nothing is called in between, so tracebacks look as they always do: the class has properties where Twisted's
has the attributes that say what became of a call.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from twisted.internet import base

from deferscope import _engine

_numbers = count(1)


class DelayedCall(base.DelayedCall):
    """Reactors and task.Clocks make these; the recording knows each by a number."""

    _number = 0

    def __init__(self, time: float, *args: Any, **kwargs: Any) -> None:
        super().__init__(time, *args, **kwargs)
        self._tell()
        reactor = self._clock()
        if hasattr(reactor, "after_scheduling"):
            reactor.after_scheduling()

    @property
    def called(self) -> int:  # type: ignore[override]
        return self.__dict__["called"]

    @called.setter
    def called(self, value: int) -> None:
        self.__dict__["called"] = value
        if value:
            reactor = self._clock()
            if hasattr(reactor, "before_timed_call"):
                reactor.before_timed_call()
            _engine.tick(self._number)

    @property
    def cancelled(self) -> int:  # type: ignore[override]
        return self.__dict__["cancelled"]

    @cancelled.setter
    def cancelled(self, value: int) -> None:
        self.__dict__["cancelled"] = value
        if value:
            _engine.untimer(self._number)

    def reset(self, secondsFromNow: float) -> None:
        super().reset(secondsFromNow)
        self._tell_moved()

    def delay(self, secondsLater: float) -> None:
        super().delay(secondsLater)
        self._tell_moved()

    def _tell_moved(self) -> None:
        _engine.untimer(self._number)
        self._tell()

    def _tell(self) -> None:
        self._number = next(_numbers)
        _engine.timer(self._number, self._delay(), self.func)

    def _delay(self) -> float:
        """From the beginning of the turn on, for a call that the run's reactor makes."""
        reactor = self._clock()
        began = reactor.turn_began if hasattr(reactor, "turn_began") else self.seconds()
        return round(self.getTime() - began, 5)

    def _clock(self) -> Any:
        return getattr(self.seconds, "__self__", None)


def install() -> None:
    base.DelayedCall = DelayedCall  # type: ignore[misc]
