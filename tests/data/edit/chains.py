# Chains of calls as people write them: the outline finds each call where Python says it is.
from twisted.internet import defer, reactor
from twisted.internet.defer import Deferred as D, succeed

d = defer.Deferred()
é = D(); d.addCallback(print).addErrback(print); e = succeed((1))
(d.addCallback(print)
 .addErrback(
     print,
 ).addBoth(lambda result: (
     result))
)
d \
    .addCallback(print) \
    .addErrback(print)
"😀"; f = succeed("😀").addCallback(str.upper); g = (defer.succeed(2))
many = [defer.succeed(i).addBoth(print) for i in range(3)]
both = defer.gatherResults([succeed(1).addCallback(print), succeed(2)], consumeErrors=True)
reactor.callLater(1, d.callback,
                  (yield_ := 1))


def function(value=succeed(None)):
    with open(value) as file:
        try:
            return defer.maybeDeferred(print, *file).addCallbacks(print, print)
        finally:
            d.errback(ValueError(f"{value!r}"))


@defer.inlineCallbacks
def generator():
    yield succeed(1).addCallback(
        lambda one: succeed(one).addCallback(print))
    match (yield):
        case 1:
            d.callback(1) if d else d.errback(
                KeyError())


async def coroutine(): await (succeed(1)
                              .addTimeout(1, reactor)); await succeed(2)
