# Twisted's log holds the observer, which holds the module: nothing of it goes at the end.
from twisted.internet import defer
from twisted.python import log


def observe(event):
    print("observed", event.get("isError"))


log.addObserver(observe)
d = defer.fail(ValueError("kept"))
