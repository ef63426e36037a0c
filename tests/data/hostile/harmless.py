# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: nothing bad: it computes, waits, imports, starts threads, and talks to itself.
# Must not: be hindered.
# Ends: finished
import asyncio
import concurrent.futures
import ctypes
import decimal
import hashlib
import mimetypes
import multiprocessing.pool
import os
import queue
import random
import signal
import socket
import sqlite3
import ssl
import sys
import threading
import time
import uuid
import zoneinfo

from twisted.internet import defer, epollreactor, task, threads
from twisted.trial import unittest
from twisted.web import client, static

found = queue.Queue()
workers = [threading.Thread(target=found.put, args=(number,)) for number in range(50)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
assert sorted(found.get() for _ in workers) == list(range(50))
gate = threading.Event()
workers = [threading.Thread(target=gate.wait) for _ in range(20)]
for worker in workers:
    worker.start()
assert len(bytearray(150_000_000)) == 150_000_000  # threads that wait leave memory for others
gate.set()
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    assert list(pool.map(str, range(100))) == [str(number) for number in range(100)]
assert asyncio.run(asyncio.sleep(0.001, 5)) == 5
assert sqlite3.connect(":memory:").execute("select 1").fetchall() == [(1,)]
assert str(zoneinfo.ZoneInfo("Europe/Berlin")) == "Europe/Berlin"
assert mimetypes.guess_type("a.png")[0] == "image/png"
assert ctypes.CDLL(None).getpid() == os.getpid()
assert ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 7)() == 7
assert hashlib.sha256(random.randbytes(5)).digest_size == 32
assert decimal.Decimal(1) / 3 and uuid.uuid4() and ssl.create_default_context()
assert os.cpu_count() and time.sleep(0.001) is None

here, there = socket.socketpair()
here.sendall(b"hello")
assert there.recv(10) == b"hello"
reading, writing = os.pipe()
os.set_blocking(reading, False)
os.write(writing, b"x")
assert os.read(reading, 10) == b"x"
signal.signal(signal.SIGALRM, lambda number, frame: found.put(number))
signal.setitimer(signal.ITIMER_REAL, 0.001)
assert found.get(timeout=10) == signal.SIGALRM

clock = task.Clock()
d = task.deferLater(clock, 5, lambda: 7)
clock.advance(5)
assert unittest.SynchronousTestCase().successResultOf(d) == 7
reactor = epollreactor.EPollReactor()
reactor.callLater(0, lambda: threads.deferToThreadPool(reactor, reactor.getThreadPool(), len, "four").addCallback(
    lambda length: (found.put(length), reactor.stop())))
reactor.run()
assert found.get() == 4
with open(os.__file__, encoding="utf-8") as file:
    assert "environ" in file.read()
assert os.environ["HOME"] == "/nonexistent" and os.path.exists(sys.executable)
