# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to end without a word.
# Must not: look like a run that ended well to who cares.
# Ends: exit 7
# Holds: limits
import os

print("gone", flush=True)
os._exit(7)
