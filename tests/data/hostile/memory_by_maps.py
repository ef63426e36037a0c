# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to take all memory without Python knowing.
# Must not: get more than its limit.
# Ends: finished
# Holds: limits
import mmap

maps = []
try:
    for _ in range(1000):
        maps.append(mmap.mmap(-1, 16 * 1024 * 1024))
    print("SUCCEEDED: 16 GB")
except OSError as error:
    print("refused:", error)
