# SPDX-License-Identifier: GPL-3.0-or-later
"""Random programs that do odd things to Deferreds, with Twisted's class and with the engine's: what each prints.

    odd_programs.py [--first N] [--count N] [--ways swapped,recorded] [--show]

Attributes are written, callbacks are no callables, classes are derived and override what the engine calls, debugging
goes on and off, lists of callbacks are taken apart. A program that prints something else than with Twisted's class is
shown, with where it first does.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile

import ways

CLASSES = (
    *("Deferred",) * 8,
    "Derived",
    "OwnAdd",
    "OwnStart",
    "OwnRun",
    "OwnErrback",
    "OwnCallback",
    "Slots",
    "NoInit",
    "Debugging",
    "Talkative",
)

FUNCTIONS = (
    *("plain", "raises", "gives(%d)", "gives_failure") * 3,
    "adds(%d)",
    "fires(%d)",
    "fails(%d)",
    "pauses(%d)",
    "unpauses(%d)",
    "cancels(%d)",
    "shows(%d)",
    "clears(%d)",
    "runs(%d)",
    "drops(%d)",
    "d[%d].callback",
    "d[%d].errback",
    "fetches(%d)",
    "traces",
    "raises_system",
    "defer.passthru",
    "Callable()",
    "Callable().method",
    "functools.partial(plain, 5)",
    "str",
    "[].append",
    "Callable",
    "reraises",
    "warns",
)

NO_FUNCTIONS = ("None", "5", "'text'")

VALUES = ("None", "1", "'text'", "[]", "(1, 2)", "d[%d]", "Failure(ValueError(3))", "ValueError(4)", "{}", "True", "0.5")


class Writer:
    """Writes one program: a line for each statement, each in a `with` that tells what it has raised."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def any(self) -> int:
        return self.random.randrange(self.count)

    def filled(self, text: str) -> str:
        return text % self.any() if "%d" in text else text

    def function(self) -> str:
        if self.random.random() < 0.03:
            return self.random.choice(NO_FUNCTIONS)
        return self.filled(self.random.choice(FUNCTIONS))

    def value(self) -> str:
        return self.filled(self.random.choice(VALUES))

    def arguments(self) -> str:
        """Of an addCallback(), after the function."""
        count = self.random.choice((0, 0, 0, 0, 1, 2))
        words = self.random.choice(("", "", "", "", ", key=1", ", callback=3", ", errback=4", ", result=5"))
        return "".join(f", {self.value()}" for _ in range(count)) + words

    def make(self) -> str:
        self.count += 1
        kind = self.random.random()
        name = self.random.choice(CLASSES)
        if kind < 0.6 or self.count == 1:
            made = f"{name}({self.random.choice(('', '', '', 'None', 'plain', 'raises', 'answers', 'refuses', '5'))})"
        else:
            self.count -= 1
            made = self.filled(
                self.random.choice(
                    (
                        "defer.succeed(%d)",
                        "defer.fail(ValueError('made'))",
                        "defer.DeferredList([d[%d]], consumeErrors=True)",
                        "defer.gatherResults([d[%d], d[0]])",
                        "defer.maybeDeferred(plain, d[%d])",
                        "defer.maybeDeferred(raises, d[%d])",
                        "generates(d[%d])",
                        "defer.ensureDeferred(awaits(d[%d]))",
                        "copied(d[%d])",
                        "Deferred(canceller=plain)",
                        "Deferred(1, 2)",
                        "Deferred(bad=1)",
                        "defer.execute(plain, %d)",
                        "defer.Deferred.fromCoroutine(awaits(d[%d]))",
                        "d[%d].addTimeout(5, clock)",
                    )
                )
            )
            self.count += 1
        return f"d.append(None); d[-1] = {made}"

    def add(self) -> str:
        target = f"d[{self.any()}]"
        kind = self.random.random()
        if kind < 0.7:
            name = self.random.choice(("addCallback", "addErrback", "addBoth"))
            return f"{target}.{name}({self.function()}{self.arguments()})"
        first, second = self.function(), self.random.choice((self.function(), "None"))
        further = self.random.choice(
            (
                "",
                "",
                ", (1,), {'key': 2}",
                ", (1,), {'key': 2}, (3,), {'key': 4}",
                ", callbackArgs=[1, 2]",
                ", errbackArgs=(1,), callbackKeywords=None",
                ", callbackArgs=None, errbackKeywords={}",
                ", callbackArgs=5",
                ", callbackKeywords=MappingProxyType({'key': 1})",
                ", errbackKeywords={'result': 1}",
                ", (), {}, (), {}, 1",
                ", wrong=1",
            )
        )
        if self.random.random() < 0.1:
            return f"{target}.addCallbacks(errback={second}, callback={first})"
        if self.random.random() < 0.05:
            return f"{target}.addCallbacks({self.random.choice(('', 'errback=plain', 'plain, callback=plain'))})"
        return f"{target}.addCallbacks({first}, {second}{further})"

    def act(self) -> str:
        target = f"d[{self.any()}]"
        value = self.value()
        return target + self.random.choice(
            (
                *(f".callback({value})",) * 6,
                *(f".errback({value})",) * 2,
                ".errback(ValueError('fired'))",
                ".errback(Failure(KeyError('fired')))",
                ".errback()",
                ".callback()",
                ".callback(result=1)",
                ".callback(1, 2)",
                ".errback(fail=ValueError(2))",
                ".pause()",
                ".pause()",
                ".unpause()",
                ".unpause()",
                ".pause(1)",
                ".unpause(wrong=1)",
                ".cancel()",
                ".cancel()",
                ".cancel(1)",
                f".chainDeferred(d[{self.any()}])",
                "._runCallbacks()",
                f"._startRunCallbacks({value})",
                "._startRunCallbacks()",
                ".send(None)",
                ".missing",
            )
        )

    def set(self) -> str:
        target = f"d[{self.any()}]"
        value = self.value()
        return self.random.choice(
            (
                f"{target}.result = {value}",
                f"del {target}.result",
                f"{target}.called = {self.random.choice(('True', 'False'))}",
                f"{target}.paused = {self.random.choice(('0', '1', '2', '-1'))}",
                f"{target}.callbacks = []",
                f"{target}.callbacks = d[{self.any()}].callbacks",
                f"{target}.callbacks = {target}.callbacks[::-1]",
                f"{target}.callbacks.append(d[{self.any()}]._continuation())",
                f"{target}.callbacks.append(((plain, (1,), {{}}), (plain, (2,), {{'key': 3}})))",
                f"{target}.callbacks.append(((plain, [1], {{}}), (plain, 'ab', {{'key': 3}})))",
                f"{target}.callbacks.pop()",
                f"{target}.callbacks.insert(0, {target}.callbacks[-1])",
                f"show({target}.callbacks)",
                f"show({target}.callbacks == d[{self.any()}].callbacks)",
                f"{target}._chainedTo = {self.random.choice(('None', value))}",
                f"{target}._suppressAlreadyCalled = {self.random.choice(('True', 'False'))}",
                f"{target}._runningCallbacks = False",
                f"{target}.debug = {self.random.choice(('True', 'False'))}",
                f"defer.setDebugging({self.random.choice(('True', 'False', 'False'))})",
                f"{target}._debugInfo = None",
                f"{target}._canceller = {self.random.choice(('plain', 'None', 'raises', 'answers'))}",
                f"{target}.extra = {value}",
                f"show(vars({target})['callbacks'], vars({target}).get('extra'))",
                f"{target}.__dict__['extra'] = {value}",
                f"{target}.__dict__.update(more=2)",
                f"show({target}.extra)",
                f"del {target}.extra",
                f"show(clean(repr({target})), clean(str({target})))",
                f"show({target} == d[{self.any()}], hash({target}) == hash({target}))",
                f"show(next({target}))",
                f"show(bool({target}), callable({target}))",
                f"show({target} + 1)",
                f"show(len({target}))",
                "clock.advance(3)",
                f"d[{self.any()}] = d[{self.any()}]",
                f"d[{self.any()}] = Deferred()",
                f"show({target}._canceller)",
                f"show({target}._debugInfo is None)",
                f"show(isinstance({target}, Awaitable), {target}.__class__)",
            )
        )

    def program(self) -> str:
        lines = [self.make(), self.make()]
        for _ in range(self.random.randrange(4, 24)):
            kind = self.random.random()
            step = self.make if kind < 0.15 else self.add if kind < 0.5 else self.act if kind < 0.75 else self.set
            lines.append(step())
        return "".join(f"with tell({line!r}): {line}\n" for line in lines)


