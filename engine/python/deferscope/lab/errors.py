# SPDX-License-Identifier: MIT
"""Exceptions told as Python tells them, with the lines of a document that lies in no file."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, Optional, Type

from deferscope.lab import refusals

_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep


def text_of(error: BaseException) -> str:
    told = traceback.TracebackException(type(error), error, error.__traceback__)
    _leave_out_ours(told)
    advice = refusals.advice_for(error)
    return "".join(told.format()) + (advice + "\n" if advice else "")


def install() -> None:
    """Whatever Python tells of an exception by itself goes through here, unless the document has its own
    hook."""
    sys.excepthook = sys.__excepthook__ = _tell
    sys.unraisablehook = sys.__unraisablehook__ = _tell_unraisable  # type: ignore[misc]
    threading.excepthook = threading.__excepthook__ = _tell_of_thread  # type: ignore[attr-defined]


def _leave_out_ours(told: Optional[traceback.TracebackException]) -> None:
    while told is not None:
        told.stack[:] = [frame for frame in told.stack if not frame.filename.startswith(_OURS)]
        _leave_out_ours(told.__cause__)
        told = told.__context__


def _tell(kind: Type[BaseException], error: BaseException, trace: Optional[TracebackType]) -> None:
    sys.stderr.write(text_of(error.with_traceback(trace)))


def _tell_unraisable(unraisable: Any) -> None:
    where = f"{unraisable.err_msg or 'Exception ignored in'}: {unraisable.object!r}"
    error = unraisable.exc_value
    text = text_of(error) if error is not None else f"{unraisable.exc_type.__name__}\n"
    sys.stderr.write(f"{where}\n{text}")


def _tell_of_thread(arguments: Any) -> None:
    if arguments.exc_type is SystemExit:
        return
    name = arguments.thread.name if arguments.thread is not None else threading.get_ident()
    sys.stderr.write(f"Exception in thread {name}:\n{text_of(arguments.exc_value)}")
