# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to end by abort().
# Must not: leave a core file, or end more than itself.
# Ends: signal SIGABRT
import os

os.abort()