def program(seed: int) -> str:
    return Writer(seed).program()


# ---- in the child ----


def run_forked(seed: int, out) -> None:
    """Runs a program in a process of its own: some never end, and are left out."""
    out.write(f"=== {seed}\n")
    out.flush()
    if process := os.fork():
        status = os.waitpid(process, 0)[1]
        if status != 0:
            out.write(f"ended with {status}\n")
        return
    signal.alarm(5)
    out.write(odd_world.run(program(seed)))
    out.flush()
    os._exit(0)


def child(way: str, first: int, count: int) -> None:
    global odd_world
    with tempfile.TemporaryDirectory() as tempfile.tempdir, os.fdopen(os.dup(1), "w") as out:
        ways.enter(way)
        import odd_world

        for seed in range(first, first + count):
            run_forked(seed, out)
        ways.leave()


# ---- in the parent ----


def outputs(way: str, options: argparse.Namespace) -> dict[int, list[str]]:
    command = [sys.executable, "-X", "faulthandler", __file__, "child", way, str(options.first), str(options.count)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        errors="backslashreplace",
        env=ways.environment(options.package, options.twisted),
    )
    found: dict[int, list[str]] = {}
    for line in done.stdout.splitlines():
        if line.startswith("=== "):
            lines = found[int(line[4:])] = []
        else:
            lines.append(line)
    if done.returncode != 0:
        print(f"{way}: exit {done.returncode}\n{done.stderr[-3000:]}")
    return found


def difference(plain: list[str], other: list[str]) -> str:
    at = next((i for i, (a, b) in enumerate(zip(plain, other)) if a != b), min(len(plain), len(other)))
    begun = max((i for i in range(min(at + 1, len(plain))) if plain[i].startswith("> ")), default=0)
    mark = [f"  {line}" for line in plain[begun:at]]
    return "\n".join([*mark, *(f"- {line}" for line in plain[at : at + 4]), *(f"+ {line}" for line in other[at : at + 4])])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", required=True)
    parser.add_argument("--twisted")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--ways", default="swapped,recorded")
    parser.add_argument("--show", action="store_true", help="the whole of each program that differs")
    parser.add_argument("--most", type=int, default=5, help="how many of them are shown")
    options = parser.parse_args()
    plain = outputs(ways.PLAIN, options)
    different = 0
    for way in options.ways.split(","):
        other = outputs(way, options)
        for seed in range(options.first, options.first + options.count):
            if plain.get(seed) == other.get(seed) and seed in plain:
                continue
            different += 1
            if different <= options.most:
                print(f"=== {seed} {way}")
                if options.show:
                    print(program(seed))
                print(difference(plain.get(seed, []), other.get(seed, [])))
    print(f"{options.count} programs, {different} print something else")
    return 1 if different else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main())
