# SPDX-License-Identifier: GPL-3.0-or-later
"""Random programs in the op language, and what real Twisted does with them.

    op_programs.py FIRST COUNT     one JSON object a line: seed, prog, events, final, things, deep, limit
    op_programs.py --serve         the same for each program that comes in on a line of its own
    op_programs.py --version       the version of Twisted

The language is that of the corpora in tests/data/oracle, and more:

    execute, maybe     D d is what execute() or maybeDeferred() makes of the behaviour f
    gather, race       of the Deferreds m as Deferred d; ce consumeErrors
    lock, sem          lock n; semaphore n with t tokens
    acquire, release   of lock n; acquire gives Deferred d
    hold               run(behaviour f) of lock n as Deferred d
    queue, put, get    queue n of a size and a backlog; put v; get gives Deferred d
    timeout            with a behaviour f: onTimeoutCancel
    call               callLater as call n: the ops do; uncall, reset, delay work on it
    deferlater         deferLater(s, f) as Deferred d
    loop               LoopingCall n of f, started as Deferred d; loopstop, loopreset work on it
    coop               task n, whose steps are behaviours; done gives whenDone() as Deferred d;
                       tpause, tresume, tstop work on it; coopstop, coopstart on all of them
    co                 a coroutine as Deferred d: steps await (catch: caught), do, and what it returns;
                       form yield is inlineCallbacks, form await is an async def

What stands for a lock, a loop or a task in a value is its name. An op that names something that is not there
raises KeyError.

Where a ring of Deferreds is cancelled, Python's stack ends at some depth, and what catches that error goes on
from there. Such an answer says deep: it cannot be compared.
"""
import json
import os
import random
import signal
import sys

import twisted
from twisted.internet import defer, task
from twisted.python import log
from twisted.python.failure import Failure

LIMIT = 600  # events; then a program comes to its end
DEEP = 400  # frames of Python's stack, which no program comes to but in a ring
SECONDS = 3  # after which a program is not waited for: two rings that meet take two to the depth of the stack


class Boom(Exception):
    pass


class FailureGroup(Exception):
    def __init__(self, failures):
        super().__init__(failures)
        self.failures = failures


def race(members):
    """What Twisted has had since 23.8, for the older one of Debian (R93)."""
    failures = {}
    won = []

    def cancel_all_but(kept):
        for index, member in enumerate(list(members)):
            if index != kept:
                member.cancel()

    def succeeded(result, index):
        if not won:
            won.append(index)
            cancel_all_but(index)
            final.callback((index, result))

    def failed(failure, index):
        failures[index] = failure
        if len(failures) == len(members):
            final.errback(FailureGroup([failures[key] for key in sorted(failures)]))

    final = defer.Deferred(lambda _: cancel_all_but(-1))
    for index, member in enumerate(members):
        member.addCallbacks(succeeded, failed, callbackArgs=(index,), errbackArgs=(index,))
    return final


class Steps:
    """An iterator whose steps are behaviours."""

    def __init__(self, machine, steps):
        self.machine = machine
        self.steps = list(steps)

    def __iter__(self):
        return self

    def __next__(self):
        if not self.steps:
            raise StopIteration
        return self.machine.behave(self.steps.pop(0), None)


