# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lab does that Python and Twisted do not: refusals, budgets, inputs by hand, the same run each
time."""

import json
import time
import unittest
from typing import Any, List

import labprocess

PREAMBLE = "from twisted.internet import defer, reactor, task\n"


def lines(written: labprocess.Written) -> List[Any]:
    """The recording as `fake/deferscope/_engine.py` writes it."""
    return [json.loads(line) for line in written.recording.splitlines()]


def events(written: labprocess.Written, *kinds: str) -> List[Any]:
    return [line for line in lines(written) if isinstance(line, list) and (not kinds or line[0] in kinds)]


def notes(written: labprocess.Written, key: str) -> List[Any]:
    return [line[key] for line in lines(written) if isinstance(line, dict) and key in line]


def recorded(text: str, **more: Any) -> labprocess.Written:
    return labprocess.run(text, records=True, **more)


class Time(unittest.TestCase):
    def test_waiting_takes_none(self) -> None:
        started = time.monotonic()
        run = recorded(PREAMBLE + "reactor.callLater(100_000, print, 'late')\n"
                       "reactor.callLater(100_001, reactor.stop)\nreactor.run()\n")
        self.assertLess(time.monotonic() - started, 10)
        self.assertEqual(run.stdout, "late\n")
        self.assertEqual([event[1] for event in events(run, "turn")], [0, 100_000, 100_001])

    def test_clock_begins_at_the_same_time(self) -> None:
        run = labprocess.run("import datetime, time\nprint(time.ctime(), datetime.datetime.now())\n")
        self.assertEqual(run.stdout, "Thu Jan  1 12:00:00 2026 2026-01-01 12:00:00\n")

    def test_nothing_takes_no_time(self) -> None:
        run = labprocess.run("import time\nfor ask in time.time, time.monotonic, time.perf_counter, time.time_ns:\n"
                             "    t = ask()\n    print(0 < ask() - t)\n")
        self.assertEqual(run.stdout, "True\n" * 4)

    def test_sleeping_is_told_and_moves_the_clock(self) -> None:
        run = recorded("import time\nt = time.time()\ntime.sleep(2.5)\nprint(round(time.time() - t, 5))\n")
        self.assertEqual(run.stdout, "2.5\n")
        self.assertEqual(events(run, "slept"), [["slept", 2.5]])

    def test_sleeping_in_another_thread_does_not_hold_up_the_reactor(self) -> None:
        run = recorded("import threading, time\nthreading.Thread(target=time.sleep, args=(2,)).start()\n")
        self.assertEqual(events(run, "slept"), [])

    def test_wrong_sleep_is_refused_as_python_does(self) -> None:
        run = labprocess.run("import time\nfor n in -1, 'a', float('nan'):\n"
                             "    try: time.sleep(n)\n    except Exception as e: print(type(e).__name__)\n")
        self.assertEqual(run.stdout, "ValueError\nTypeError\nValueError\n")

    def test_calls_for_the_same_moment_come_in_the_order_of_their_scheduling(self) -> None:
        run = labprocess.run(PREAMBLE + "for n in range(20): reactor.callLater(1, print, n, end=' ')\n"
                             "reactor.callLater(2, reactor.stop)\nreactor.run()\n")
        self.assertEqual(run.stdout, "".join(f"{n} " for n in range(20)))

    def test_loop_keeps_its_times(self) -> None:
        run = labprocess.run(PREAMBLE + "times = []\nstart = reactor.seconds()\n"
                             "loop = task.LoopingCall(lambda: times.append(round(reactor.seconds() - start, 3)))\n"
                             "loop.start(0.1)\nreactor.callLater(1.05, reactor.stop)\nreactor.run()\nprint(times)\n")
        self.assertEqual(run.stdout, f"{[n / 10 for n in range(11)]}\n")

    def test_real_time_passes(self) -> None:
        run = recorded(PREAMBLE + "reactor.callLater(0.2, reactor.stop)\nreactor.run()\nprint('left')\n",
                       real_time=True)
        self.assertEqual(run.stdout, "left\n")
        self.assertGreaterEqual(events(run, "turn")[-1][1], 0.2)

    def test_threads_work_in_real_time(self) -> None:
        run = labprocess.run(PREAMBLE + "from twisted.internet import threads\nimport time\n"
                             "threads.deferToThread(time.sleep, 0.1).addCallback(print)"
                             ".addCallback(lambda _: reactor.stop())\nreactor.run()\n", real_time=True)
        self.assertEqual(run.stdout, "None\n")


class WaitingForEver(unittest.TestCase):
    def check(self, text: str, **more: Any) -> None:
        run = recorded(text, **more)
        self.assertEqual(run.exit_code, 0)
        self.assertIn("nothing is left to wait for", run.stderr)
        self.assertEqual(notes(run, "outcome")[0]["kind"], "finished")

    def test_for_the_reactor_to_stop(self) -> None:
        self.check(PREAMBLE + "reactor.callLater(1, print)\nreactor.run()\n")

    def test_for_the_reactor_in_real_time(self) -> None:
        self.check(PREAMBLE + "reactor.callLater(0.05, print)\nreactor.run()\n", real_time=True)

    def test_with_an_idle_pool_of_threads(self) -> None:
        self.check(PREAMBLE + "from twisted.internet import threads\nthreads.deferToThread(print)\nreactor.run()\n")

    def test_for_a_lock(self) -> None:
        self.check("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n")

    def test_for_a_future(self) -> None:
        self.check("import asyncio\nasync def main(): await asyncio.Future()\nasyncio.run(main())\n")


class Refusals(unittest.TestCase):
    def check(self, text: str, words: str, line: int) -> None:
        run = recorded(text)
        self.assertEqual(run.exit_code, 1)
        self.assertIn(words, run.stderr.splitlines()[-1])
        outcome = notes(run, "outcome")[0]
        self.assertEqual((outcome["kind"], outcome["line"]), ("exception", line), run.stderr)
        self.assertEqual(notes(run, "refused")[0]["line"], line)

    def test_network(self) -> None:
        for call in (
            "reactor.listenTCP(80, None)",
            "reactor.connectTCP('localhost', 80, None)",
            "reactor.listenUDP(0, None)",
            "reactor.connectUNIX('x', None)",
            "reactor.resolve('example.com')",
            "__import__('socket').create_connection(('127.0.0.1', 80))",
            "__import__('socket').socket()",
        ):
            with self.subTest(call):
                self.check(f"{PREAMBLE}{call}\n", "the lab has no network", 2)

    def test_endpoint_fails_and_the_line_is_told(self) -> None:
        run = recorded("from twisted.internet import endpoints, protocol, reactor\n"
                       "e = endpoints.TCP4ClientEndpoint(reactor, 'localhost', 80)\n"
                       "d = e.connect(protocol.Factory())\n"
                       "d.addErrback(lambda f: print(f.getErrorMessage()))\n")
        self.assertIn("the lab has no network", run.stdout)
        self.assertEqual(notes(run, "refused")[0]["line"], 3)

    def test_processes(self) -> None:
        for call in ("reactor.spawnProcess(None, 'true')", "__import__('os').system('true')",
                     "__import__('subprocess').run(['true'])", "__import__('os').fork()"):
            with self.subTest(call):
                self.check(f"{PREAMBLE}{call}\n", "the lab starts no processes", 2)

    def test_files_to_write(self) -> None:
        for call in ("open('/tmp/x', 'w')", "open('/dev/shm/x', 'ab')", "__import__('os').remove('/tmp/x')",
                     "__import__('os').mkdir('/tmp/x')", "__import__('tempfile').mkstemp()"):
            with self.subTest(call):
                self.check(f"\n{call}\n", "the lab writes no files", 2)

    def test_reading_and_nothing_are_open(self) -> None:
        run = labprocess.run("import os\nopen(os.__file__).close()\nopen(os.devnull, 'w').close()\nprint('read')\n")
        self.assertEqual(run.stdout, "read\n")

    def test_another_reactor_is_ours(self) -> None:
        run = labprocess.run("from twisted.internet import selectreactor\nselectreactor.install()\n"
                             "from twisted.internet import reactor\nreactor.callLater(9, reactor.stop)\n"
                             "reactor.run()\nprint('left')\n")
        self.assertEqual(run.stdout, "left\n")


class Budgets(unittest.TestCase):
    def check(self, text: str, words: str, **budget: Any) -> labprocess.Written:
        run = recorded(text, budget=budget)
        self.assertEqual(run.exit_code, 3, run.stderr)
        outcome = notes(run, "outcome")[0]
        self.assertEqual(outcome["kind"], "budget")
        self.assertIn(words, outcome["text"])
        self.assertIn(words, run.stderr)
        return run

    def test_events(self) -> None:
        run = self.check(PREAMBLE + "while True: defer.Deferred()\n", "100 events", events=100)
        self.assertLess(len(events(run)), 110)

    def test_virtual_time(self) -> None:
        run = self.check(PREAMBLE + "task.LoopingCall(print, 'tick').start(1)\nreactor.run()\n",
                         "10 seconds of virtual time", virtualSeconds=10)
        self.assertEqual(run.stdout, "tick\n" * 10)

    def test_output(self) -> None:
        run = self.check("while True: print('x' * 999_999)\n", "bytes of output", bytes=50_000_000)
        self.assertLessEqual(len(run.stdout), 51_000_000)

    def test_loop_names_its_line(self) -> None:
        for body in ("pass", "\n  try: n = 1\n  except BaseException: pass\n  finally: n = 2"):
            with self.subTest(body):
                run = self.check(f"def spin():\n while True: {body}\nspin()\n", "in spin", seconds=0.3)
                self.assertGreaterEqual(notes(run, "outcome")[0]["line"], 2)

    def test_loop_in_another_thread_names_its_line(self) -> None:
        run = self.check("import threading\ndef spin():\n    while True:\n        pass\n"
                         "threading.Thread(target=spin).start()\n", "in spin", seconds=0.3)
        self.assertIn(notes(run, "outcome")[0]["line"], (3, 4))

    def test_work_in_which_something_happens_goes_on(self) -> None:
        run = labprocess.run("for n in range(30):\n    sum(range(2_000_000))\n    print(n)\n", budget={"seconds": 0.5})
        self.assertEqual(run.exit_code, 0)

    def test_what_does_not_come_back_to_python_is_ended_by_the_system(self) -> None:
        run = labprocess.run("sum(range(10**13))\n", budget={"seconds": 0.2})
        self.assertLess(run.exit_code, 0)

    def test_memory(self) -> None:
        run = labprocess.run("try:\n    [bytearray(10**6) for n in range(10**6)]\n"
                             "except MemoryError:\n    print('enough')\n", budget={"bytes": 100_000_000})
        self.assertEqual(run.stdout, "enough\n")


class Ends(unittest.TestCase):
    def outcome(self, text: str, **more: Any) -> Any:
        return notes(recorded(text, **more), "outcome")[-1]

    def test_finished(self) -> None:
        self.assertEqual(self.outcome("x = 1\n")["kind"], "finished")

    def test_exception_is_placed(self) -> None:
        outcome = self.outcome("import json\ndef f():\n    json.loads('{')\nf()\n")
        self.assertEqual((outcome["kind"], outcome["exitCode"], outcome["line"]), ("exception", 1, 3))
        self.assertEqual((outcome["column"], outcome["endColumn"]), (5, 20))
        self.assertIn("JSONDecodeError", outcome["text"])

    def test_syntax_error_is_placed(self) -> None:
        outcome = self.outcome("x = 1\ny = (\n")
        self.assertEqual((outcome["kind"], outcome["line"], outcome["column"]), ("syntax", 2, 5))

    def test_exit(self) -> None:
        for code, number in (("", 0), ("3", 3), ("'why'", 1), ("None", 0), ("-1", 255)):
            with self.subTest(code):
                outcome = self.outcome(f"import sys\nsys.exit({code})\n")
                self.assertEqual((outcome["kind"], outcome["exitCode"]), ("exit", number))

    def test_nothing_of_the_lab_is_on_the_stack(self) -> None:
        run = labprocess.run("import sys\nprint(sys._getframe().f_back)\n")
        self.assertEqual(run.stdout, "None\n")

    def test_own_hook(self) -> None:
        run = labprocess.run("import sys\nsys.excepthook = lambda *e: print('hooked', e[0].__name__)\n1 / 0\n")
        self.assertEqual((run.stdout, run.stderr, run.exit_code), ("hooked ZeroDivisionError\n", "", 1))


class Output(unittest.TestCase):
    def test_order_of_both_streams(self) -> None:
        run = recorded("import sys\nprint('a', end='')\nprint('b', file=sys.stderr)\nprint('c')\n")
        self.assertEqual(events(run, "output"), [["output", 0, "a"], ["output", 1, "b\n"], ["output", 0, "c\n"]])

    def test_line_is_one_event(self) -> None:
        run = recorded("print(1, 2, 3, sep=', ')\n")
        self.assertEqual(events(run, "output"), [["output", 0, "1, 2, 3\n"]])

    def test_part_of_a_line_comes_before_what_happens_next(self) -> None:
        run = recorded(PREAMBLE + "print('a', end='', flush=True)\ndefer.Deferred()\nprint('b')\n")
        self.assertEqual([event[0] for event in events(run, "output", "new")], ["output", "new", "output"])

    def test_bytes_and_characters(self) -> None:
        run = recorded("import sys\nsys.stdout.buffer.write(b'\\xff\\n')\nprint('\\N{SNOWMAN}')\n"
                       "print('\\ud800', file=sys.stderr)\n")
        self.assertEqual([event[2] for event in events(run, "output")], ["\ufffd\n", "\u2603\n", "\\ud800\n"])


class ByHand(unittest.TestCase):
    TEXT = PREAMBLE + "d = defer.Deferred()\nd.addBoth(print)\n"

    def printed(self, *inputs: Any, text: str = TEXT) -> str:
        return recorded(text, inputs=list(inputs)).stdout

    def test_fired_when_the_program_waits_for_nothing_else(self) -> None:
        self.assertEqual(self.printed({"step": 0, "deferred": 1, "action": "fire", "value": "'by ' + str(6 * 7)"}),
                         "by 42\n")

    def test_failed(self) -> None:
        self.assertIn("<class 'ValueError'>: no", self.printed({"deferred": 1, "action": "fail", "value": "ValueError('no')"}))
        self.assertIn("<class 'Exception'>: just words", self.printed({"deferred": 1, "action": "fail", "value": "just words"}))

    def test_cancelled(self) -> None:
        self.assertIn("CancelledError", self.printed({"deferred": 1, "action": "cancel"}))

    def test_comes_between_the_turns_at_its_step(self) -> None:
        text = self.TEXT + "for n in range(1, 4): reactor.callLater(n, print, n)\nreactor.callLater(9, reactor.stop)\n" \
                           "reactor.run()\n"
        run = recorded(text)
        step = next(number for number, event in enumerate(events(run)) if event[0] == "output" and event[2] == "2\n")
        given = {"step": step + 1, "deferred": 1, "action": "fire", "value": "'hand'"}
        self.assertEqual(self.printed(given, text=text), "1\n2\nhand\n3\n")

    def test_wrong_one_is_told_and_the_run_goes_on(self) -> None:
        run = recorded(self.TEXT, inputs=[{"deferred": 1, "action": "fire", "value": "unknown"},
                                          {"deferred": 99, "action": "fire", "value": "1"},
                                          {"deferred": 1, "action": "fire", "value": "1"}])
        self.assertIn("NameError", run.stderr)
        self.assertEqual(run.stdout, "1\n")


if __name__ == "__main__":
    unittest.main()
