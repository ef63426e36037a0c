# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs of odd_programs.py find when they run: functions that do things, classes, and what prints."""

from __future__ import annotations

import copy
import functools
import gc
import io
import linecache
import re
import sys
import traceback
import warnings
from types import MappingProxyType
from typing import Awaitable

from twisted.internet import defer, task
from twisted.internet.defer import Deferred
from twisted.python import failure as failure_module
from twisted.python import log
from twisted.python.failure import Failure

written = io.StringIO()
d: list = []
clock = task.Clock()


def show(*values) -> None:
    print(*(value if isinstance(value, str) else text_of(value) for value in values), file=written)


def text_of(value, depth: int = 3) -> str:
    """Without what is never the same: addresses."""
    if isinstance(value, Deferred):
        where = next((f"d[{i}]" for i, each in enumerate(d) if each is value), "another")
        return f"<{type(value).__name__} {where}>"
    if isinstance(value, Failure):
        what = type(value.value).__name__ if isinstance(value.value, Deferred) else repr(value.value)
        return clean(f"<Failure {what}>")
    if isinstance(value, (list, tuple)) and depth:
        name = "list" if isinstance(value, list) else "tuple"
        return name + "(" + ", ".join(text_of(each, depth - 1) for each in value) + ")"
    if isinstance(value, dict) and depth:
        return "{" + ", ".join(f"{key}: {text_of(value[key], depth - 1)}" for key in sorted(value)) + "}"
    if callable(value) and hasattr(value, "__name__"):
        return f"<callable {value.__name__}>"
    return re.sub(r"0x[0-9a-f]+", "0x", repr(value))


def state_of(deferred: Deferred) -> str:
    facts = [f"called={deferred.called} paused={deferred.paused}"]
    if hasattr(deferred, "result"):
        facts.append(f"result={text_of(deferred.result)}")
    if deferred._chainedTo is not None:
        facts.append(f"chainedTo={text_of(deferred._chainedTo)}")
    if deferred._runningCallbacks:
        facts.append("running")
    if deferred._suppressAlreadyCalled:
        facts.append("suppresses")
    if deferred._debugInfo is not None:
        facts.append(f"fails={text_of(deferred._debugInfo.failResult)}")
    return " ".join(facts)


class tell:
    """Tells what a statement was, what it has raised, and what the Deferreds are afterwards."""

    def __init__(self, text: str) -> None:
        show("> " + text)

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind, value, tb) -> bool:
        if isinstance(value, RecursionError):
            show("RecursionError")  # where exactly the limit is met does not matter
        elif value is not None:
            show(clean("".join(traceback.format_exception(kind, value, tb))))
        for number, deferred in enumerate(d):
            if isinstance(deferred, Deferred):
                show(f"  {number}: {state_of(deferred)}")
        return True


def clean(text: str) -> str:
    text = re.sub(r"0x[0-9a-f]+", "0x", text)
    return re.sub(r"cannot access local variable.*", "cannot access local variable", text)


# ---- functions ----


def of_number(function):
    """A function of a result and the number of a Deferred becomes one that makes functions of a result."""

    def maker(number):
        def named(result=None, *further, **words):
            show(f"{function.__name__}({number})", result, further, words)
            return function(result, d[number])

        named.__name__ = f"{function.__name__}({number})"
        return named

    return maker


def plain(result=None, *further, **words):
    show("plain", result, further, words)
    return result


def raises(result=None, *further, **words):
    show("raises", result)
    raise KeyError("raised")


def raises_system(result=None):
    raise GeneratorExit("raised")


def reraises(result=None):
    if isinstance(result, Failure):
        result.raiseException()
    return result


def warns(result=None):
    warnings.warn("a callback warns")
    return 3


def gives_failure(result=None, *further, **words):
    return Failure(TypeError("given"))


def traces(result=None):
    if isinstance(result, Failure):
        show(clean(result.getTraceback()))
        show(clean(result.getBriefTraceback()))
        show([entry[:3] for entry in result.stack or ()][-6:], [entry[:3] for entry in result.frames or ()])
    return result


def answers(deferred):
    deferred.callback("cancelled")


def refuses(deferred):
    deferred.errback(ValueError("cancelled"))


@of_number
def gives(result, deferred):
    return deferred


@of_number
def adds(result, deferred):
    deferred.addBoth(plain, "added")
    return result


