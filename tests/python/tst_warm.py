# SPDX-License-Identifier: GPL-3.0-or-later
"""The warm process as the window uses it, and that a run is the same each time, in it and from the command
line."""

import json
import os
import socket
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import Any, Dict, List, Optional

FAKE = str(Path(__file__).resolve().parent / "fake")
ENVIRONMENT = {**os.environ, "PYTHONPATH": FAKE}

BY_CHANCE = """
import os, random, threading, time, uuid
from twisted.internet import defer, reactor
print(random.random(), uuid.uuid4(), os.urandom(4), hash("text"), time.time(), set("abcdef"))
print(id(object()), {defer.Deferred() for n in range(9)})
for n in range(3):
    threading.Thread(target=lambda: (time.sleep(random.random()), print(time.time()))).start()
reactor.callLater(1, reactor.stop)
reactor.run()
"""

ENDLESS = """
from twisted.internet import reactor, task
task.LoopingCall(print, "tick").start(1)
reactor.run()
"""


class Window:
    """The other end of the control."""

    def __init__(self) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.settimeout(20)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "import os, sys\nos.dup2(int(sys.argv[1]), 3)\n"
                 "os.execv(sys.executable, [sys.executable, '-m', 'deferscope.warm'])", str(theirs.fileno())],
                pass_fds=[theirs.fileno()], env=ENVIRONMENT)

    def start(self, text: str, **request: Any) -> "Stream":
        mine, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.control, [b"run"], [theirs.fileno()])
        stream = Stream(mine)
        stream.send({"text": text, "file": "script.py", "argv": ["script.py"], **request})
        return stream

    def ended(self) -> Dict[str, Any]:
        return json.loads(self.control.recv(1000))

    def close(self) -> int:
        self.control.close()
        return self.process.wait(20)


