# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to go on after its end: in atexit functions, threads and finalizers that wait.
# Must not: outlive being stopped.
# Ends: stopped
# In the lab: finished
# Holds: limits
import atexit
import threading
import time

from canary import attempt, world


def late():
    attempt("open in atexit", open, world["victim"], "w")
    time.sleep(1000)


atexit.register(late)
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
threading.Thread(target=time.sleep, args=(1000,)).start()
raise SystemExit(0)
