# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to leave shared memory, message queues and semaphores behind.
# Must not: make any.
# Ends: finished
# Machine: x86_64
import ctypes
import os
from multiprocessing import Lock, shared_memory

from canary import attempt, raw, world

name = world["token"]
libc = ctypes.CDLL(None, use_errno=True)


def of_libc(function, *arguments):
    if function(*arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


attempt("/dev/shm", open, f"/dev/shm/{name}", "wb")
attempt("SharedMemory", shared_memory.SharedMemory, name, create=True, size=100)
attempt("Lock", Lock)
attempt("shm_open", of_libc, libc.shm_open, b"/" + name.encode(), os.O_RDWR | os.O_CREAT, 0o600)
attempt("mq_open", raw, 240, name.encode() + b"\0", os.O_RDWR | os.O_CREAT, 0o600, None)
attempt("shmget", raw, 29, 4711, 4096, 0o1600)
attempt("semget", raw, 64, 4711, 1, 0o1600)
attempt("msgget", raw, 68, 4711, 0o1600)
attempt("memfd_create", os.memfd_create, name)