class Stream:
    """The socket of a run; its recording is that of fake/deferscope/_engine.py, lines of JSON."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.socket.settimeout(20)
        self.file = connection.makefile("rb")

    def send(self, message: Dict[str, Any]) -> None:
        text = json.dumps(message).encode()
        self.socket.sendall(len(text).to_bytes(4, "little") + text)

    def next(self) -> Optional[Any]:
        line = self.file.readline()
        return json.loads(line) if line else None

    def until(self, key: str) -> Any:
        while (line := self.next()) is not None:
            if isinstance(line, dict) and key in line:
                return line[key]
        raise AssertionError(f"the stream ended without {key!r}")

    def skip_to(self, kind: str) -> None:
        """Past the first event of that kind."""
        while (line := self.next()) is not None:
            if isinstance(line, list) and line[0] == kind:
                return

    def rest(self) -> List[Any]:
        lines = []
        while (line := self.next()) is not None:
            lines.append(line)
        self.close()
        return lines

    def close(self) -> None:
        self.file.close()
        self.socket.close()


class Warm(unittest.TestCase):
    def setUp(self) -> None:
        self.window = Window()
        self.addCleanup(self.window.close)

    def outcome(self, text: str, **request: Any) -> Any:
        return self.started(text, **request).until("outcome")

    def started(self, text: str, **request: Any) -> Stream:
        stream = self.window.start(text, **request)
        self.addCleanup(stream.close)
        return stream

    def test_runs_one_after_the_other(self) -> None:
        for n in range(3):
            lines = self.window.start(f"print({n})\n").rest()
            self.assertIn(["output", 0, f"{n}\n"], lines)
            self.assertEqual(lines[-1]["outcome"]["kind"], "finished")
            self.assertEqual(self.window.ended(), {"ended": lines[0]["meta"]["pid"], "status": 0})

    def test_runs_at_the_same_time(self) -> None:
        streams = [self.started(ENDLESS, realTime=True) for n in range(3)]
        pids = {stream.until("meta")["pid"] for stream in streams}
        for stream in streams:
            stream.send({"do": "stop"})
            self.assertEqual(stream.until("outcome")["kind"], "stopped")
        self.assertEqual({self.window.ended()["ended"] for stream in streams}, pids)

    def test_is_quick(self) -> None:
        self.window.start("").rest()
        times = []
        for n in range(9):
            time.sleep(0.05)  # for the next one to be forked
            started = time.monotonic()
            stream = self.window.start("from twisted.internet import defer\ndefer.succeed(1).addCallback(print)\n")
            stream.next()
            times.append(time.monotonic() - started)
            stream.rest()
        self.assertLess(min(times), 0.05, times)

    def test_ended_by_a_signal_is_told(self) -> None:
        lines = self.window.start("import os\nos.kill(os.getpid(), 9)\n").rest()
        self.assertEqual(self.window.ended(), {"ended": lines[0]["meta"]["pid"], "status": 9})
        self.assertEqual(self.outcome("")["kind"], "finished")

    def test_stopped_by_itself_is_ended(self) -> None:
        self.window.start("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n").rest()
        self.assertEqual(self.window.ended()["why"], "it stopped itself")

    def test_out_of_reach_is_ended_from_outside(self) -> None:
        stream = self.window.start(
            "import signal\nfor s in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
            "    signal.signal(s, signal.SIG_IGN)\nwhile True: pass\n", budget={"seconds": 0.5})
        stream.rest()
        ended = self.window.ended()
        self.assertEqual(ended["status"], 9)
        self.assertIn("without an end", ended["why"])

    def test_pauses_at_a_budget_and_goes_on(self) -> None:
        for key, value, budget in (("events", 50, {"events": 50}), ("virtualSeconds", 9, {"virtualSeconds": 9})):
            with self.subTest(key):
                stream = self.started(ENDLESS, budget=budget)
                for factor in (1, 10):
                    paused = stream.until("paused")
                    self.assertEqual(paused["kind"], key)
                    self.assertIn(f"{value * factor} ", paused["text"])
                    stream.send({"do": "more", "factor": 10})
                stream.until("paused")
                stream.send({"do": "stop"})
                self.assertEqual(stream.until("outcome")["kind"], "stopped")

    def test_window_that_goes_takes_all_with_it(self) -> None:
        stream = self.started(ENDLESS, realTime=True)
        stream.until("meta")
        self.window.control.close()
        while stream.next() is not None:
            pass
        self.assertEqual(self.window.process.wait(20), 0)

    def test_window_that_closes_a_run_ends_it(self) -> None:
        stream = self.window.start(ENDLESS, realTime=True)
        pid = stream.until("meta")["pid"]
        stream.close()
        self.assertEqual(self.window.ended()["ended"], pid)

    def test_stopped_while_it_computes(self) -> None:
        stream = self.started("while True: pass\n", budget={"seconds": 60})
        stream.until("meta")
        stream.send({"do": "stop"})
        self.assertEqual(stream.until("outcome")["kind"], "stopped")

    def test_by_hand_in_real_time(self) -> None:
        stream = self.window.start("from twisted.internet import defer, reactor\nd = defer.Deferred()\n"
                                   "d.addCallback(print)\nd.addCallback(lambda _: reactor.stop())\n"
                                   "reactor.callLater(60, print)\nreactor.run()\n", realTime=True)
        stream.skip_to("timer")
        stream.send({"do": "input", "deferred": 1, "action": "fire", "value": "6 * 7"})
        self.assertIn(["output", 0, "42\n"], stream.rest())

    def test_is_the_same_each_time(self) -> None:
        runs = [self.window.start(BY_CHANCE).rest()[1:] for n in range(4)]
        for other in runs[1:]:
            self.assertEqual(other, runs[0])


class CommandLine(unittest.TestCase):
    def run_file(self, text: str, *options: str, arguments: tuple = (), given: bytes = b"") -> Any:
        file = Path(self.id() + ".py").name
        path = Path(os.environ.get("TMPDIR", "/tmp")) / file
        path.write_text(text)
        self.addCleanup(path.unlink, missing_ok=True)
        command = [sys.executable, "-m", "deferscope.lab", *options, str(path), *arguments]
        return subprocess.run(command, input=given, capture_output=True, env=ENVIRONMENT, timeout=60, check=False)

    def test_everything_is_the_documents_own(self) -> None:
        done = self.run_file("import sys\nprint(sys.argv[1:], input())\nsys.exit(7)\n", arguments=("--events", "x"),
                             given=b"typed\n")
        self.assertEqual((done.stdout, done.stderr, done.returncode), (b"['--events', 'x'] typed\n", b"", 7))

    def test_is_the_same_each_time(self) -> None:
        first, second = (self.run_file(BY_CHANCE) for n in range(2))
        self.assertEqual(first.stdout, second.stdout)
        self.assertEqual(first.stderr, b"")

    def test_budget_ends_it(self) -> None:
        done = self.run_file(ENDLESS, "--virtual-seconds", "5")
        self.assertEqual((done.returncode, done.stdout), (3, b"tick\n" * 5))

    def test_modules_beside_it_are_found(self) -> None:
        done = self.run_file("import sys\nprint(sys.path[0])\n")
        self.assertEqual(done.stdout.strip().decode(), os.environ.get("TMPDIR", "/tmp"))

    def test_file_that_is_not_there(self) -> None:
        done = subprocess.run([sys.executable, "-m", "deferscope.lab", "/nowhere.py"], capture_output=True,
                              env=ENVIRONMENT, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"/nowhere.py", done.stderr)


if __name__ == "__main__":
    unittest.main()
