# SPDX-License-Identifier: MIT
"""What a document writes to stdout and stderr, told in the order in which it came."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import Any, Callable, List

from deferscope import _engine

LONGEST = 65_536  # characters in one event
_NAMES = ("<stdout>", "<stderr>")


class Output:
    """Both streams. What is written without an end of line is held until the line goes on or something else
    happens.

    With `passes_on` it is written to the process's own stdout and stderr too.
    """

    def __init__(self, passes_on: bool, limit: int, limit_reached: Callable[[], int]) -> None:
        self.size = 0
        self._passes_on = passes_on
        self._limit = limit
        self._limit_reached = limit_reached  # gives the next limit, or does not return
        self._held: List[bytes] = []
        self._holder = 0
        self._held_at = 0
        self._decoders = [codecs.getincrementaldecoder("utf-8")("replace") for _ in _NAMES]

    def write(self, stream: int, data: bytes) -> None:
        if self._held and (stream != self._holder or self._held_at != _engine.event_count()):
            self.flush()
        self._holder, self._held_at = stream, _engine.event_count()
        self._held.append(data)
        if data.endswith(b"\n") or len(data) > LONGEST:
            self.flush()

    def flush(self) -> None:
        """Tells what is held."""
        if not self._held:
            return
        data = b"".join(self._held)
        self._held.clear()
        self._count(len(data))
        if self._passes_on:
            _write_all(self._holder + 1, data)
        text = self._decoders[self._holder].decode(data)
        for start in range(0, len(text), LONGEST):
            _engine.output(self._holder, text[start : start + LONGEST])

    def _count(self, more: int) -> None:
        self.size += more
        while self.size > self._limit:
            self._limit = self._limit_reached()


class _Device(io.RawIOBase):
    """One of the two streams as Python's text layer writes to it, without a buffer."""

    def __init__(self, output: Output, stream: int) -> None:
        self._output = output
        self._stream = stream
        self.name = _NAMES[stream]
        self.mode = "wb"

    def write(self, data: Any) -> int:
        copied = bytes(data)
        self._output.write(self._stream, copied)
        return len(copied)

    def flush(self) -> None:
        if not self.closed:
            self._output.flush()

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream + 1

    def isatty(self) -> bool:
        return os.isatty(self._stream + 1)


def install(output: Output) -> None:
    """Makes it sys.stdout and sys.stderr."""
    for stream, name, errors in ((0, "stdout", "strict"), (1, "stderr", "backslashreplace")):
        text = io.TextIOWrapper(_Device(output, stream), encoding="utf-8", errors=errors, write_through=True)
        text.mode = "w"  # type: ignore[misc]
        setattr(sys, name, text)
        setattr(sys, f"__{name}__", text)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
