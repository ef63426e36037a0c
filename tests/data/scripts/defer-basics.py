from twisted.internet import defer
from twisted.internet.defer import Deferred, succeed, fail
from twisted.python.failure import Failure


def show(value, *args, **kwargs):
    print("show", value, args, kwargs)
    return value


def boom(value):
    raise ValueError(f"boom {value}")


def err(failure, *args):
    print("err", failure.type.__name__, failure.value, failure.getErrorMessage(), args)
    return "recovered"


d = Deferred()
print(d.called, d.paused, hasattr(d, "result"))
r = d.addCallback(show, 1, two=2)
print(r is d)
d.addCallback(boom).addCallback(show).addErrback(err, "extra").addBoth(show, "both")
d.callback("start")
print(d.called, d.result)
try:
    d.callback("again")
except defer.AlreadyCalledError as e:
    print("already", repr(e))
try:
    d.errback(ValueError("x"))
except defer.AlreadyCalledError as e:
    print("already", type(e).__name__)
d.addCallback(lambda v: print("late", v))

d = Deferred()
d.addCallbacks(show, err, callbackArgs=("a",), callbackKeywords={"k": 1}, errbackArgs=("e",))
d.errback(KeyError("k"))
print(d.result)
d = fail(ValueError("f"))
d.addCallbacks(show, err, errbackArgs=("e",))
succeed(None).addCallback(print)
d = Deferred()
d.addErrback(lambda f: print(f.check(ValueError, KeyError), f.check(TypeError)))
try:
    {}["x"]
except KeyError:
    d.errback()
try:
    Deferred().errback()
except Exception as e:
    print(type(e).__name__)

d = fail(TypeError("t"))


def trap(f):
    print(f.trap(ValueError, TypeError))
    f.trap(ValueError)


d.addErrback(trap)
d.addErrback(lambda f: print("still", f.value))
d = fail(ValueError("no frames"))
d.addErrback(lambda f: print(f, repr(f), str(f)))
f = Failure(ValueError("direct"))
print(f.type, f.value, f.getErrorMessage(), repr(f.value))
print(f.getTraceback())
print(isinstance(f, Failure), isinstance(d, Deferred), isinstance(5, Deferred), type(d) is Deferred, type(d).__name__)
try:
    f.raiseException()
except ValueError as e:
    print("raised", e)

# pause and unpause
d = Deferred()
d.pause()
d.addCallback(lambda v: print("unpaused", v))
d.callback(5)
print("paused", d.paused)
d.unpause()

# an inner Deferred
inner = Deferred()
outer = succeed(1)
outer.addCallback(lambda v: inner)
outer.addCallback(lambda v: print("outer got", v))
print("waiting", outer.paused)
inner.callback("from inner")
print(inner.result, outer.result)
outer = succeed(2).addCallback(lambda v: succeed(v + 1)).addCallback(print)

# cancel
d = Deferred()
d.addErrback(lambda f: print("cancelled", f.type.__name__))
d.cancel()
d.callback("swallowed")
try:
    d.callback("not swallowed")
except defer.AlreadyCalledError:
    print("second one raises")
d = Deferred(lambda d: print("canceller") or d.callback("by the canceller"))
d.addBoth(print)
d.cancel()
d = Deferred(lambda d: print("only looks"))
d.addErrback(lambda f: f.trap(defer.CancelledError))
d.addCallback(lambda t: print(t.__name__))
d.cancel()

# chainDeferred
a, b = Deferred(), Deferred()
b.addCallback(lambda v: print("b", v))
a.chainDeferred(b)
a.addCallback(lambda v: print("a", v))
a.callback("chained")

print(defer.SUCCESS, defer.FAILURE, defer.getDebugging(), defer.passthru(5))
d = defer.maybeDeferred(lambda x: x * 2, 21).addCallback(print)
defer.maybeDeferred(boom, 1).addErrback(lambda f: print(f.value))
defer.maybeDeferred(lambda: succeed("inner")).addCallback(print)
defer.execute(lambda x: x + 1, 1).addCallback(print)
defer.execute(boom, 2).addErrback(lambda f: print(f.value))


class Custom(Exception):
    pass


fail(Custom("mine")).addErrback(lambda f: print(f.check(Custom) is Custom, f.trap(Custom).__name__, f.getErrorMessage()))
