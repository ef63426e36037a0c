# An error in a call that was scheduled, and one in a callback that nobody handles.
from twisted.internet import defer, reactor


def fails():
    raise ValueError("timer")


reactor.callLater(0, fails)
d = defer.Deferred()
d.addCallback(lambda _: 1 / 0)
reactor.callLater(0.05, d.callback, 1)
reactor.callLater(0.1, reactor.stop)
reactor.run()
