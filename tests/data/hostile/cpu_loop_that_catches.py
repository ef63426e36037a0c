# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to compute for ever and to ignore the signal that says it is over.
# Must not: go on for more than a second after that.
# Ends: budget
# In the lab: stopped
# Holds: limits
import signal

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
