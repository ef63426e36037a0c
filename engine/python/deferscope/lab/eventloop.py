# SPDX-License-Identifier: MIT
"""asyncio in virtual time: an event loop that waits as the run waits, and has no descriptors."""

from __future__ import annotations

import asyncio
import selectors
from typing import Any, List, Mapping, Optional, Tuple

from deferscope import _engine
from deferscope.lab.clock import Clock
from deferscope.lab.waiting import Waiting


class _Selector(selectors.BaseSelector):
    """Nothing is ever ready: what there is to wait for is time, and other threads."""

    def __init__(self, waiting: Waiting, clock: Clock) -> None:
        self._waiting = waiting
        self._clock = clock
        self._keys: dict = {}

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        descriptor = fileobj if isinstance(fileobj, int) else fileobj.fileno()
        key = selectors.SelectorKey(fileobj, descriptor, events, data)
        self._keys[fileobj] = key
        return key

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._keys.pop(fileobj)

    def select(self, timeout: Optional[float] = None) -> List[Tuple[selectors.SelectorKey, int]]:
        self._waiting.between_turns()
        self._waiting.wait(timeout)
        if timeout != 0:
            _engine.turn(self._clock.elapsed())
        return []

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._keys


class Carried:
    """An event loop that a reactor of Twisted's carries, as Twisted's asyncioreactor does."""

    def __init__(self, loop: Any) -> None:
        self._loop = loop

    def due_in(self) -> Optional[float]:
        if self._loop._ready:
            return 0
        scheduled = self._loop._scheduled
        return max(0, scheduled[0].when() - self._loop.time()) if scheduled else None

    def run_what_is_due(self) -> None:
        if self.due_in() == 0:
            self._loop.call_soon(self._loop.stop)
            self._loop.run_forever()


def install(waiting: Waiting, clock: Clock) -> None:
    """Makes every event loop that the program asks for one of these."""

    class LabEventLoop(asyncio.SelectorEventLoop):  # type: ignore[misc, name-defined]
        def __init__(self, selector: Optional[selectors.BaseSelector] = None) -> None:
            super().__init__(_Selector(waiting, clock))

        def _make_self_pipe(self) -> None:
            """Other threads wake it by the run's own means."""

        def _close_self_pipe(self) -> None:
            pass

        def _write_to_self(self) -> None:
            waiting.wake()

    LabEventLoop.__name__ = LabEventLoop.__qualname__ = asyncio.SelectorEventLoop.__name__
    asyncio.DefaultEventLoopPolicy._loop_factory = LabEventLoop  # type: ignore[attr-defined]
    asyncio.SelectorEventLoop = LabEventLoop  # type: ignore[misc]
