# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to stop itself, so that nobody gets an answer.
# Must not: stay when it is stopped from outside.
# Ends: stopped
# Holds: limits
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
