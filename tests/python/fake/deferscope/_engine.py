# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands for the extension where only the lab is under test: it numbers Deferreds, and writes what it is told
as lines of JSON into the recording's descriptor."""

import ctypes
import itertools
import json
import os
import weakref

from twisted.internet import defer

_descriptor = -1
_count = 0
_limit = None
_numbers = itertools.count(1)
_deferreds = weakref.WeakValueDictionary()


def _event(name, *facts):
    global _count, _limit
    if _descriptor < 0:
        return
    _write([name, *facts])
    _count += 1
    if _limit is not None and _count >= _limit[0]:
        function, _limit = _limit[1], None
        function()


def _write(line):
    data = (json.dumps(line) + "\n").encode()
    try:
        while data:
            data = data[os.write(_descriptor, data) :]
    except BrokenPipeError:
        pass  # nobody reads any more


def _told(name):
    return lambda *facts: _event(name, *[fact if isinstance(fact, (int, float, str)) else repr(fact) for fact in facts])


turn, tick, untimer, slept, stop, limit = map(_told, ("turn", "tick", "untimer", "slept", "stop", "limit"))
output = _told("output")


def timer(number, due, function):
    _event("timer", number, due, getattr(function, "__name__", ""))


def start_recording(target, meta, depth=3):
    global _descriptor
    _descriptor = target
    _write({"meta": meta})
    created = defer.Deferred.__init__

    def __init__(self, *arguments, **keywords):
        created(self, *arguments, **keywords)
        number = next(_numbers)
        _deferreds[number] = self
        _event("new", number)

    defer.Deferred.__init__ = __init__


def stop_recording():
    global _descriptor
    _descriptor = -1


def is_recording():
    return _descriptor >= 0


def event_count():
    return _count


def flush():
    pass


def note(what):
    if _descriptor >= 0:
        _write(what)


def set_event_limit(events, function):
    global _limit
    _limit = (events, function)


def deferred_by_number(number):
    return _deferreds.get(number)


class _Frames(ctypes.Structure):
    _fields_ = [("use_tracing", ctypes.c_uint8), ("current", ctypes.c_void_p)]


class _ThreadState(ctypes.Structure):  # of CPython 3.11
    _fields_ = [
        ("links", ctypes.c_void_p * 3),
        ("numbers", ctypes.c_int * 7),
        ("frames", ctypes.POINTER(_Frames)),
    ]


def call_at_bottom(function, *arguments):
    ctypes.pythonapi.PyThreadState_Get.restype = ctypes.POINTER(_ThreadState)
    frames = ctypes.pythonapi.PyThreadState_Get().contents.frames.contents
    below, frames.current = frames.current, None
    try:
        return function(*arguments)
    finally:
        frames.current = below
