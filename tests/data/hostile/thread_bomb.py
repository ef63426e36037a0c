# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to start threads without end.
# Must not: take more of the machine than its limits allow.
# Ends: any
# Holds: limits
import _thread
import os

_thread.stack_size(64 * 1024)
lock = _thread.allocate_lock()
lock.acquire()
count = 0
try:
    while count < 30000:
        _thread.start_new_thread(lock.acquire, ())
        count += 1
    print("SUCCEEDED: 30,000 threads", flush=True)
except (RuntimeError, MemoryError) as error:
    is_limited = count < 5000 or os.getuid() == 0  # root's are not, except by memory
    print("refused" if is_limited else "SUCCEEDED", f"after {count} threads: {error}", flush=True)
os._exit(0)  # they wait for ever
