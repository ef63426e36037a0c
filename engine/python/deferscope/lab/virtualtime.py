# SPDX-License-Identifier: MIT
"""Waiting in virtual time: the clock moves to what is waited for."""

from __future__ import annotations

from typing import Callable, Optional

from deferscope import _engine
from deferscope.lab.baton import Baton
from deferscope.lab.clock import Clock


class VirtualWaiting:
    """Lets the run's other threads do what they can, then moves its clock."""

    def __init__(
        self, clock: Clock, between_turns: Callable[[], None], waits_for_ever: Callable[[], None]
    ) -> None:
        self._clock = clock
        self._baton = Baton(clock, self._nobody_can_go_on)
        self._between_turns = between_turns
        self._waits_for_ever = waits_for_ever  # comes back only if something is to be done after all
        self._is_awake = False
        self._is_waiting = False
        self._is_stuck = False

    def start(self) -> None:
        """From now on threads run by turns."""
        Baton.current = self._baton

    def between_turns(self) -> None:
        self._between_turns()
        self._clock.begin_turn()

    def wait(self, seconds: Optional[float]) -> None:
        until = None if seconds is None else self._clock.now + seconds
        self._baton.let_others_run()
        if self._is_awake or seconds == 0:
            self._clock.step()
        elif until is not None:
            self._wait_until(until)
        elif self._baton.is_alone:
            self._waits_for_ever()
        else:
            self._wait_for_others(None)
        self._is_awake = False

    def wake(self) -> None:
        self._is_awake = True
        if self._is_waiting:
            self._baton.wake(self._baton.main)

    def sleep(self, seconds: float) -> None:
        """A thread sleeps. If it is the reactor's, everything stands still for so long."""
        until = self._clock.now + seconds
        is_main = self._baton.running is self._baton.main
        if self._baton.is_alone:
            self._clock.move_to(until)
        else:
            self._baton.wait(until)
        if is_main:
            _engine.slept(seconds)

    def _wait_until(self, until: float) -> None:
        if self._baton.is_alone:
            self._clock.pass_by(until)
        else:
            self._wait_for_others(until)

    def _wait_for_others(self, until: Optional[float]) -> None:
        self._is_waiting = True
        self._baton.wait(until)
        self._is_waiting = False
        if self._is_stuck:
            self._is_stuck = False
            self._waits_for_ever()

    def _nobody_can_go_on(self) -> None:
        """Every thread waits, and none for time: the reactor's own has the last word."""
        if not self._is_waiting:
            self._waits_for_ever()
        self._is_stuck = True
        self._baton.wake(self._baton.main)
