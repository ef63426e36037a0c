# inlineCallbacks, coroutines and their cancellation.
from twisted.internet import defer, reactor


def later(value, seconds=1.0):
    d = defer.Deferred()
    reactor.callLater(seconds, d.callback, value)
    return d


def failing(seconds=1.0):
    d = defer.Deferred()
    reactor.callLater(seconds, d.errback, ValueError("late"))
    return d


@defer.inlineCallbacks
def fetch(name):
    print("fetching", name)
    first = yield later(name + "!")
    print("first", first)
    plain = yield "plain"
    ready = yield defer.succeed("ready")
    print(plain, ready)
    try:
        yield failing()
    except ValueError as e:
        print("caught", e)
    return first, ready


@defer.inlineCallbacks
def nested():
    result = yield fetch("nested")
    print("nested got", result)
    defer.returnValue(len(result))


async def double(d):
    value = await d
    return value * 2


async def chain():
    print("coroutine")
    print(await double(later(21, 0.5)))
    print(await defer.succeed("at once"))
    d = later("twice", 0.5)
    print(await d, await d)
    try:
        await failing(0.5)
    except ValueError as e:
        print("await raised", e)
    raise KeyError("end")


@defer.inlineCallbacks
def raises():
    yield later(None, 0.1)
    raise RuntimeError("in a generator")


@defer.inlineCallbacks
def forever():
    try:
        yield defer.Deferred(lambda d: print("cancelling"))
    except defer.CancelledError:
        print("cancelled inside")
        return "clean"


@defer.inlineCallbacks
def slow_to_cancel():
    try:
        yield defer.Deferred()
    except defer.CancelledError:
        yield later("tidy", 0.2)
        print("tidied")
        raise


def show(result, name):
    print(name, result.type.__name__ + ": " + str(result.value) if hasattr(result, "trap") else result)


fetch("a").addBoth(show, "fetch")
nested().addBoth(show, "nested")
raises().addBoth(show, "raises")
defer.ensureDeferred(chain()).addBoth(show, "chain")
defer.Deferred.fromCoroutine(double(defer.succeed(4))).addBoth(show, "fromCoroutine")
d = forever()
d.addBoth(show, "forever")
d.cancel()
d = slow_to_cancel()
d.addBoth(show, "slow")
print(d.called, d.paused)
d.cancel()
print(d.called, d.paused)
try:
    defer.ensureDeferred(7)
except TypeError as e:
    print(type(e).__name__, e)
shared = later("shared", 0.3)


@defer.inlineCallbacks
def reader(n):
    print("reader", n, (yield shared))


reader(1)
reader(2)


@defer.inlineCallbacks
def with_finally():
    try:
        yield later(1, 0.1)
    finally:
        yield later(2, 0.1)
        print("finally ran")


with_finally().addBoth(show, "finally")


async def bad():
    try:
        await 3
    except TypeError as e:
        print(e)
    for i in range(3):
        value = await later(i, 0.05)
        print("loop", value)
    return [await later("in list", 0.01)]


defer.ensureDeferred(bad()).addBoth(show, "bad")
print(fetch.__name__)
reactor.callLater(6, reactor.stop)
reactor.run()
