# SPDX-License-Identifier: MIT
"""Runs a text as Python runs a file: as module `__main__`, with nothing below it on the stack."""

from __future__ import annotations

import builtins
import io
import linecache
import signal
import sys
import tokenize
from types import CodeType, ModuleType, TracebackType
from typing import Callable, List, Optional, Union

from deferscope import _engine
from deferscope.lab import outcome
from deferscope.lab.outcome import Outcome

# Calls a function so that its frame has none before it, as if the interpreter itself had called it.
_call_at_bottom: Callable[..., object] = getattr(_engine, "call_at_bottom", lambda call, *given: call(*given))


class Document:
    """A text that will be run once, under the name of a file, which need not exist."""

    def __init__(self, text: Union[str, bytes], file: str, argv: List[str]) -> None:
        self.text = text
        self.file = file
        self.argv = argv
        self.module = ModuleType("__main__")

    def run(self) -> Outcome:
        """The exception that it ends with, if any, has been told when this returns."""
        self._take_place()
        try:
            code = self._compile()
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            return self._refused(error)
        return self._execute(code)

    def _take_place(self) -> None:
        module = self.module
        module.__file__ = self.file
        module.__builtins__ = builtins  # type: ignore[attr-defined]
        module.__annotations__ = {}
        module.__cached__ = None  # type: ignore[attr-defined]
        sys.modules["__main__"] = module
        sys.argv[:] = self.argv
        lines = _decoded(self.text).splitlines(keepends=True)
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        linecache.cache[self.file] = (len(self.text), None, lines, self.file)

    def _compile(self) -> CodeType:
        return compile(self.text, self.file, "exec", dont_inherit=True)

    def _refused(self, error: BaseException) -> Outcome:
        error.__traceback__ = None
        _tell(error)
        if isinstance(error, SyntaxError):
            return outcome.of_syntax_error(error)
        return outcome.of_exception(error, self.file)

    def _execute(self, code: CodeType) -> Outcome:
        try:
            _call_at_bottom(exec, code, self.module.__dict__)
        except SystemExit as error:
            return outcome.of_exit(error)
        except BaseException as error:
            error.__traceback__ = _from(code, error.__traceback__)
            _tell(error)
            ended = outcome.of_exception(error, self.file)
            if isinstance(error, KeyboardInterrupt):
                ended.exit_code = 128 + signal.SIGINT
            return ended
        return Outcome("finished")


def _from(code: CodeType, trace: Optional[TracebackType]) -> Optional[TracebackType]:
    """What of a traceback comes from the frame of that code on: not how it was called."""
    first = trace
    while first is not None and first.tb_frame.f_code is not code:
        first = first.tb_next
    return first or trace


def _tell(error: BaseException) -> None:
    """As the interpreter does with an exception that nobody has caught."""
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except Exception as second:
        sys.stderr.write("Error in sys.excepthook:\n")
        sys.__excepthook__(type(second), second, second.__traceback__)
        sys.stderr.write("\nOriginal exception was:\n")
        sys.__excepthook__(type(error), error, error.__traceback__)


def _decoded(text: Union[str, bytes]) -> str:
    if isinstance(text, str):
        return text
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(text).readline)
        return text.decode(encoding, "replace")
    except (SyntaxError, LookupError):
        return text.decode("utf-8", "replace")
