from twisted.internet import defer, reactor, task

clock = task.Clock()
count = []


def tick(word, end="!"):
    count.append(clock.seconds())
    print(word, clock.seconds(), end=end + "\n")
    if len(count) == 4:
        loop.stop()


loop = task.LoopingCall(tick, "tick", end="?")
loop.clock = clock
d = loop.start(1)
print("running", loop.running, loop.interval)
d.addCallback(lambda l: print("stopped", l is loop, l.running))
clock.advance(1)
clock.advance(2.5)  # missed ticks are left out
clock.advance(0.5)
clock.advance(5)
print(count)

failing = task.LoopingCall(lambda: 1 / 0)
failing.clock = clock
failing.start(1).addErrback(lambda f: print(f.type.__name__, failing.running))

slow = []
waiting = task.LoopingCall(lambda: slow.append(defer.Deferred()) or slow[-1])
waiting.clock = clock
finished = waiting.start(1, now=False)
finished.addCallback(lambda _: print("waiting stopped"))
print(len(slow))
clock.advance(1)
clock.advance(10)
print(len(slow), "still the first one")
slow[0].callback(None)
clock.advance(1)
print(len(slow))
waiting.stop()
print(waiting.running)
slow[1].callback(None)
for call in [waiting.stop, lambda: loop.start(-1)]:
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)

n = []
real = task.LoopingCall(lambda: (n.append(1), print("real", len(n)), real.stop() if len(n) == 3 else None))
real.start(0.01).addCallback(lambda _: reactor.stop())
reactor.run()
