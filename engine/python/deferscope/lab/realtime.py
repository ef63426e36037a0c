# SPDX-License-Identifier: MIT
"""Waiting in real time, for timers, threads, and what the window wants."""

from __future__ import annotations

import os
import select
import threading
from typing import Callable, Optional

from deferscope import _engine
from deferscope.lab import clock as clocks
from deferscope.lab.channel import Channel


class RealWaiting:
    """Waits for the channel's messages as well as for time, so that a run can be stopped, and worked on by
    hand."""

    def __init__(
        self,
        channel: Optional[Channel],
        between_turns: Callable[[], None],
        is_idle: Callable[[], bool],
        waits_for_ever: Callable[[], None],
    ) -> None:
        self._channel = channel
        self._between_turns = between_turns
        self._is_idle = is_idle
        self._waits_for_ever = waits_for_ever
        self._waker = self._wake_end = -1

    def start(self) -> None:
        """Only now: what is open when the sandbox is entered will be closed."""
        self._waker, self._wake_end = os.pipe()
        os.set_blocking(self._waker, False)
        os.set_blocking(self._wake_end, False)

    def between_turns(self) -> None:
        self._between_turns()

    def wait(self, seconds: Optional[float]) -> None:
        if seconds is None and self._is_idle():
            self._waits_for_ever()
        if self._channel is not None and self._channel.has_message():
            return
        sources = [self._waker] if self._channel is None else [self._waker, self._channel]
        ready = select.select(sources, [], [], seconds)[0]
        if self._waker in ready:
            os.read(self._waker, 4096)

    def wake(self) -> None:
        if self._waker < 0:
            return  # nothing waits yet
        try:
            os.write(self._wake_end, b"x")
        except BlockingIOError:
            pass  # it is full of calls to wake

    def sleep(self, seconds: float) -> None:
        clocks.real_sleep(seconds)
        if threading.current_thread() is threading.main_thread():
            _engine.slept(seconds)
