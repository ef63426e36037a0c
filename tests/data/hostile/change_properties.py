# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to change properties of files.
# Must not: change any.
# Ends: finished
import os

from canary import attempt, world

victim = world["victim"]

attempt("chmod", os.chmod, victim, 0o777)
attempt("chown", os.chown, victim, os.getuid(), os.getgid())
attempt("lchown", os.lchown, victim, -1, -1)
attempt("utime", os.utime, victim, (1, 1))
attempt("setxattr", os.setxattr, victim, "user.mark", b"1")
attempt("removexattr", os.removexattr, victim, "user.own")

place = os.open(world["folder"], os.O_PATH | os.O_DIRECTORY)
attempt("chmod at", os.chmod, "victim.txt", 0o777, dir_fd=place)
attempt("utime at", os.utime, "victim.txt", (1, 1), dir_fd=place)
attempt("open with both bits of the access mode", os.open, victim, 3)
