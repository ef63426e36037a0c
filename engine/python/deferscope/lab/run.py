# SPDX-License-Identifier: MIT
"""One run of one document: what it is made from, and how its parts work together."""

from __future__ import annotations

import gc
import math
import os
import sys
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Dict, List, NoReturn, Optional, Union

from deferscope import _engine
from deferscope.lab import clock as clocks
from deferscope.lab import ending, errors, eventloop, fixed, guard, output, reactor, refusals, sandboxing
from deferscope.lab.baton import Baton
from deferscope.lab.budget import Budget, CpuWatch, limit_memory
from deferscope.lab.byhand import Input, Inputs
from deferscope.lab.channel import Channel, Message
from deferscope.lab.clock import Clock
from deferscope.lab.document import Document
from deferscope.lab.outcome import BUDGET_EXIT_CODE, Outcome, frame_in
from deferscope.lab.realtime import RealWaiting
from deferscope.lab.sandboxing import SandboxOptions
from deferscope.lab.virtualtime import VirtualWaiting

FLUSH_EVERY = 0.02  # seconds of real time
NOTHING_LEFT = "nothing is left to wait for: without reactor.stop() the program would wait for ever"


def freeze() -> None:
    """What has been loaded is left alone by the collector: for forked children, and for the end of a run."""
    gc.collect()
    gc.freeze()


@dataclass
class Request:
    """What is to be run, and how."""

    text: Union[str, bytes]
    file: str
    argv: List[str] = field(default_factory=list)
    inputs: List[Input] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)
    real_time: bool = False
    sandbox: bool = False
    shows_output: bool = True  # on the process's own stdout and stderr

    @classmethod
    def of_message(cls, message: Message) -> Request:
        """As the window asks for it."""
        return cls(
            text=message["text"],
            file=message.get("file") or "script.py",
            argv=message.get("argv") or [message.get("file") or "script.py"],
            inputs=message.get("inputs") or [],
            budget=Budget.for_window().updated(message.get("budget") or {}),
            real_time=bool(message.get("realTime")),
            sandbox=bool(message.get("sandbox")),
            shows_output=False,
        )


