# Callbacks that sleep or wait for the clock in a loop, loops without a delay, and a reactor that is turned by hand.
import time

from twisted.internet import reactor, task

started = time.time()


def say(word):
    print(word, round(time.time() - started, 1))


def sleep():
    time.sleep(0.3)
    say("slept until")


def spin():
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        pass
    say("spun until")


turns = 0


def turn():
    global turns
    turns += 1


reactor.callLater(0.1, sleep)
reactor.callLater(0.2, say, "wanted to come at 0.2:")
reactor.callLater(0.6, spin)
reactor.callLater(0.7, say, "wanted to come at 0.7:")
fired = task.deferLater(reactor, 1.2, say, "turned by hand until")
while not fired.called:
    reactor.iterate(0.01)
loop = task.LoopingCall(turn)
loop.start(0)
reactor.callLater(0.05, say, "after other turns,")
reactor.callLater(0.1, reactor.stop)
reactor.run()
print(turns > 10)
