# SPDX-License-Identifier: MIT
"""What a person does to a run by hand: fire, fail, cancel, pause or unpause one of its Deferreds."""

from __future__ import annotations

from typing import Any, Callable, Dict, List

from twisted.python import log

from deferscope import _engine

Input = Dict[str, Any]


class Inputs:
    """Those that are still to come, the earliest first. Each takes effect between two turns, once the run has
    come to its step; those that are left when the program waits for nothing else come then."""

    def __init__(self, inputs: List[Input], names: Dict[str, Any], begin_turn: Callable[[], None]) -> None:
        self._inputs = sorted(inputs, key=lambda each: each.get("step", 0))
        self._names = names  # of the document
        self._begin_turn = begin_turn

    @property
    def are_left(self) -> bool:
        return bool(self._inputs)

    def add(self, given: Input) -> None:
        """To be done as soon as may be."""
        self._inputs.insert(0, {**given, "step": 0})

    def apply_due(self) -> bool:
        """Whether there were any."""
        count = len(self._inputs)
        while self._inputs and self._inputs[0].get("step", 0) <= _engine.event_count():
            self.apply_next()
        return len(self._inputs) < count

    def apply_next(self) -> None:
        """What it raises is told as Twisted tells an error that nobody handles, and the run goes on."""
        given = self._inputs.pop(0)
        deferred = _engine.deferred_by_number(int(given["deferred"]))
        if deferred is None:
            return
        self._begin_turn()
        try:
            self._do(given["action"], deferred, given.get("value") or "")
        except BaseException:
            log.err()

    def _do(self, action: str, deferred: Any, text: str) -> None:
        if action == "fire":
            deferred.callback(self._value(text))
        elif action == "fail":
            deferred.errback(self._error(text))
        elif action in ("cancel", "pause", "unpause"):
            getattr(deferred, action)()
        else:
            raise ValueError(f"nothing can be done by hand that is called {action!r}")

    def _value(self, text: str) -> Any:
        return eval(compile(f"({text}\n)", "<by hand>", "eval"), self._names) if text.strip() else None

    def _error(self, text: str) -> BaseException:
        """An exception that the text makes; of any other text, an Exception that says it."""
        try:
            value = self._value(text)
        except Exception:
            value = text
        if isinstance(value, type) and issubclass(value, BaseException):
            value = value()
        return value if isinstance(value, BaseException) else Exception(text)