class Machine:
    def __init__(self):
        self.events = []
        self.deep = False
        self.deferreds = {}
        self.things = {}
        self.names = []  # of the things that a value may be; those that were replaced among them
        self.clock = task.Clock()
        self.cooperator = task.Cooperator(
            terminationPredicateFactory=lambda: lambda: True,
            scheduler=lambda function: self.clock.callLater(0.00000001, function),
        )

    # ---- running ----

    def log(self, *event):
        self.events.append(list(event))
        self.deep = self.deep or stack_is_deep()

    def perform_all(self, ops):
        for op in ops:
            self.perform(op)

    def perform(self, op):
        if len(self.events) >= LIMIT:
            return
        self.log("op", op["op"], op.get("d", -1))
        try:
            getattr(self, "do_" + op["op"])(op)
        except Exception as error:
            self.log("raised", type(error).__name__)

    def behave(self, behaviour, argument):
        number = behaviour["id"]
        self.log("run", number, self.show(argument))
        self.perform_all(behaviour["do"])
        try:
            result = self.outcome(behaviour["ret"], argument)
        except Boom:
            self.log("raise", number)
            raise
        self.log("ret", number, self.show(result))
        return result

    def function(self, behaviour):
        return lambda argument: self.behave(behaviour, argument)

    def outcome(self, ret, argument):
        kind, value = ret["k"], ret.get("v", 0)
        if kind == "same":
            return argument
        if kind == "int":
            return value
        if kind == "fail":
            return Failure(Boom("f%d" % value))
        if kind == "raise":
            raise Boom("e%d" % value)
        if kind == "def":
            return self.deferreds.get(value)
        return None

    # ---- Deferreds ----

    def do_new(self, op):
        kind, number = op.get("c"), op["d"]

        def canceller(deferred):
            self.log("canceller", number, kind)
            if kind == "fire":
                deferred.callback(900 + number)
            elif kind == "err":
                deferred.errback(Boom("c%d" % number))
            elif kind == "raise":
                raise Boom("cr%d" % number)

        self.deferreds[number] = defer.Deferred(canceller if kind else None)

    def do_add(self, op):
        self.deferreds[op["d"]].addCallbacks(self.function(op["cb"]), self.function(op["eb"]))

    def do_addcb(self, op):
        self.deferreds[op["d"]].addCallback(self.function(op["cb"]))

    def do_addeb(self, op):
        self.deferreds[op["d"]].addErrback(self.function(op["eb"]))

    def do_both(self, op):
        self.deferreds[op["d"]].addBoth(self.function(op["cb"]))

    def do_fire(self, op):
        self.deferreds[op["d"]].callback(op["v"])

    def do_fail(self, op):
        self.deferreds[op["d"]].errback(Boom("x%d" % op["v"]))

    def do_pause(self, op):
        self.deferreds[op["d"]].pause()

    def do_unpause(self, op):
        self.deferreds[op["d"]].unpause()

    def do_cancel(self, op):
        self.deferreds[op["d"]].cancel()

    def do_chain(self, op):
        self.deferreds[op["d"]].chainDeferred(self.deferreds[op["to"]])

    def do_timeout(self, op):
        custom = op.get("f")
        self.deferreds[op["d"]].addTimeout(
            op["s"], self.clock, (lambda result, seconds: self.behave(custom, result)) if custom else None
        )

    def do_execute(self, op):
        self.deferreds[op["d"]] = defer.execute(self.behave, op["f"], None)

    def do_maybe(self, op):
        self.deferreds[op["d"]] = defer.maybeDeferred(self.behave, op["f"], None)

    def call_it(self, thing, letter, op, stands_for=None):
        name = "%s%d" % (letter, op["n"])
        self.things[name] = thing
        self.names.append((stands_for or thing, name))

    # ---- groups ----

    def members(self, op):
        return [self.deferreds[number] for number in op["m"]]

    def do_list(self, op):
        self.deferreds[op["d"]] = defer.DeferredList(
            self.members(op),
            fireOnOneCallback=op.get("c1", False),
            fireOnOneErrback=op.get("e1", False),
            consumeErrors=op.get("ce", False),
        )

    def do_gather(self, op):
        self.deferreds[op["d"]] = defer.gatherResults(self.members(op), consumeErrors=op.get("ce", False))

    def do_race(self, op):
        self.deferreds[op["d"]] = race(self.members(op))

    # ---- locks and queues ----

    def do_lock(self, op):
        self.call_it(defer.DeferredLock(), "L", op)

    def do_sem(self, op):
        self.call_it(defer.DeferredSemaphore(op["t"]), "L", op)

    def do_acquire(self, op):
        self.deferreds[op["d"]] = self.things["L%d" % op["n"]].acquire()

    def do_release(self, op):
        self.things["L%d" % op["n"]].release()

    def do_hold(self, op):
        self.deferreds[op["d"]] = self.things["L%d" % op["n"]].run(self.behave, op["f"], None)

    def do_queue(self, op):
        self.call_it(defer.DeferredQueue(op["size"], op["backlog"]), "Q", op)

    def do_put(self, op):
        self.things["Q%d" % op["n"]].put(op["v"])

    def do_get(self, op):
        self.deferreds[op["d"]] = self.things["Q%d" % op["n"]].get()

    # ---- time ----

    def do_later(self, op):
        self.clock.callLater(op["s"], self.perform, op["do"])

    def do_advance(self, op):
        self.clock.advance(op["s"])

    def do_call(self, op):
        self.call_it(self.clock.callLater(op["s"], self.perform_all, op["do"]), "C", op)

    def do_uncall(self, op):
        self.things["C%d" % op["n"]].cancel()

    def do_reset(self, op):
        self.things["C%d" % op["n"]].reset(op["s"])

    def do_delay(self, op):
        self.things["C%d" % op["n"]].delay(op["s"])

    def do_deferlater(self, op):
        self.deferreds[op["d"]] = task.deferLater(self.clock, op["s"], self.behave, op["f"], None)

    def do_loop(self, op):
        loop = task.LoopingCall(self.behave, op["f"], None)
        loop.clock = self.clock
        self.call_it(loop, "P", op)
        self.deferreds[op["d"]] = loop.start(op["s"], op["now"])

    def do_loopstop(self, op):
        self.things["P%d" % op["n"]].stop()

    def do_loopreset(self, op):
        self.things["P%d" % op["n"]].reset()

    def do_coop(self, op):
        steps = Steps(self, op["steps"])
        self.call_it(self.cooperator.cooperate(steps), "T", op, stands_for=steps)

    def do_done(self, op):
        self.deferreds[op["d"]] = self.things["T%d" % op["n"]].whenDone()

    def do_tpause(self, op):
        self.things["T%d" % op["n"]].pause()

    def do_tresume(self, op):
        self.things["T%d" % op["n"]].resume()

    def do_tstop(self, op):
        self.things["T%d" % op["n"]].stop()

    def do_coopstop(self, op):
        self.cooperator.stop()

    def do_coopstart(self, op):
        self.cooperator.start()

    # ---- coroutines ----

    def do_co(self, op):
        if op["form"] == "yield":
            self.deferreds[op["d"]] = defer.inlineCallbacks(self.generator)(op)
        else:
            self.deferreds[op["d"]] = defer.ensureDeferred(self.coroutine(op))

    def generator(self, op):
        last = None
        for step in op["body"]:
            if "do" in step:
                self.perform_all(step["do"])
                continue
            try:
                last = yield self.deferreds[step["d"]]
                self.log("got", op["id"], self.show(last))
            except Exception as error:
                self.log("caught", op["id"], type(error).__name__)
                if not step["catch"]:
                    raise
        return self.outcome(op["ret"], last)

    async def coroutine(self, op):
        last = None
        for step in op["body"]:
            if "do" in step:
                self.perform_all(step["do"])
                continue
            try:
                awaited = self.deferreds[step["d"]]
                # Twisted asserts that there is one where a Failure is awaited that a callback holds just now.
                awaited._debugInfo = awaited._debugInfo or defer.DebugInfo()
                last = await awaited
                self.log("got", op["id"], self.show(last))
            except Exception as error:
                self.log("caught", op["id"], type(error).__name__)
                if not step["catch"]:
                    raise
        return self.outcome(op["ret"], last)

    # ---- what is there ----

    def number(self, deferred):
        for number in sorted(self.deferreds):
            if self.deferreds[number] is deferred:
                return number
        return -1

    def show_failure(self, failure):
        value = failure.value
        if isinstance(value, defer.FirstError):
            return "FirstError#%d(%s)" % (value.index, self.show_failure(value.subFailure))
        if isinstance(value, FailureGroup):
            return "FailureGroup(%s)" % ",".join(self.show_failure(each) for each in value.failures)
        if isinstance(value, Boom):
            return "Boom:" + str(value)
        if isinstance(value, RecursionError):
            self.deep = True
        return type(value).__name__

    def show(self, value):
        if isinstance(value, Failure):
            return "F:" + self.show_failure(value)
        if isinstance(value, defer.Deferred):
            return "D%d" % self.number(value)
        if isinstance(value, list):
            return "[%s]" % ",".join(self.show(item) for item in value)
        if isinstance(value, tuple):
            return "(%s)" % ",".join(self.show(item) for item in value)
        for thing, name in self.names:
            if value is thing:
                return repr(name)
        return repr(value)

    def final(self):
        states = []
        for number in sorted(self.deferreds):
            d = self.deferreds[number]
            waits = d._chainedTo
            info = d._debugInfo
            states.append([
                number,
                d.called,
                self.show(d.result) if hasattr(d, "result") else "-",
                d.paused,
                len(d.callbacks),
                None if waits is None else self.number(waits),
                info is not None and info.failResult is not None,
            ])
        return states

    def left(self):
        states = []
        for name in sorted(self.things, key=lambda name: (name[0], int(name[1:]))):
            thing = self.things[name]
            if isinstance(thing, defer.DeferredLock):
                states.append([name, 0 if thing.locked else 1, len(thing.waiting)])
            elif isinstance(thing, defer.DeferredSemaphore):
                states.append([name, thing.tokens, len(thing.waiting)])
            elif isinstance(thing, defer.DeferredQueue):
                states.append([name, self.show(list(thing.pending)), len(thing.waiting)])
            elif isinstance(thing, task.LoopingCall):
                states.append([name, thing.running])
        states.append(["clock", sorted("%.6f" % call.getTime() for call in self.clock.getDelayedCalls())])
        return states


