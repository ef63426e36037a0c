# Threads that sleep, wait for each other, for the reactor, and for time.
import concurrent.futures
import queue
import threading
import time

from twisted.internet import defer, reactor, threads


def sleeps(tenths):
    time.sleep(tenths / 10)
    print("slept", tenths)
    return tenths


several = [threading.Thread(target=sleeps, args=(n,)) for n in (3, 1, 2)]
for thread in several:
    thread.start()
for thread in several:
    thread.join()

things = queue.Queue()


def consume():
    while (thing := things.get()) is not None:
        print("got", thing)


consumer = threading.Thread(target=consume)
consumer.start()
for n in range(3):
    things.put(n)
things.put(None)
consumer.join()

with concurrent.futures.ThreadPoolExecutor(3) as executor:
    print(list(executor.map(sleeps, [2, 1, 3])))

opened = threading.Event()


def waits_for_event():
    print("waiting", opened.wait(2))
    return "done"


def later():
    d = defer.Deferred()
    reactor.callLater(0.2, d.callback, "later")
    return d


def waits_for_reactor():
    print("blocking call gave", threads.blockingCallFromThread(reactor, later))
    return threading.current_thread() is threading.main_thread()


def fails():
    raise ValueError("in a thread")


first = threads.deferToThread(waits_for_event).addCallback(print)
second = threads.deferToThread(waits_for_reactor).addCallback(lambda r: print("second", r))
third = threads.deferToThread(fails).addErrback(lambda f: print(f.getErrorMessage()))
reactor.callLater(0.5, opened.set)
defer.gatherResults([first, second, third]).addCallback(lambda _: reactor.stop())
threading.Timer(0.1, print, ["a timer's thread"]).start()
reactor.run()

again = threading.RLock()
with again, again:
    print("twice")
taken = threading.Lock()
print(taken.acquire(timeout=0.1), taken.acquire(timeout=0.1), taken)
try:
    queue.Queue().get(timeout=0.2)
except queue.Empty:
    print("empty")


def dies():
    return 1 / 0


thread = threading.Thread(target=dies, name="mortal")
thread.start()
thread.join()

barrier = threading.Barrier(2)
thread = threading.Thread(target=lambda: print("at the barrier", barrier.wait() in (0, 1)))
thread.start()
barrier.wait()
thread.join()

threading.Thread(target=lambda: (time.sleep(0.1), print("after the end of the main thread"))).start()
threading.Thread(target=lambda: (time.sleep(5), print("never")), daemon=True).start()
print("end")
