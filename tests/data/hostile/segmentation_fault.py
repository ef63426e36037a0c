# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to read where nothing is.
# Must not: leave a core file, or end more than itself.
# Ends: signal SIGSEGV
import ctypes

ctypes.string_at(8)