def stack_is_deep():
    try:
        return sys._getframe(DEEP) is not None
    except ValueError:
        return False


def run(prog):
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 1)  # and again, should the stack be too full for it
    machine = Machine()
    machine.perform_all(prog)
    signal.setitimer(signal.ITIMER_REAL, 0)
    answer = {"events": machine.events, "final": machine.final(), "things": machine.left()}
    return {**answer, "deep": machine.deep, "limit": LIMIT}


# ---- random programs ----

THEMES = {
    "groups": ["list", "gather", "race"],
    "locks": ["lock", "sem"] + 4 * ["acquire"] + 3 * ["release"] + 4 * ["hold"],
    "queues": ["queue"] + 3 * ["put"] + 3 * ["get"],
    "time": ["timeout", "timeout", "later", "call", "call", "uncall", "reset", "delay", "deferlater", "advance"],
    "loops": ["loop", "loop", "loopstop", "loopreset", "advance"],
    "tasks": ["coop", "coop", "done", "tpause", "tresume", "tstop", "coopstop", "coopstart", "advance", "advance"],
    "coroutines": ["co", "co", "co"],
    "calls": ["execute", "maybe", "chain"],
}
COMMON = ["new", "new", "addcb", "addeb", "add", "both", "both", "fire", "fire", "fire", "fail", "cancel", "advance"]
NEEDS = {
    "L": (["lock", "sem"], ["acquire", "release", "hold"]),
    "Q": (["queue"], ["put", "get"]),
    "C": (["call"], ["uncall", "reset", "delay"]),
    "P": (["loop"], ["loopstop", "loopreset"]),
    "T": (["coop"], ["done", "tpause", "tresume", "tstop"]),
}
RARE = ["pause", "unpause", "cancel", "chain"]


