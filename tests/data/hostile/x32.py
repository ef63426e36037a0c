# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: the numbers of the x32 door, which some filters forget.
# Must not: make the file.
# Ends: signal SIGSYS
# Machine: x86_64
from canary import raw, world

print("SUCCEEDED:", raw(0x40000000 + 85, world["folder"].encode() + b"/new\0", 0o600))
