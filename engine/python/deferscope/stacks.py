# SPDX-License-Identifier: MIT
"""The frames above a Failure.

A Failure keeps the stack of frames that led to where it was made, and prints the last four. The class's functions are
none of Python's on the engine and have no frames: they are put in where Twisted's own would be.
"""

from __future__ import annotations

import dis
import sys
from types import CodeType, FrameType, FunctionType
from typing import Any, Dict, List, Tuple

from deferscope import _engine, places

Entry = Tuple[str, str, int, Tuple[()], Tuple[()]]  # as Failure.stack has it, without variables

# Which function each of them calls, down to the drain.
_CALLS = {
    "callback": "_startRunCallbacks",
    "errback": "_startRunCallbacks",
    "addCallback": "addCallbacks",
    "addErrback": "addCallbacks",
    "addBoth": "addCallbacks",
    "addCallbacks": "_runCallbacks",
    "unpause": "_runCallbacks",
    "_startRunCallbacks": "_runCallbacks",
}


def _line_of_call(code: CodeType, name: str) -> int:
    """Where the function calls the method of that name."""
    for step in dis.get_instructions(code):
        if step.argval == name:
            return places.span_of(code, step.offset)[0]
    return code.co_firstlineno


def _entries(functions: Dict[str, FunctionType], name: str) -> List[Entry]:
    """The frames of a function of the class and of those that it calls, but for the drain's."""
    found: List[Entry] = []
    while name in _CALLS:
        code = functions[name].__code__
        found.append((code.co_name, code.co_filename, _line_of_call(code, _CALLS[name]), (), ()))
        name = _CALLS[name]
    return found


class Stacks:
    """Puts the frames in. `drain` is the code of the frame in which a Failure of a callback's is made."""

    def __init__(self, functions: Dict[str, FunctionType], drain: CodeType) -> None:
        self._entries = {name: _entries(functions, name) for name in (*_CALLS, "_runCallbacks")}
        self._drain = drain
        self._drain_entry: Entry = (drain.co_name, drain.co_filename, drain.co_firstlineno, (), ())

    def complete(self, failure: Any) -> None:
        """Of a Failure that was just made in a frame that runs still."""
        running = _engine.running_functions()
        traceback = failure.tb
        if not running or traceback is None or not failure.stack:
            return
        frames = _outward(traceback.tb_frame)
        if not _is_running(frames[0]):
            return
        stack = list(failure.stack)
        is_in_drain = frames[0].f_code is self._drain  # of the innermost of them, then
        for caller, name, drains in running:
            if caller not in frames[1:]:
                continue
            at = frames.index(caller)
            entries = self._entries[name]
            if drains and not is_in_drain:
                entries = [*entries, self._drain_entry]
            is_in_drain = False
            depth = len(frames) - at
            stack[depth:depth] = entries
        failure.stack = stack


def _outward(frame: FrameType | None) -> List[FrameType]:
    found = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found


def _is_running(frame: FrameType) -> bool:
    running: FrameType | None = sys._getframe()
    while running is not None and running is not frame:
        running = running.f_back
    return running is not None


def watch(failure_class: Any, stacks: Stacks) -> None:
    """Completes each Failure that is made, where this Twisted's have such a stack."""
    inner = failure_class.__init__
    if "stack" not in inner.__code__.co_names:
        return
    counter = inner.__globals__

    def complete(failure: Any) -> None:
        if failure.count == counter["count"]:  # else it goes on with the stack of another
            stacks.complete(failure)

    failure_class.__init__ = _engine.wrapped(inner, None, complete)
