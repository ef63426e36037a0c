# A cache answers at once when it knows the answer, and later when it must fetch it.
# How does the caller write one piece of code for both?

from twisted.internet import defer, reactor

cache = {"parrot": "ex"}


def fetch(key):
    d = defer.Deferred()
    reactor.callLater(0.5, d.callback, key.upper())
    return d


def store(answer, key):
    cache[key] = answer
    return answer


# The clumsy way: sometimes a value, sometimes a Deferred. Every caller has to check.
def sometimes(key):
    if key in cache:
        return cache[key]
    return fetch(key).addCallback(store, key)


def report(answer, key):
    print(key, "is", answer)


for key in ["parrot", "spam"]:
    ret = sometimes(key)
    if isinstance(ret, defer.Deferred):
        ret.addCallback(report, key)
    else:
        report(ret, key)


# The good way: always a Deferred. succeed() wraps what is there already.
def always(key):
    if key in cache:
        return defer.succeed(cache[key])
    return fetch(key).addCallback(store, key)


first = always("parrot").addCallback(report, "parrot")
second = always("eggs").addCallback(report, "eggs")

# And maybeDeferred() makes a Deferred of whatever somebody else's function returns.
third = defer.maybeDeferred(sometimes, "ham").addCallback(report, "ham")

everything = defer.gatherResults([first, second, third])
everything.addCallback(lambda _: reactor.stop())
reactor.run()
