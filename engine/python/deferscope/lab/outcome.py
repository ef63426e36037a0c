# SPDX-License-Identifier: MIT
"""How a run ended, as the last note of its recording says it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any, Dict, Optional

from deferscope.lab import errors
from deferscope.places import place_of

BUDGET_EXIT_CODE = 3


@dataclass
class Outcome:
    """`kind` is finished, exception, syntax, exit, budget or stopped; the place is where it happened, if
    anywhere."""

    kind: str
    exit_code: int = 0
    text: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def note(self) -> Dict[str, Any]:
        return {
            "outcome": {
                "kind": self.kind,
                "exitCode": self.exit_code,
                "text": self.text,
                "file": self.file,
                "line": self.line,
                "column": self.column,
                "endLine": self.end_line,
                "endColumn": self.end_column,
            }
        }

    def at(self, frame: FrameType, instruction: int) -> Outcome:
        """The same, at the place of an instruction of that frame."""
        place = place_of(frame.f_code, instruction)
        self.file, self.line, self.column, self.end_line, self.end_column = place[:5]
        return self


def of_exception(error: BaseException, file: str) -> Outcome:
    """The place is the document's line that raised, however deep in other modules it went on."""
    outcome = Outcome("exception", 1, errors.text_of(error))
    entry = _innermost(error.__traceback__, file)
    return outcome.at(entry.tb_frame, entry.tb_lasti) if entry else outcome


def of_syntax_error(error: SyntaxError) -> Outcome:
    return Outcome(
        "syntax",
        1,
        errors.text_of(error),
        str(error.filename or ""),
        error.lineno or 0,
        error.offset or 0,
        getattr(error, "end_lineno", None) or 0,
        max(getattr(error, "end_offset", None) or 0, 0),
    )


def of_exit(error: SystemExit) -> Outcome:
    """As CPython takes it: a code that is no number is said on stderr."""
    code = error.code
    if code is None or isinstance(code, int):
        return Outcome("exit", (code or 0) & 0xFF)
    print(code, file=sys.stderr)
    return Outcome("exit", 1, str(code))


def frame_in(file: str, frame: Optional[FrameType]) -> Optional[FrameType]:
    """The innermost frame of that file from there outwards; if there is none, the innermost of all."""
    found = frame
    while found is not None and found.f_code.co_filename != file:
        found = found.f_back
    return found or frame


def _innermost(traceback: Optional[TracebackType], file: str) -> Optional[TracebackType]:
    found = last = None
    while traceback is not None:
        last = traceback
        if traceback.tb_frame.f_code.co_filename == file:
            found = traceback
        traceback = traceback.tb_next
    return found or last
