# SPDX-License-Identifier: MIT
"""Copies and pickles of a Deferred hold what those of Twisted's own hold: its attributes."""

from __future__ import annotations

import copyreg
from typing import Any


def getstate(self: Any) -> Any:
    """As `object` makes it of a class that is written in Python."""
    attributes = dict(self.__dict__)
    slots = {name: getattr(self, name) for name in copyreg._slotnames(type(self)) if hasattr(self, name)}
    return (attributes, slots) if slots else attributes


def setstate(self: Any, state: Any) -> None:
    for part in state if isinstance(state, tuple) else (state,):
        for name, value in part.items():
            setattr(self, name, value)