@of_number
def fires(result, deferred):
    deferred.callback(result if not isinstance(result, Deferred) else None)
    return result


@of_number
def fails(result, deferred):
    deferred.errback(ValueError("failed"))


@of_number
def pauses(result, deferred):
    deferred.pause()
    return result


@of_number
def unpauses(result, deferred):
    deferred.unpause()
    return result


@of_number
def cancels(result, deferred):
    deferred.cancel()
    return result


@of_number
def shows(result, deferred):
    show(state_of(deferred), deferred.callbacks)
    return result


@of_number
def clears(result, deferred):
    del deferred.callbacks[:]
    return result


@of_number
def runs(result, deferred):
    deferred._runCallbacks()
    return result


@of_number
def drops(result, deferred):
    d[d.index(deferred)] = None
    return result


@of_number
def fetches(result, deferred):
    return getattr(deferred, "result", "nothing")


class Callable:
    def __init__(self, *further):
        pass

    def __call__(self, result, *further, **words):
        show("called", result, further, words)
        return 2

    def method(self, result, *further):
        show("method", result, further)
        return result


@defer.inlineCallbacks
def generates(deferred):
    show("generator")
    try:
        got = yield deferred
    except BaseException as problem:
        show("generator caught", problem)
        raise
    show("generator got", got)
    return got


async def awaits(deferred):
    got = await deferred
    show("coroutine got", got)
    return got


def copied(deferred):
    return copy.copy(deferred)


# ---- classes ----


class Derived(Deferred):
    pass


class OwnAdd(Deferred):
    def addCallbacks(self, *further, **words):
        show("own addCallbacks", len(further), sorted(words))
        return super().addCallbacks(*further, **words)


class OwnStart(Deferred):
    def _startRunCallbacks(self, result):
        show("own _startRunCallbacks", result)
        super()._startRunCallbacks(result)


class OwnRun(Deferred):
    def _runCallbacks(self):
        show("own _runCallbacks")
        super()._runCallbacks()


class OwnErrback(Deferred):
    def errback(self, fail=None):
        show("own errback", fail)
        super().errback(fail)


class OwnCallback(Deferred):
    def callback(self, result, *further):
        show("own callback", result, further)
        super().callback(result)

    def unpause(self):
        show("own unpause")
        super().unpause()


class Slots(Deferred):
    __slots__ = ("one",)


class NoInit(Deferred):
    def __init__(self, *further):
        super().__init__()
        self.extra = further


class Debugging(Deferred):
    debug = True


class Talkative(Deferred):
    def __repr__(self):
        return "<talkative>"

    def __del__(self):
        show("gone")

    def __eq__(self, other):
        show("compared")
        return self is other

    def __hash__(self):
        return 7


# ---- running ----


def observe(event) -> None:
    if event["isError"]:
        show("logged", clean(str(event.get("message"))))
        if "failure" in event:
            show(clean(event["failure"].getTraceback()))
            show([line for line in event.get("debugInfo", "").splitlines() if "program.py" in line])


def warned(message, category, filename, lineno, file=None, line=None) -> None:
    show("warned", clean(str(message)), category.__name__, filename.rpartition("/")[2], str(lineno))


log.startLoggingWithObserver(observe, setStdout=False)
warnings.showwarning = warned
warnings.simplefilter("always")
sys.unraisablehook = lambda unraisable: show("unraisable", unraisable.exc_value)


def run(text: str) -> str:
    """Runs a program and gives what it has printed."""
    global clock
    written.truncate(0)
    written.seek(0)
    failure_module.count = 0
    defer.setDebugging(False)
    clock = task.Clock()
    gc.disable()
    linecache.cache["program.py"] = (len(text), None, text.splitlines(True), "program.py")
    names = {**globals(), "clock": clock}
    try:
        exec(compile(text, "program.py", "exec"), names)
    except BaseException as problem:
        show("ended by", problem)
    said = written.getvalue()
    written.truncate(0)
    written.seek(0)
    d.clear()
    names.clear()
    gc.collect()
    return said + "> (end)\n" + in_any_order(written.getvalue())


def in_any_order(said: str) -> str:
    """What the collector's victims say comes in the order of its lists, which has no meaning."""
    parts = re.split(r"^(?=logged|gone|generator|unraisable)", said, flags=re.MULTILINE)
    return "".join(sorted(parts))
