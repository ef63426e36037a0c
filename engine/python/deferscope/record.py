# SPDX-License-Identifier: MIT
"""Records a real program: its own reactor, its own rights, and every Deferred in a file.

Nothing is written before Twisted's defer is imported, so a program that does not use Twisted leaves no file.
"""

from __future__ import annotations

import atexit
import os
import sys
import time
from types import ModuleType
from typing import Any

from deferscope import _engine, quiet, swap

FILE = "DEFERSCOPE_RECORD"  # the file to write
DEPTH = "DEFERSCOPE_DEPTH"  # how deep inside lists and dicts values are told
OWNER = "DEFERSCOPE_RECORDER"  # the process that writes it: others of its kind write files of their own
DEFAULT_DEPTH = 3

_NUMBER = "deferscope number"  # of a DelayedCall in the recording


def start_from_environment() -> None:
    """Records this process into the file that the environment names, from the import of Twisted's defer on."""
    path = os.environ[FILE]
    owner = os.environ.setdefault(OWNER, str(os.getpid()))
    if owner != str(os.getpid()):
        path = of_process(path, os.getpid())
    start(path, int(os.environ.get(DEPTH, DEFAULT_DEPTH)))


def of_process(path: str, pid: int) -> str:
    """The file of another process of the same program: `crawl.dscope` becomes `crawl.4711.dscope`."""
    stem, ending = os.path.splitext(path)
    return f"{stem}.{pid}{ending}"


def start(path: str, depth: int = DEFAULT_DEPTH) -> None:
    """Records into a file, from the import of Twisted's defer on."""
    path = os.path.abspath(path)
    swap.install()
    swap.when_loaded("twisted.internet.defer", lambda module: _begin(path, depth))
    swap.when_loaded("twisted.internet.base", _watch_clock)
    os.register_at_fork(after_in_child=lambda: _go_on_in_child(path, depth))
    atexit.register(_engine.stop_recording)


def _begin(path: str, depth: int) -> None:
    if swap.is_installed():
        try:
            _engine.start_recording(path, _meta(), depth)
        except OSError as problem:
            print(f"deferscope: cannot record into {path}: {problem.strerror}", file=sys.stderr)


def _go_on_in_child(path: str, depth: int) -> None:
    was_recording = _engine.is_recording()
    _engine.forget_recording()
    if was_recording:
        _begin(of_process(path, os.getpid()), depth)


def _meta() -> dict[str, Any]:
    return {
        "kind": "program",
        "argv": list(getattr(sys, "orig_argv", sys.argv)),
        "directory": os.getcwd(),
        "pid": os.getpid(),
        "python": sys.version.split()[0],
        "twisted": sys.modules["twisted"].__version__,
        "started": time.time(),
    }


def _watch_clock(base: ModuleType) -> None:
    """Tells of scheduled calls and of the reactor's turns. Every call, a Clock's too, is a DelayedCall, which sets
    `called` before it runs and `cancelled` when it will not."""
    quiet.quieten(base)
    call_class = base.DelayedCall
    numbers = iter(range(1, sys.maxsize))

    def tell(call: Any) -> None:
        call.__dict__[_NUMBER] = number = next(numbers)
        _engine.timer(number, _delay_of(call), call.func)

    call_class.__init__ = _engine.wrapped(call_class.__init__, None, tell)
    call_class.called = _Telling("called", _engine.tick)
    call_class.cancelled = _Telling("cancelled", _engine.untimer)
    _watch_turns(base.ReactorBase)


def _delay_of(call: Any) -> float:
    """Whose clock does not tell the time, as in tests of scheduled calls, is due at once."""
    try:
        return call.time - call.seconds()
    except Exception:
        return 0.0


def _watch_turns(reactor_class: type) -> None:
    """What a reactor waits for comes later than its calls, and these later than what came before."""

    def tell(reactor: Any) -> None:
        _engine.end_turn()

    reactor_class.runUntilCurrent = _engine.wrapped(reactor_class.runUntilCurrent, tell, tell)


class _Telling:
    """An attribute of a DelayedCall that tells the recording when it becomes true."""

    def __init__(self, name: str, tell: Any) -> None:
        self.name = name
        self.tell = tell

    def __get__(self, call: Any, owner: Any = None) -> Any:
        if call is None:
            return self
        try:
            return call.__dict__[self.name]
        except KeyError:
            raise AttributeError(self.name) from None

    def __set__(self, call: Any, value: Any) -> None:
        call.__dict__[self.name] = value
        if value and _NUMBER in call.__dict__:
            self.tell(call.__dict__[_NUMBER])
