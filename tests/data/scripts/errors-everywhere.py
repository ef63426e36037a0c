from twisted.internet import defer, reactor


def attempt(call):
    try:
        print(call())
    except Exception as problem:
        print(type(problem).__name__ + ":", problem)


attempt(lambda: defer.succeed())
attempt(lambda: defer.Deferred(1, 2))
attempt(lambda: defer.Deferred().addCallback())
attempt(lambda: defer.Deferred().callback())
attempt(lambda: defer.Deferred().callback(1, 2))
attempt(lambda: defer.Deferred().foo)
attempt(lambda: defer.Deferred().result)
attempt(lambda: defer.Deferred().addTimeout(1))
attempt(lambda: defer.DeferredList([1]))
attempt(lambda: defer.maybeDeferred())
attempt(lambda: defer.fail())
attempt(lambda: reactor.callLater())
attempt(lambda: getattr(reactor, "foo"))
attempt(lambda: getattr(defer, "foo"))


def f():
    raise ValueError("inside")


d = defer.Deferred()
d.addCallback(lambda v: f())
d.addErrback(lambda e: 1 / 0)
d.addErrback(lambda e: e.value.foo)
d.addErrback(lambda e: (print(e.type.__name__, e.value), undefined))
d.addErrback(lambda e: print(e.type.__name__, e.value))
d.callback(None)


def deep(n):
    d = defer.Deferred()
    d.addCallback(lambda v: deep(n - 1) if n else "bottom")
    d.callback(None)
    return d


deep(50).addCallback(print)


def endless(v):
    d = defer.Deferred()
    d.addCallback(endless)
    d.callback(None)
    return d


endless(None).addErrback(lambda f: print(f.type.__name__))


def timed():
    raise RuntimeError("goes to stderr")


reactor.callLater(0.01, timed)
reactor.callLater(0.02, print, "the loop goes on")
reactor.callLater(0.03, reactor.stop)
reactor.run()
