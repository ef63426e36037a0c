# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's class and Python's memory: what is dropped goes, however it hangs together, and nothing breaks when
the collector, threads, a fork or the end of the interpreter come at a bad moment.

    collector.py --package FOLDER [--ways swapped,recorded] [--count N] [SCENARIO...]

Each scenario runs in a child of its own, and fails when that ends otherwise than with 0. A debug build of Python
counts its references as well (`--python`), and an extension that was built with the address sanitizer needs its library
in LD_PRELOAD, and PYTHONMALLOC=malloc.
"""

from __future__ import annotations

import argparse
import collections
import gc
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import ways

SCENARIOS = {}
COUNT = 20_000
RECORDED = 96 << 20  # a recording knows so many of its last values again


def scenario(function):
    SCENARIOS[function.__name__] = function
    return function


# ---- memory comes back ----


def resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def comes_back(make) -> None:
    """What \\a make leaves behind for the collector must not add up: it is run three times."""
    sizes = []
    for _ in range(3):
        make()
        gc.collect()
        sizes.append(resident())
    references = getattr(sys, "gettotalrefcount", None)
    if references:  # a debug build counts them all
        before = references()
        make()
        gc.collect()
        assert references() - before < 200, f"{references() - before} references more"
    grown = sizes[2] - sizes[0]
    allowed = RECORDED if "deferscope.record" in sys.modules else 8 << 20
    assert grown < max(allowed, sizes[0] // 20), f"resident memory has grown: {sizes}"


@scenario
def rings():
    def make():
        for _ in range(COUNT):
            d = Deferred()
            d.addCallback(lambda result, d=d: d)
            d.itself = d

    comes_back(make)


@scenario
def rings_of_results():
    def make():
        for _ in range(COUNT):
            first, second = Deferred(), Deferred()
            first.addCallback(lambda _, second=second: second)
            second.addCallback(lambda _, first=first: first)
            first.callback(None)
            second.callback(None)

    comes_back(make)


@scenario
def waits():
    def make():
        for _ in range(COUNT // 10):
            inner = Deferred()
            for _ in range(10):
                outer = Deferred()
                outer.addCallback(lambda _, inner=inner: inner)
                outer.callback(None)
                inner = outer

    comes_back(make)


@scenario
def generators():
    @inlineCallbacks
    def body(d):
        try:
            yield d
        finally:
            body.ended += 1

    body.ended = 0

    def make():
        for _ in range(COUNT):
            d = Deferred()
            d.waiter = body(d)

    comes_back(make)
    assert body.ended >= 3 * COUNT


@scenario
def coroutines():
    async def body(d):
        await d

    def make():
        for _ in range(COUNT):
            d = Deferred()
            d.waiter = Deferred.fromCoroutine(body(d))

    comes_back(make)


@scenario
def links_with_arguments():
    def make():
        for _ in range(COUNT):
            d = Deferred()
            d.addCallbacks(print, print, (d,), {"file": d}, [d], {"file": d})
            d.addBoth(print, d, end=d)
            d.callbacks.append(((print, (d,), {}), (print, (d,), {})))

    comes_back(make)


@scenario
def failures():
    seen = collections.Counter()
    log.startLoggingWithObserver(lambda event: seen.update([event["isError"]]), setStdout=False)

    def make():
        for _ in range(COUNT // 10):
            d = Deferred()
            d.addErrback(lambda failure: failure)
            d.errback(Failure(ValueError(d)))

    comes_back(make)
    assert seen[1] >= 3 * 2 * (COUNT // 10), seen


# ---- deep things ----


@scenario
def deep_chain_dropped():
    """A million that wait for each other go without the native stack at its end."""
    inner = Deferred()
    for _ in range(min(COUNT * 50, 1_000_000)):
        outer = Deferred()
        outer.addCallback(lambda _, inner=inner: inner)
        outer.callback(None)
        inner = outer
    del outer, inner
    gc.collect()


@scenario
def deep_chain_fired():
    bottom = inner = Deferred()
    for _ in range(min(COUNT * 50, 1_000_000)):
        outer = Deferred()
        outer.addCallback(lambda _, inner=inner: inner)
        outer.callback(None)
        inner = outer
    del outer
    got = []
    inner.addCallback(got.append)
    bottom.callback(7)
    assert got == [7]


@scenario
def deep_links():
    d = Deferred()
    inner = d
    for _ in range(min(COUNT * 5, 200_000)):
        following = Deferred()
        following.addCallback(lambda _, d=inner: d)
        inner = following
    del d, following, inner
    gc.collect()


@scenario
def deep_nesting():
    """Firing from inside a callback meets Python's limit, not the end of the stack."""

    def nest(_, depth=0):
        d = Deferred()
        d.addCallback(nest, depth + 1)
        d.callback(None)
        deepest.append(depth)
        d.addErrback(errors.append)

    for limit in (1_000, 10_000, 1_000_000):
        deepest, errors = [], []
        sys.setrecursionlimit(limit)
        nest(None)
        sys.setrecursionlimit(1_000)
        assert max(deepest) > 100


