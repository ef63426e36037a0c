# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to queue so many signals that others of the person get none.
# Must not: queue more than its limit.
# Ends: finished
# In the lab: signal SIGRTMIN
# Holds: limits
import ctypes
import os
import signal

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
libc = ctypes.CDLL(None)
count = 0
while libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), 0) == 0 and count < 90000:
    count += 1
print("refused" if count < 5000 else "SUCCEEDED", count)