class Writer:
    """Writes the program of one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.next = {letter: 0 for letter in "dLQCPTf"}
        self.made = {letter: [] for letter in "dLQCPTf"}  # by the program itself, not inside a behaviour
        themes = self.random.sample(sorted(THEMES), self.random.randint(1, 3))
        self.kinds = COMMON + RARE + [kind for theme in themes for kind in 2 * THEMES[theme]]
        # Twisted 22.4 awaits a Deferred that was paused by its own callback again and again, for ever.
        self.form = self.random.choice(["yield", "await"])
        if self.form == "await":
            self.kinds = [kind for kind in self.kinds if kind not in ("pause", "unpause")]

    def program(self):
        ops = [self.op("new", 2) for _ in range(self.random.randint(2, 4))]
        ops += [self.op(self.random.choice(self.kinds), 2) for _ in range(self.random.randint(10, 45))]
        if self.random.random() < 0.6:
            ops.append({"op": "advance", "s": self.seconds()})
        return ops

    def fresh(self, letter, depth=0):
        number = self.next[letter]
        self.next[letter] += 1
        if depth == 2:
            self.made[letter].append(number)
        return number

    def old(self, letter):
        """The number of something that is probably there already."""
        if self.made[letter] and self.random.random() < 0.9:
            return self.random.choice(self.made[letter])
        return self.random.randrange(max(1, self.next[letter]))

    def seconds(self):
        return self.random.choice([0.5, 1, 1, 1.5, 2, 3])

    def members(self):
        there = self.made["d"]
        return self.random.sample(there, min(len(there), self.random.randint(0, 4)))

    def ops(self, depth):
        if depth <= 0 or self.random.random() < 0.55:
            return []
        return [self.op(self.random.choice(self.kinds), depth - 1) for _ in range(self.random.randint(1, 2))]

    def ret(self, deferreds=True):
        kinds = ["same", "same", "none", "int", "int", "fail", "raise"] + (["def", "def", "def"] if deferreds else [])
        kind = self.random.choice(kinds)
        return {"k": kind, "v": self.old("d") if kind == "def" else self.random.randrange(100)}

    def behaviour(self, depth):
        return {"id": self.fresh("f"), "do": self.ops(depth), "ret": self.ret()}

    def body(self, depth):
        steps = []
        for _ in range(self.random.randint(1, 4)):
            if self.random.random() < 0.7:
                steps.append({"d": self.old("d"), "catch": self.random.random() < 0.4})
            else:
                steps.append({"do": self.ops(depth)})
        return steps

    def op(self, kind, depth):
        for letter, (maker, users) in NEEDS.items():
            if kind in users and not self.made[letter]:
                kind = self.random.choice(maker)
        return {"op": kind, **getattr(self, "write_" + kind, self.write_plain)(kind, depth)}

    def write_plain(self, kind, depth):
        return {"d": self.old("d")}

    def write_new(self, kind, depth):
        canceller = self.random.choice([None, None, None, "noop", "fire", "err", "raise"])
        return {"d": self.fresh("d", depth), "c": canceller}

    def write_add(self, kind, depth):
        return {"d": self.old("d"), "cb": self.behaviour(depth), "eb": self.behaviour(depth)}

    def write_addcb(self, kind, depth):
        return {"d": self.old("d"), "cb": self.behaviour(depth)}

    write_both = write_addcb

    def write_addeb(self, kind, depth):
        return {"d": self.old("d"), "eb": self.behaviour(depth)}

    def write_fire(self, kind, depth):
        return {"d": self.old("d"), "v": self.random.randrange(100)}

    write_fail = write_fire

    def write_chain(self, kind, depth):
        return {"d": self.old("d"), "to": self.old("d")}

    def write_timeout(self, kind, depth):
        op = {"d": self.old("d"), "s": self.random.randint(1, 3)}
        if self.random.random() < 0.5:
            op["f"] = self.behaviour(depth)
        return op

    def write_execute(self, kind, depth):
        return {"f": self.behaviour(depth), "d": self.fresh("d", depth)}

    write_maybe = write_execute

    def write_list(self, kind, depth):
        flag = lambda: self.random.random() < 0.35
        return {"m": self.members(), "c1": flag(), "e1": flag(), "ce": flag(), "d": self.fresh("d", depth)}

    def write_gather(self, kind, depth):
        return {"m": self.members(), "ce": self.random.random() < 0.5, "d": self.fresh("d", depth)}

    def write_race(self, kind, depth):
        return {"m": self.members(), "d": self.fresh("d", depth)}

    def write_lock(self, kind, depth):
        return {"n": self.fresh("L", depth)}

    def write_sem(self, kind, depth):
        return {"n": self.fresh("L", depth), "t": self.random.randint(0, 3)}

    def write_acquire(self, kind, depth):
        return {"n": self.old("L"), "d": self.fresh("d", depth)}

    def write_release(self, kind, depth):
        return {"n": self.old("L")}

    def write_hold(self, kind, depth):
        return {"n": self.old("L"), "f": self.behaviour(depth), "d": self.fresh("d", depth)}

    def write_queue(self, kind, depth):
        bound = lambda: self.random.choice([None, None, 0, 1, 2])
        return {"n": self.fresh("Q", depth), "size": bound(), "backlog": bound()}

    def write_put(self, kind, depth):
        return {"n": self.old("Q"), "v": self.random.randrange(100)}

    def write_get(self, kind, depth):
        return {"n": self.old("Q"), "d": self.fresh("d", depth)}

    def write_later(self, kind, depth):
        kinds = [kind for kind in self.kinds if kind not in ("advance", "later")]
        return {"s": self.seconds(), "do": self.op(self.random.choice(kinds), depth - 1)}

    def write_advance(self, kind, depth):
        return {"s": self.seconds()} if depth == 2 else {"s": 0}

    def write_call(self, kind, depth):
        return {"n": self.fresh("C", depth), "s": self.seconds(), "do": self.ops(depth)}

    def write_uncall(self, kind, depth):
        return {"n": self.old("C")}

    def write_reset(self, kind, depth):
        return {"n": self.old("C"), "s": self.seconds()}

    write_delay = write_reset

    def write_deferlater(self, kind, depth):
        return {"s": self.seconds(), "f": self.behaviour(depth), "d": self.fresh("d", depth)}

    def write_loop(self, kind, depth):
        interval = self.random.choice([0.5, 1, 1, 2, 0.3])
        return {
            "n": self.fresh("P", depth),
            "f": self.behaviour(depth),
            "s": interval,
            "now": self.random.random() < 0.6,
            "d": self.fresh("d", depth),
        }

    def write_loopstop(self, kind, depth):
        return {"n": self.old("P")}

    write_loopreset = write_loopstop

    def write_coop(self, kind, depth):
        return {"n": self.fresh("T", depth), "steps": [self.behaviour(depth) for _ in range(self.random.randint(0, 3))]}

    def write_done(self, kind, depth):
        return {"n": self.old("T"), "d": self.fresh("d", depth)}

    def write_tpause(self, kind, depth):
        return {"n": self.old("T")}

    write_tresume = write_tstop = write_tpause

    def write_coopstop(self, kind, depth):
        return {}

    write_coopstart = write_coopstop

    def write_co(self, kind, depth):
        return {
            "form": self.form,
            "id": self.fresh("f"),
            "body": self.body(depth),
            "ret": self.ret(deferreds=False),
            "d": self.fresh("d", depth),
        }


def write_out(answer):
    sys.stdout.write(json.dumps(answer, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def start_again(answer, last):
    """Behind the program of an answer: nothing gets out of one that swallows every exception."""
    sys.setrecursionlimit(10 * sys.getrecursionlimit())
    write_out(answer)
    rest = [str(answer["seed"] + 1), str(last - answer["seed"])]
    os.execv(sys.executable, [sys.executable, __file__, *rest])


def main(arguments):
    sys.unraisablehook = lambda _: None  # a destructor at the end of the stack; no program sees it
    log.startLoggingWithObserver(lambda event: None, setStdout=False)
    if arguments == ["--version"]:
        print(twisted.__version__)
    elif arguments == ["--serve"]:
        for line in sys.stdin:
            write_out(run(json.loads(line)["prog"]))
    else:
        first, count = map(int, arguments)
        last = first + count - 1
        for seed in range(first, last + 1):
            prog = Writer(seed).program()
            give_up = {"seed": seed, "prog": prog, "events": [], "deep": True}
            signal.signal(signal.SIGALRM, lambda *_, answer=give_up: start_again(answer, last))
            write_out({"seed": seed, "prog": prog, **run(prog)})


main(sys.argv[1:])