# ---- the collector at bad moments ----


@scenario
def collections_in_callbacks():
    def collect(result):
        gc.collect()
        return result

    d, inner = Deferred(), Deferred()
    d.addBoth(collect).addCallback(lambda _: inner).addBoth(collect)
    d.addCallback(lambda _: 1 / 0).addBoth(collect).addErrback(lambda failure: collect(None))
    d.callback(1)
    inner.addBoth(collect)
    inner.callback(2)
    d.addCallback(collect)
    inner.addBoth(collect)


@scenario
def collection_all_the_time():
    gc.set_threshold(1, 1, 1)
    for n in range(COUNT // 100):
        d = Deferred(lambda d: None)
        d.addCallbacks(lambda r, x, y: [r, x], lambda f: None, (n,), {"y": {}})
        d.addCallback(lambda r: Deferred())
        d.me = [d]
        d.callback([d.callbacks])
        e = Deferred()
        e.addCallback(lambda r, d=d: d)
        e.callback(None)
        if n % 2:
            d.cancel()


@scenario
def cleared_during_a_drain():
    """The collector may take the links away from under a drain, when nothing else holds the Deferred."""

    class Bomb:
        def __init__(self, d):
            self.d = d

        def __del__(self):
            self.d.callback(1)
            self.d.addCallback(lambda r: gc.collect())

    for _ in range(COUNT // 100):
        d = Deferred()
        d.bomb = Bomb(d)
        d.addCallback(lambda r, d=d: gc.collect())
        d.addCallback(lambda r: Deferred())
        d.addBoth(lambda r: r)
        del d
        gc.collect()


@scenario
def callbacks_taken_apart():
    """The list of callbacks is played with by those callbacks."""

    def clear(result, d):
        del d.callbacks[:]
        return result

    def refill(result, d):
        d.callbacks.extend(Deferred().addCallback(lambda r: r).callbacks * 3)
        d.callbacks = d.callbacks[:]
        return d.callbacks

    def garbage(result, d):
        d.callbacks.append(garbage)
        d.callbacks.append((1, 2))
        d.callbacks.append(((1, 2, 3), (4, 5, 6)))
        return result

    for play in (clear, refill, garbage):
        for _ in range(100):
            d = Deferred()
            d.addCallback(play, d)
            d.addCallback(play, d)
            for act in (lambda: d.callback(None), lambda: d.addErrback(lambda f: None)):
                try:
                    act()
                except (TypeError, ValueError, IndexError):
                    pass
            del d
    gc.collect()


@scenario
def attributes_taken_away():
    def strip(result, d):
        d.result = None
        d.callbacks = []
        d._debugInfo = None
        d._chainedTo = None
        d._canceller = None
        d.__dict__ = {}
        d.called = False
        d.paused = 0
        del d.result
        return Deferred()

    for _ in range(100):
        d = Deferred(lambda d: None)
        d.addCallback(strip, d)
        d.addBoth(strip, d)
        d.callback(d.__dict__)


@scenario
def resurrected():
    kept = []

    class Lazarus(Deferred):
        def __del__(self):
            kept.append(self)

    for n in range(100):
        d = Lazarus()
        d.addCallback(lambda r: r)
        if n % 2:
            d.itself = d
        if n % 3:
            d.errback(ValueError(n))
        del d
    gc.collect()
    assert len(kept) == 100
    for d in kept:
        d.addErrback(lambda f: None)
    references = [weakref.ref(d) for d in kept]
    del d
    kept.clear()
    gc.collect()
    kept.clear()
    gc.collect()
    assert not any(reference() for reference in references)


@scenario
def errors_in_del():
    class Bad(Deferred):
        def __del__(self):
            raise ValueError("in __del__")

    class BadValue:
        def __del__(self):
            raise ValueError("in __del__ of a value")

    sys.unraisablehook = lambda unraisable: raised.append(str(unraisable.exc_value))
    raised = []
    for _ in range(100):
        d = Bad()
        d.addCallback(lambda r: BadValue())
        d.addCallback(lambda r: 1)
        d.addCallback(lambda r: 1 / 0)
        d.addErrback(lambda f: None)
        d.callback(None)
        del d
    assert len(raised) == 200, len(raised)


@scenario
def weak_references():
    gone = []
    for _ in range(1000):
        d = Deferred()
        weakref.finalize(d, gone.append, 1)
        reference = weakref.ref(d, lambda r: gone.append(r()))
        d.addCallback(lambda r: reference)
        d.callback(d.__dict__)
        del d
    assert gone.count(1) == 1000 and gone.count(None) == 1000


@scenario
def derived_classes():
    class Slots(Deferred):
        __slots__ = ("one", "two")

    class New(Deferred):
        def __new__(cls, *args, **keywords):
            made = super().__new__(cls)
            made.args = args
            return made

        def __init__(self, *args, **keywords):
            super().__init__()

    class Odd(Deferred):
        def __init__(self):
            super().__init__(self.canceller)

        def canceller(self, d):
            assert d is self

    def make():
        for _ in range(COUNT // 10):
            s = Slots()
            s.one = s
            s.addCallback(lambda r, s=s: s.one)
            n = New(1, a=2)
            n.addCallback(lambda r, n=n: n)
            n.args += (n,)
            n.callback(None)
            o = Odd()
            o.addErrback(lambda f: None)
            o.cancel()

    comes_back(make)


# ---- threads, forks and ends ----


@scenario
def threads():
    def work():
        for n in range(COUNT // 20):
            d = Deferred()
            d.addCallback(lambda r: inner)
            inner = Deferred()
            d.ring = inner.ring = [d, inner]
            d.callback(n)
            inner.callback(n)
            inner.addErrback(lambda f: None)
            if n % 200 == 0:
                gc.collect()

    sys.setswitchinterval(1e-5)
    all_threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in all_threads:
        thread.start()
    for thread in all_threads:
        thread.join()


@scenario
def small_stack():
    """A thread with little stack recurses up to Python's limit or its own, and says so."""

    def nest(_=None, depth=0):
        d = Deferred()
        d.addCallback(nest, depth + 1)
        d.addErrback(lambda failure: failure.trap(RecursionError) and None)
        d.callback(None)

    def work():
        nest()
        ended.append(1)

    ended = []
    sys.setrecursionlimit(100_000)
    threading.stack_size(512 * 1024)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended


@scenario
def fork():
    d, inner = Deferred(), Deferred()
    d.addCallback(lambda r: inner)
    d.callback(None)
    for _ in range(3):
        child = os.fork()
        if child == 0:
            got = []
            inner.callback(5)
            d.addCallback(got.append)
            gc.collect()
            os._exit(0 if got == [5] else 1)
        assert os.waitpid(child, 0)[1] == 0
    inner.callback(6)
    del d, inner


@scenario
def alive_at_the_end():
    """The interpreter ends while chains are alive, in modules, in frames, in a thread that waits."""
    import builtins

    d, inner = Deferred(), Deferred()
    d.addCallback(lambda r: inner)
    d.callback(None)
    e = Deferred()
    e.addErrback(lambda f: 1 / 0)
    e.errback(ValueError())
    builtins.kept = [d, inner, e]

    class AtEnd(Deferred):
        def __del__(self):
            self.callback(1)
            Deferred().addCallback(lambda r: 1 / 0).callback(inner.result if inner.called else None)

    builtins.last = AtEnd()
    builtins.last.ring = builtins.last
    sys.modules["kept"] = AtEnd()
    threading.Thread(target=threading.Event().wait, daemon=True).start()


@scenario
def second_interpreter():
    """Another interpreter of the process cannot have the class, and is told so."""
    try:
        import _xxsubinterpreters as interpreters
    except ImportError:
        return
    other = interpreters.create()
    try:
        interpreters.run_string(
            other,
            "import sys\n"
            f"sys.path[:] = {sys.path!r}\n"
            "try:\n"
            "    from deferscope import _engine\n"
            "except ImportError:\n"
            "    pass\n"
            "else:\n"
            "    raise SystemError('the second interpreter has the engine')\n",
        )
    finally:
        interpreters.destroy(other)
    Deferred().addCallback(lambda r: r).callback(1)


def run(options: argparse.Namespace, way: str, name: str) -> bool:
    """Runs a scenario in a child. False: it has failed."""
    command = [options.python, "-X", "faulthandler", __file__, "child", way, name, str(options.count)]
    with tempfile.TemporaryDirectory(prefix="proofs-") as folder:
        environment = {**ways.environment(options.package), "TMPDIR": folder}
        child = subprocess.run(command, capture_output=True, text=True, timeout=options.seconds, env=environment)
    bad = child.returncode != 0 or "Sanitizer" in child.stderr or "Fatal" in child.stderr
    print("FAIL" if bad else "ok  ", way, name, flush=True)
    if bad:
        print(f"exit {child.returncode}\n{child.stdout[-2000:]}{child.stderr[-6000:]}")
    return not bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenarios", nargs="*")
    parser.add_argument("--package", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--ways", default="swapped,recorded")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seconds", type=float, default=600)
    options = parser.parse_args()
    tried = [(way, name) for way in options.ways.split(",") for name in options.scenarios or SCENARIOS]
    with ThreadPoolExecutor(2) as pool:
        went = list(pool.map(lambda each: run(options, *each), tried))
    return 0 if all(went) else 1


if __name__ == "__main__":
    if sys.argv[1] == "child":
        ways.enter(sys.argv[2])
        from twisted.internet.defer import Deferred, inlineCallbacks
        from twisted.python import log
        from twisted.python.failure import Failure

        COUNT = int(sys.argv[4])
        SCENARIOS[sys.argv[3]]()
    else:
        sys.exit(main())
