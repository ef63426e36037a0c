# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to start threads without end.
# Must not: take more of the machine than its limits allow.
# Ends: finished
import threading

threading.stack_size(64 * 1024)
over = threading.Event()
threads = []
try:
    while len(threads) < 30000:
        threads.append(threading.Thread(target=over.wait, daemon=True))
        threads[-1].start()
    print("SUCCEEDED: 30,000 threads")
except (RuntimeError, MemoryError) as error:
    print(f"refused after {len(threads)} threads: {error}")
over.set()
