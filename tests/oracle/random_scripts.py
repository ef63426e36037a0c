# SPDX-License-Identifier: GPL-3.0-or-later
"""Random scripts, and what real Twisted prints for them.

    random_scripts.py FIRST COUNT          one JSON object a line: seed, text, output
    random_scripts.py --text SEED          the script of one seed

Every script runs on a task.Clock that it advances itself, so it ends and needs no time.
"""
import contextlib
import gc
import io
import json
import random
import sys

PROLOGUE = '''from twisted.internet import defer, task
from twisted.python.failure import Failure

clock = task.Clock()


def describe(value, depth=0):
    if isinstance(value, Failure) and value.type is defer.FirstError:
        return "first of %d: " % value.value.index + describe(value.value.subFailure)
    if isinstance(value, Failure):
        return "Failure(" + value.type.__name__ + ": " + value.getErrorMessage() + ")"
    if isinstance(value, defer.Deferred):
        return "a Deferred"
    if isinstance(value, (list, tuple)) and depth < 3:
        return "[" + ", ".join([describe(item, depth + 1) for item in value]) + "]"
    if isinstance(value, (int, str, float)) or value is None:
        return repr(value)
    return type(value).__name__


def attempt(name, function, *arguments):
    try:
        function(*arguments)
    except Exception as error:
        print(name, "raised", type(error).__name__)


def later(seconds, value, fails=False):
    d = defer.Deferred()
    if fails:
        clock.callLater(seconds, d.errback, ValueError(value))
    else:
        clock.callLater(seconds, d.callback, value)
    return d


'''

