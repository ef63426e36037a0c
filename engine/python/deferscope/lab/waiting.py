# SPDX-License-Identifier: MIT
"""How a reactor waits."""

from __future__ import annotations

from typing import Optional, Protocol


class Waiting(Protocol):
    """In the run's virtual time (`virtualtime`), or really (`realtime`)."""

    def between_turns(self) -> None:
        """What is to be done when control is about to go back to the event loop."""

    def wait(self, seconds: Optional[float]) -> None:
        """Until so many seconds have passed, for ever if None, or until wake() is called."""

    def wake(self) -> None:
        """From any thread: the reactor has something to do."""
