# Calls in threads, one after the other, and what runs at the end.
from twisted.internet import reactor, threads


def slow(x):
    return x * 2


def bad():
    raise ValueError("bad")


def in_thread(d):
    print("called from", "a thread")
    reactor.callFromThread(print, "from thread")


d = threads.deferToThread(slow, 21)
d.addCallback(lambda r: print("thread", r))
d.addCallback(lambda _: threads.deferToThread(bad))
d.addErrback(lambda f: print("err", f.getErrorMessage()))
d.addCallback(lambda _: reactor.callInThread(in_thread, None))
reactor.callWhenRunning(print, "running")
reactor.addSystemEventTrigger("before", "shutdown", print, "before shutdown")
reactor.addSystemEventTrigger("after", "shutdown", print, "after shutdown")
reactor.addSystemEventTrigger("during", "shutdown", print, "during shutdown")
reactor.callLater(0.5, reactor.stop)
reactor.run()
print("left")