EPILOGUE = '''

clock.pump([0.25] * 24)
for name, d in sorted(everything.items()):
    print(name, d.called, d.paused, describe(getattr(d, "result", "no result")))
'''


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.functions = []
        self.count = self.random.randint(2, 5)
        self.names = ["d%d" % i for i in range(self.count)]
        self.extra = []

    def chance(self, share):
        return self.random.random() < share

    def pick(self, *choices):
        return self.random.choice(choices)

    def value(self):
        return self.pick("1", "'text'", "None", "2.5", "[1, 2]", "''", "(3,)")

    def seconds(self):
        return self.pick("0", "0.25", "0.5", "1", "1.5", "2")

    def target(self):
        return self.random.choice(self.names)

    def write(self, line):
        self.lines.append(line)

    def act(self):
        """One thing that is done to a Deferred."""
        name = self.target()
        kind = self.random.randrange(7)
        if kind == 0:
            return "attempt('fire %s', %s.callback, %s)" % (name, name, self.value())
        if kind == 1:
            return "attempt('fail %s', %s.errback, KeyError(%r))" % (name, name, name)
        if kind == 2:
            return "attempt('cancel %s', %s.cancel)" % (name, name)
        if kind == 3:
            return "%s.addCallback(%s)" % (name, self.random.choice(self.functions or ["describe"]))
        if kind == 4:
            return "clock.callLater(%s, attempt, 'late %s', %s.callback, %s)" % (
                self.seconds(), name, name, self.value())
        if kind == 5:
            return "clock.callLater(%s, attempt, 'late cancel %s', %s.cancel)" % (self.seconds(), name, name)
        return "print('does nothing')"

    def ending(self):
        kind = self.random.randrange(12)
        if kind < 3:
            return "return result"
        if kind < 5:
            return "return " + self.value()
        if kind == 5:
            return "raise " + self.pick("ValueError('v')", "KeyError('k')", "RuntimeError('r')")
        if kind == 6:
            return "return later(%s, %s)" % (self.seconds(), self.pick("'later'", "7"))
        if kind == 7:
            return "return later(%s, 'late error', True)" % self.seconds()
        if kind == 8:
            return "return defer.succeed(%s)" % self.value()
        if kind == 9:
            return "return defer.fail(ValueError('at once'))"
        if kind == 10 and self.extra:
            return "return " + self.random.choice(self.extra)
        return "return None"

    def function(self):
        name = "f%d" % len(self.functions)
        self.write("def %s(result):" % name)
        self.write("    print(%r, describe(result))" % name)
        if self.chance(0.25):
            self.write("    " + self.act())
        if self.chance(0.2):
            self.write("    if isinstance(result, Failure):")
            self.write("        result.trap(ValueError, KeyError)")
        self.write("    " + self.ending())
        self.write("")
        self.write("")
        self.functions.append(name)

    def coroutine(self, number):
        name = "co%d" % number
        isAsync = self.chance(0.5)
        wait = "await" if isAsync else "yield"
        if not isAsync:
            self.write("@defer.inlineCallbacks")
        self.write(("async def %s(start):" if isAsync else "def %s(start):") % name)
        self.write("    print(%r, 'starts', describe(start))" % name)
        targets = list(self.names)  # once each: Twisted 22.4 asserts on a failed one that is awaited again
        for _ in range(self.random.randint(1, 3)):
            target = self.random.choice(targets) if targets else "defer.succeed(6)"
            targets = [name for name in targets if name != target]
            awaited = self.pick(target, "later(%s, 'c')" % self.seconds(),
                                "later(%s, 'e', True)" % self.seconds(), "defer.succeed(5)")
            if self.chance(0.5):
                self.write("    try:")
                self.write("        got = %s %s" % (wait, awaited))
                self.write("        print(%r, 'got', describe(got))" % name)
                self.write("    except %s as error:" % self.pick("Exception", "ValueError", "defer.CancelledError"))
                self.write("        print(%r, 'caught', type(error).__name__)" % name)
                if self.chance(0.3):
                    self.write("    finally:")
                    self.write("        print(%r, 'finally')" % name)
            else:
                self.write("    print(%r, describe((%s %s)))" % (name, wait, awaited))
        self.write("    " + self.pick("return 'done'", "return start", "raise ValueError('end')"))
        self.write("")
        self.write("")
        return name, isAsync

    def create(self, name):
        kind = self.random.randrange(8)
        if kind < 4:
            self.write("%s = defer.Deferred()" % name)
        elif kind == 4:
            self.write("%s = defer.Deferred(lambda d: print('cancels %s'))" % (name, name))
        elif kind == 5:
            self.write("%s = defer.Deferred(lambda d: d.callback('from the canceller'))" % name)
        elif kind == 6:
            self.write("%s = defer.succeed(%s)" % (name, self.value()))
        else:
            self.write("%s = defer.fail(ValueError('born so'))" % name)

    def link(self):
        name = self.target()
        first = self.random.choice(self.functions)
        kind = self.random.randrange(9)
        if kind < 3:
            self.write("%s.addCallback(%s)" % (name, first))
        elif kind == 3:
            self.write("%s.addErrback(%s)" % (name, first))
        elif kind == 4:
            self.write("%s.addBoth(%s)" % (name, first))
        elif kind == 5:
            self.write("%s.addCallbacks(%s, %s)" % (name, first, self.random.choice(self.functions)))
        elif kind == 6:
            self.write("%s.addTimeout(%s, clock)" % (name, self.seconds()))
        elif kind == 7 and self.names.index(name) + 1 < len(self.names):
            other = self.random.choice(self.names[self.names.index(name) + 1:])
            self.write("attempt('chain', %s.chainDeferred, %s)" % (name, other))
        else:
            self.write("%s.pause()" % name)
            self.write("clock.callLater(%s, %s.unpause)" % (self.seconds(), name))

    def collect(self, number):
        members = ", ".join(self.random.sample(self.names, self.random.randint(1, self.count)))
        name = "list%d" % number
        if self.chance(0.4):
            self.write("%s = defer.gatherResults([%s], consumeErrors=%s)" % (name, members, self.chance(0.5)))
        else:
            self.write("%s = defer.DeferredList([%s], fireOnOneCallback=%s, fireOnOneErrback=%s, consumeErrors=%s)"
                       % (name, members, self.chance(0.3), self.chance(0.3), self.chance(0.5)))
        self.write("%s.addBoth(%s)" % (name, self.random.choice(self.functions)))
        if self.chance(0.2):
            self.write("clock.callLater(%s, %s.cancel)" % (self.seconds(), name))
        self.extra.append(name)

    def share(self, number):
        """A lock, a semaphore or a queue."""
        kind = self.random.randrange(3)
        name = "shared%d" % number
        if kind < 2:
            self.write("%s = defer.%s" % (name, "DeferredLock()" if kind == 0 else "DeferredSemaphore(2)"))
            for _ in range(self.random.randint(2, 4)):
                self.write("%s.run(%s, %s).addBoth(%s)" % (
                    name, self.random.choice(self.functions), self.value(), self.random.choice(self.functions)))
            return
        self.write("%s = defer.DeferredQueue()" % name)
        for _ in range(self.random.randint(2, 5)):
            if self.chance(0.5):
                self.write("%s.put(%s)" % (name, self.value()))
            else:
                self.write("%s.get().addBoth(%s)" % (name, self.random.choice(self.functions)))

    def text(self):
        for name in self.names:
            self.create(name)
        self.write("everything = {%s}" % ", ".join("%r: %s" % (n, n) for n in self.names))
        self.write("")
        self.write("")
        for _ in range(self.random.randint(2, 5)):
            self.function()
        coroutines = [self.coroutine(i) for i in range(self.random.randrange(3))]
        for _ in range(self.random.randint(2, 8)):
            self.link()
        for number in range(self.random.randrange(3)):
            self.collect(number)
        for name, isAsync in coroutines:
            call = "%s(%s)" % (name, self.value())
            self.write("%s_d = %s" % (name, "defer.ensureDeferred(%s)" % call if isAsync else call))
            self.write("%s_d.addBoth(%s)" % (name, self.random.choice(self.functions)))
            if self.chance(0.3):
                self.write("clock.callLater(%s, %s_d.cancel)" % (self.seconds(), name))
        if self.chance(0.3):
            self.share(0)
        for _ in range(self.random.randint(1, 5)):
            self.write(self.act())
        for name in self.names:
            if self.chance(0.6):
                self.write("clock.callLater(%s, attempt, 'fire %s', %s.callback, %s)" % (
                    self.seconds(), name, name, self.value()))
        return PROLOGUE + "\n".join(self.lines) + EPILOGUE


def run(text):
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(text, "script", "exec"), {"__name__": "__main__"})
        except Exception as error:
            print("ended with", type(error).__name__)
        printed = output.getvalue()
        gc.collect()  # what a collected generator prints now belongs to no script
    return printed


def main(arguments):
    if arguments[0] == "--text":
        print(Generator(int(arguments[1])).text(), end="")
        return
    first, count = int(arguments[0]), int(arguments[1])
    for seed in range(first, first + count):
        text = Generator(seed).text()
        print(json.dumps({"seed": seed, "text": text, "output": run(text)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
