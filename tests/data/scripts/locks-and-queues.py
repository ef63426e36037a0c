# DeferredLock, DeferredSemaphore and DeferredQueue.
from twisted.internet import defer, reactor
lock = defer.DeferredLock()
def work(n):
    print("work", n, lock.locked)
    d = defer.Deferred(); reactor.callLater(0.01, d.callback, n); return d
for i in range(3):
    lock.run(work, i).addCallback(lambda r: print("done", r))
sem = defer.DeferredSemaphore(2)
def w2(n):
    print("sem", n, sem.tokens)
    d = defer.Deferred(); reactor.callLater(0.5, d.callback, n); return d
ds = [sem.run(w2, i) for i in range(4)]
q = defer.DeferredQueue()
q.get().addCallback(lambda x: print("got", x))
q.put(1); q.put(2)
q.get().addCallback(lambda x: print("got", x))
q2 = defer.DeferredQueue(size=1, backlog=1)
q2.put(1)
try: q2.put(2)
except defer.QueueOverflow as e: print("overflow", e)
q2.get()
q2.get()
try: q2.get()
except defer.QueueUnderflow as e: print("underflow", e)
defer.gatherResults(ds).addCallback(lambda r: (print(r), reactor.stop()))
reactor.run()
