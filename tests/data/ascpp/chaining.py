# A callback may itself return a Deferred. Then the chain waits for that Deferred:
# the next callback gets what it fires with, not the Deferred itself.

from twisted.internet import defer, reactor


def cb1(v):
    print("in callback 1 with value=", v)
    d = defer.Deferred()
    reactor.callLater(1.0, d.callback,
                      "modified")
    return d  # from here on `delayed` waits for `d`


def cb2(v):
    print("in callback 2 with value=", v)
    reactor.stop()


delayed = defer.Deferred()
delayed.addCallback(cb1)
delayed.addCallback(cb2)
reactor.callLater(2.0, delayed.callback,
                  'val')
reactor.run()
