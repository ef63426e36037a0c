"""Failures, pairs, lists, loops and own exceptions."""
from twisted.internet import defer, reactor


class Broken(ValueError):
    pass


def check(value, limit):
    if value > limit:
        raise Broken(f"{value} is more than {limit}")
    return value + 1


def tell(failure, where):
    failure.trap(Broken, IndexError)
    print("errback in", where, "got", failure.type.__name__, failure.getErrorMessage())
    return -1


def launch(start, limit=5):
    d = defer.Deferred()
    d.addCallback(check, limit)
    d.addErrback(tell, "launch")
    d.addCallback(lambda v: v * 2)
    reactor.callLater(0.01 * start, d.callback, start)
    return d


def show(results):
    for success, value in results:
        print("success" if success else "failure", value)
    try:
        check(9, 1)
    except Broken:
        print("caught")


everything = defer.DeferredList([launch(1), launch(7), launch(3, 2)])
everything.addCallback(show)


def finish(_):
    late = defer.Deferred()

    def fire(text):
        print("fire with", repr(text))
        late.callback(text)

    reactor.callLater(0.01, fire, 'a "quoted" text')
    return late


everything.addCallback(finish)
everything.addBoth(print, "was the end")
everything.addCallbacks(lambda nothing: defer.fail(IndexError("k")), lambda f: f)
everything.addErrback(tell, "the end")

slow = defer.Deferred()
slow.addTimeout(0.1, reactor)
slow.addErrback(lambda f: print("too slow:", f.type.__name__))
slow.addBoth(lambda _: reactor.stop())

given = defer.maybeDeferred(check, 1, 2)
given.addCallback(print)
both = defer.gatherResults([defer.succeed("x"), defer.succeed(2.5)])
both.addCallback(print)
total = 0
for part in [1, 2, 3]:
    total += part
print("total", total, 10 - total, "=" * 5, "no" if total == 5 else "yes")


def stopped(d):
    print("the canceller runs, called:", d.called)


asked = defer.Deferred(stopped)
asked.addErrback(lambda f: print("cancelled:", f.type.__name__))
asked.cancel()
first = defer.Deferred()
second = defer.Deferred()
first.chainDeferred(second)
second.addCallback(print, "through the chain")
first.pause()
first.callback("held")
print("not yet")
first.unpause()
reactor.run()
print("after the reactor")
