# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to do nothing, for ever, and not to be woken.
# Must not: stay when it is stopped from outside.
# Ends: stopped
# In the lab: finished
# Holds: limits
import signal
import threading

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
threading.Event().wait()