class Run:
    """Runs its request once. With a channel it can be stopped and, at a budget, paused and continued."""

    def __init__(self, request: Request, channel: Optional[Channel] = None, recording: int = -1,
                 guard_pipe: int = -1) -> None:
        self._request = request
        self._channel = channel
        self._recording = recording
        self._guard_pipe = guard_pipe
        self._budget = request.budget
        self._document = Document(request.text, request.file, request.argv)
        self._clock = None if request.real_time else Clock()
        self._waiting = self._make_waiting()
        self._reactor = reactor.LabReactor(self._clock, self._waiting)
        self._inputs = Inputs(request.inputs, self._document.module.__dict__, self._reactor.begin_turn)
        self._output = output.Output(request.shows_output, self._budget.bytes, self._output_limit_reached)
        self._turns = 0
        self._flushed = clocks.real_monotonic()
        self._outcome = Outcome("stopped")

    # ---- the course of it ----

    def run(self) -> NoReturn:
        """Ends the process with the document's exit code."""
        modules = set(sys.modules)
        self._prepare()
        self._outcome = self._document.run()
        ending.wait_for_threads()
        if self._outcome.kind == "finished" and not self._reactor.has_been_stopped:
            self._apply_left_inputs()
        ending.call_exit_functions()
        self._output.flush()
        if not self._reactor.has_been_stopped:
            _engine.stop(self._why_it_ended())
        self._let_go_of_program()
        ending.destroy_program(modules)
        self._end_now(self._outcome)

    def _prepare(self) -> None:
        limit_memory(self._budget.bytes)
        missing = self._enter_sandbox() if self._request.sandbox else None
        self._start_recording()
        if missing is not None:
            _engine.note({"sandbox": {"missing": missing}})
        self._install()
        self._watch()
        _engine.turn(0.0)

    def _enter_sandbox(self) -> List[str]:
        refusals.is_sandboxed = True
        standard = [0, 1, 2] if self._request.shows_output else []
        own = [descriptor for descriptor in (self._recording, self._guard_pipe) if descriptor >= 0]
        return sandboxing.enter_sandbox(SandboxOptions(standard + own))

    def _start_recording(self) -> None:
        if self._recording >= 0:
            meta = {"pid": os.getpid(), "file": self._request.file, "realTime": self._request.real_time}
            _engine.start_recording(self._recording, meta)
        if math.isfinite(self._budget.events):
            _engine.set_event_limit(int(self._budget.events), self._event_limit_reached)

    def _install(self) -> None:
        output.install(self._output)
        errors.install()
        reactor.install(self._reactor, self._other_reactor_installed)
        fixed.begin()
        clocks.use(self._clock, self._waiting.sleep)
        self._waiting.start()
        if self._clock is not None:
            eventloop.install(self._waiting, self._clock)
            self._clock.limit = self._budget.virtual_seconds
            self._clock.limit_reached = self._time_limit_reached

    def _other_reactor_installed(self, other: Any) -> None:
        loop = getattr(other, "_asyncioEventloop", None)
        if loop is not None and self._clock is not None:
            self._reactor.carry(eventloop.Carried(loop))

    def _watch(self) -> None:
        """Looks from now on at what the program uses and asks for."""
        refusals.listener = self._tell_refusal
        refusals.watch_program()
        if self._channel is not None or math.isfinite(self._budget.cpu_seconds):
            CpuWatch(self._budget.cpu_seconds, self._progress, self._cpu_limit_reached, self._look_at_channel,
                     self._leave_alone).start()

    def _make_waiting(self) -> Union[VirtualWaiting, RealWaiting]:
        if self._clock is None:
            return RealWaiting(self._channel, self._between_turns, self._is_idle, self._waits_for_ever)
        return VirtualWaiting(self._clock, self._between_turns, self._waits_for_ever)

    def _why_it_ended(self) -> str:
        if self._outcome.kind == "exception" or self._outcome.kind == "syntax":
            return "an exception was not caught: " + self._outcome.text.strip().rpartition("\n")[2]
        return "sys.exit()" if self._outcome.kind == "exit" else "the program ended"

    def _let_go_of_program(self) -> None:
        """Nothing of the document is kept from here on, so that it can go."""
        del self._document, self._inputs, self._reactor, self._waiting

    # ---- between two turns ----

    def _between_turns(self) -> None:
        self._turns += 1
        self._output.flush()
        now = clocks.real_monotonic()
        if self._request.real_time or now - self._flushed > FLUSH_EVERY:
            self._flushed = now
            _engine.flush()
            self._look_at_channel()
        if self._inputs.apply_due():
            self._waiting.wake()  # to see what has become of it

    def _look_at_channel(self) -> None:
        """This may be in the middle of a turn: what is to be done by hand waits for its end."""
        if self._channel is None:
            return
        for message in self._channel.poll():
            if message.get("do") == "stop":
                self._end_now(Outcome("stopped", text="the run was stopped"))
            elif message.get("do") == "input" and self._request.real_time:
                self._inputs.add(message)
        if self._channel.is_closed:
            os._exit(0)

    def _is_idle(self) -> bool:
        return self._reactor.is_idle()

    def _waits_for_ever(self) -> None:
        """Nothing will happen any more, unless by hand."""
        if self._inputs.are_left:
            self._inputs.apply_next()
            return
        self._output.flush()
        _engine.stop(NOTHING_LEFT)
        if self._request.shows_output:
            _say(NOTHING_LEFT)
        self._end_now(Outcome("finished", text=NOTHING_LEFT))

    def _apply_left_inputs(self) -> None:
        while self._inputs.are_left:
            self._inputs.apply_next()

    def _tell_refusal(self, what: str, sentence: str) -> None:
        place = Outcome("refused", text=sentence)
        frame = frame_in(self._request.file, sys._getframe(1))
        note = (place.at(frame, frame.f_lasti) if frame else place).note()["outcome"]
        told = {key: note[key] for key in ("text", "file", "line", "column")}
        _engine.note({"refused": {"what": what, **told}})

    # ---- budgets ----

    def _progress(self) -> int:
        return _engine.event_count() + self._turns + self._output.size

    def _event_limit_reached(self) -> None:
        self._pause("events", f"The budget of {self._budget.events:,.0f} events is used up.")
        _engine.set_event_limit(int(self._budget.events), self._event_limit_reached)

    def _time_limit_reached(self) -> None:
        assert self._clock is not None
        seconds = self._budget.virtual_seconds
        self._pause("virtualSeconds", f"The budget of {seconds:,.0f} seconds of virtual time is used up.")
        self._clock.limit = self._budget.virtual_seconds

    def _output_limit_reached(self) -> float:
        self._pause("bytes", f"The budget of {self._budget.bytes:,.0f} bytes of output is used up.")
        return self._budget.bytes

    def _leave_alone(self, until: float) -> None:
        if self._guard_pipe >= 0:
            guard.tell(self._guard_pipe, until)

    def _cpu_limit_reached(self, frame: FrameType) -> None:
        frame = self._frame_that_runs(frame)
        seconds = self._budget.cpu_seconds
        outcome = Outcome("budget", BUDGET_EXIT_CODE).at(frame, frame.f_lasti)
        outcome.text = (
            f"The program has computed for {seconds:g} seconds without anything happening: "
            f"line {outcome.line} of {os.path.basename(outcome.file)}, in {frame.f_code.co_name}."
        )
        self._end_at_budget(outcome)

    def _frame_that_runs(self, frame: FrameType) -> FrameType:
        """The handler runs in the main thread; it may be another one that computes."""
        baton = Baton.current
        if baton is not None and baton.running is not baton.main:
            frame = sys._current_frames().get(baton.running.identity, frame)
        return frame_in(self._request.file, frame) or frame

    def _pause(self, kind: str, text: str) -> None:
        """Until the window wants more. Without a window the run ends."""
        self._output.flush()
        if self._channel is None:
            self._end_at_budget(Outcome("budget", BUDGET_EXIT_CODE, text))
        _engine.note({"paused": {"kind": kind, "text": text}})
        _engine.flush()
        assert self._channel is not None
        while (message := self._channel.wait()) is not None:
            if message.get("do") == "more":
                self._budget.grow(message.get("factor", 10))
                return
            if message.get("do") == "stop":
                self._end_now(Outcome("stopped", text="the run was stopped"))
        os._exit(0)

    # ---- ends that the program has no part in ----

    def _end_at_budget(self, outcome: Outcome) -> NoReturn:
        self._output.flush()
        _engine.limit(outcome.text)
        if self._request.shows_output:
            _say(outcome.text)
        self._end_now(outcome)

    def _end_now(self, outcome: Outcome) -> NoReturn:
        self._output.flush()
        _engine.note(outcome.note())
        _engine.stop_recording()
        os._exit(outcome.exit_code)


def _say(text: str) -> None:
    os.write(2, f"deferscope: {text}\n".encode())
