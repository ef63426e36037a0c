# SPDX-License-Identifier: MIT
"""The warm process: keeps a forked child ready, and tells of those that have ended."""

from __future__ import annotations

import json
import os
import select
import socket
from typing import Any, Dict, List, Set

from deferscope.lab import prepare  # noqa: F401  (first of all)
from deferscope.lab import favourites, guard  # noqa: F401
from deferscope.lab.channel import Channel
from deferscope.lab.guard import Guard
from deferscope.lab.run import Request, Run, freeze
from deferscope.lab.template import Template, start

RUN = b"run"
LOOK_EVERY = 0.5  # seconds


def main(control: int) -> int:
    """Until the window goes. Children end with their runs."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # nobody types anything
    freeze()
    template, child = start()
    connection = socket.socket(fileno=control)
    if child is not None:
        run_one(connection, child.pipe)
        return 0
    assert template is not None
    Nursery(connection, template).keep()
    return 0


class Nursery:
    """Keeps one child ready, and looks after those that were given a run."""

    def __init__(self, control: socket.socket, template: Template) -> None:
        self._control = control
        self._template = template
        self._spare = self._fork()
        self._runs: List[Guard] = []

    def keep(self) -> None:
        while True:
            ready = self._wait()
            if self._control.fileno() in ready:
                return  # and with this process its children go
            if self._spare.pipe in ready or self._spare.process in ready:
                self._let_go()
            for guard in list(self._runs):
                self._look_after(guard, ready)

    def _fork(self) -> Guard:
        return Guard(*self._template.fork())

    def _wait(self) -> Set[int]:
        watch = select.poll()
        watch.register(self._control, 0)  # when the window goes
        for guard in (self._spare, *self._runs):
            watch.register(guard.process, select.POLLIN)
            if guard.is_heard:
                watch.register(guard.pipe, select.POLLIN)
        return {descriptor for descriptor, _ in watch.poll(LOOK_EVERY * 1000 if self._runs else None)}

    def _let_go(self) -> None:
        """The spare has been given a run, or has ended without one."""
        guard, self._spare = self._spare, self._fork()
        guard.listen()
        if guard.is_heard:
            self._runs.append(guard)
        else:
            self._template.bury(guard.pid)
            guard.close()

    def _look_after(self, guard: Guard, ready: Set[int]) -> None:
        if guard.process in ready:
            self._runs.remove(guard)
            self._tell(guard.report(self._template.bury(guard.pid)))
            guard.close()
        elif guard.pipe in ready and guard.is_heard:
            guard.listen()
        else:
            guard.look()

    def _tell(self, report: Dict[str, Any]) -> None:
        try:
            self._control.send(json.dumps(report).encode())
        except OSError:
            pass  # the window has gone: the next wait finds out


def run_one(control: socket.socket, pipe: int) -> None:
    """In the child: waits for a run and does it."""
    try:
        message, descriptors, _, _ = socket.recv_fds(control, 16, 1)
    except ConnectionResetError:
        return
    if message != RUN or not descriptors:
        return
    guard.tell(pipe, guard.AT_FIRST)
    control.close()
    channel = Channel(descriptors[0])
    request = channel.wait()
    if request is None:
        return
    Run(Request.of_message(request), channel, recording=descriptors[0], guard_pipe=pipe).run()
