# The reactor's life: what raises in it, what it refuses, calls that are moved, and the exit code of all.
import sys

from twisted.internet import reactor


def fails():
    raise ValueError("x")


def attempt(function):
    try:
        function()
    except Exception as error:
        print(repr(error))


reactor.callWhenRunning(fails)
reactor.callLater(0.1, sys.exit, 3)
reactor.callLater(0.4, reactor.stop)
cancelled = reactor.callLater(5, fails)
print(len(reactor.getDelayedCalls()))
cancelled.cancel()
attempt(cancelled.cancel)
moved = reactor.callLater(0.05, print, "moved")
moved.reset(0.2)
moved.delay(0.1)
reactor.callLater(0.25, print, "before it")
reactor.run()
attempt(reactor.run)
attempt(reactor.stop)
attempt(lambda: reactor.callLater(-1, print))
sys.exit("bye")
