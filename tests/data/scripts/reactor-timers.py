from twisted.internet import reactor, defer, task, error

events = []
c = reactor.callLater(5, print, "never")
print(c.active())
c.cancel()
print(c.active())
try:
    c.cancel()
except error.AlreadyCancelled as e:
    print(repr(e), e)


def first(n, word="x"):
    print("first", n, word, early.active())
    try:
        early.cancel()
    except error.AlreadyCalled as e:
        print(repr(e), e)
    reactor.callLater(0, second)


def second():
    print("second", reactor.running)
    d = task.deferLater(reactor, 0.01, lambda a: a + 1, 1)
    d.addCallback(third)


def third(v):
    print("third", v)
    d = defer.Deferred()
    d.addTimeout(0.01, reactor)
    d.addErrback(timed_out)


def timed_out(f):
    print("timeout", f.type.__name__, f.value, f.check(defer.TimeoutError) is not None)
    d = defer.Deferred()
    d.addTimeout(0.01, reactor, onTimeoutCancel=lambda r, t: ("instead", t))
    d.addCallback(print)
    d.addCallback(lambda _: last())


def last():
    d = task.deferLater(reactor, 10)
    d.addErrback(lambda f: print("cancelled", f.type.__name__))
    d.cancel()
    moved = reactor.callLater(10, print, "moved")
    moved.reset(0.01)
    delayed = reactor.callLater(0.005, finish)
    delayed.delay(0.02)


def finish():
    print("finish")
    reactor.stop()
    try:
        reactor.stop()
    except error.ReactorNotRunning as e:
        print(repr(e))


reactor.callWhenRunning(print, "running")
early = reactor.callLater(0.01, first, 1, word="w")
for call in [lambda: reactor.stop(), lambda: reactor.callLater(-1, print), lambda: reactor.callLater(1, None), lambda: reactor.callLater(1)]:
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
print("before run", reactor.running)
reactor.run()
print("after run", reactor.running)

clock = task.Clock()
clock.callLater(1, print, "one")
clock.callLater(2, print, "two")
clock.callLater(1, lambda: clock.callLater(0.5, print, "one and a half"))
clock.advance(1)
print(clock.seconds())
clock.advance(0.4)
clock.advance(5)
d = task.deferLater(clock, 3, lambda: "later")
d.addCallback(print)
clock.pump([1, 1, 1])
d = defer.Deferred()
d.addTimeout(2, clock)
d.addErrback(lambda f: print(f.type.__name__, clock.seconds()))
clock.advance(2)
print(len(clock.getDelayedCalls()), len(reactor.getDelayedCalls()) > 0)
clock.callLater(3, print)
clock.callLater(2, print)
print([c.getTime() - clock.seconds() for c in clock.getDelayedCalls() if c.active()])
