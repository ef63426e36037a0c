# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to have open files without end.
# Must not: have more than its limit.
# Ends: finished
# Holds: limits
import os

count = 0
try:
    while count < 100000:
        os.pipe()
        count += 1
    print("SUCCEEDED: 200,000 descriptors")
except OSError as error:
    print("refused" if count < 1000 else "SUCCEEDED", f"after {count} pipes: {error}")
