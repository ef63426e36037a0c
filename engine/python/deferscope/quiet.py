# SPDX-License-Identifier: MIT
"""What a reactor does for itself with Deferreds is nothing that its program has asked for, and is not told."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Callable, List


class _NothingToWaitFor:
    """Does at once what is to be done behind no Deferreds at all."""

    def addCallback(self, function: Callable[[List[Any]], Any]) -> _NothingToWaitFor:
        function([])
        return self


def quieten(base: ModuleType) -> None:
    """Takes `twisted.internet.base`, whose reactors come to their start and to their end behind a DeferredList of
    what must come before. Most often that is empty; then none is made."""
    inner = base.DeferredList

    def behind(deferreds: List[Any]) -> Any:
        return inner(deferreds) if deferreds else _NothingToWaitFor()

    base.DeferredList = behind  # type: ignore[attr-defined]
