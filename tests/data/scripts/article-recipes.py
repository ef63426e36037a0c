# Chains as teaching texts write them.
from twisted.internet import defer, reactor


class Getter:
    def gotResults(self, x):
        """The Deferred fires with twice the input, or with an error."""
        if self.d is None:
            print("Nowhere to put results")
            return
        d = self.d
        self.d = None
        if x % 2 == 0:
            d.callback(x * 3)
        else:
            d.errback(ValueError("You used an odd number!"))

    def _toHTML(self, r):
        return "Result: %s" % r

    def getDummyData(self, x):
        self.d = defer.Deferred()
        reactor.callLater(0.01, self.gotResults, x)
        self.d.addCallback(self._toHTML)
        return self.d


def cbPrintData(result):
    print(result)


def ebPrintError(failure):
    print("error:", failure.getErrorMessage())


for number in [3, 4]:
    g = Getter()
    d = g.getDummyData(number)
    d.addCallback(cbPrintData)
    d.addErrback(ebPrintError)


class TooBig(Exception):
    def __init__(self, size, limit):
        Exception.__init__(self, size, limit)
        self.size, self.limit = size, limit

    def __str__(self):
        return "%d is more than %d" % (self.size, self.limit)


def check(size, limit=10):
    if size > limit:
        raise TooBig(size, limit)
    return size


def handle(failure):
    failure.trap(TooBig)
    e = failure.value
    print(f"handled: {e} ({e.size=}, {e.limit=})")
    return e.limit


def log(result, label):
    print(label, result)
    return result


def later(value, seconds=0.01):
    d = defer.Deferred()
    reactor.callLater(seconds, d.callback, value)
    return d


steps = []
for size in (5, 50):
    steps.append(
        later(size)
        .addCallback(check)
        .addErrback(handle)
        .addCallback(log, f"size {size}:")
        .addCallback(later)
        .addBoth(log, "finally")
    )


def retry(function, attempts):
    def again(failure):
        print("attempt failed:", failure.getErrorMessage())
        if attempts == 1:
            return failure
        return retry(function, attempts - 1)
    return defer.maybeDeferred(function).addErrback(again)


tries = iter([0, 0, 1])


def unreliable():
    if not next(tries):
        raise IOErrorLike("try again")
    return later("worked")


class IOErrorLike(Exception):
    pass


steps.append(retry(unreliable, 5).addCallback(log, "retry:"))


def finish(results):
    for success, value in results:
        print(success, value)
    nested = defer.gatherResults([defer.gatherResults([later(1), later(2)]), later(3)])
    nested.addCallback(print)
    nested.addCallback(lambda _: reactor.stop())
    return nested


defer.DeferredList(steps).addCallback(finish)
reactor.run()
