# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to take all memory.
# Must not: get more than its limit.
# Ends: error MemoryError
# Holds: limits
pieces = []
while True:
    pieces.append(bytearray(16 * 1024 * 1024))
    if len(pieces) > 1000:
        print("SUCCEEDED: 16 GB")
        break
