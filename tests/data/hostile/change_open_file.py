# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to change a file by a descriptor that it has for reading: its input.
# Must not: change the file.
# Ends: finished
# Machine: x86_64
import fcntl
import os

from canary import attempt, raw, world

assert os.read(0, 5) == b"input"
attempt("fchmod", os.fchmod, 0, 0o777)
attempt("fchown", os.fchown, 0, os.getuid(), os.getgid())
attempt("futimens", os.utime, 0, (1, 1))
attempt("fsetxattr", os.setxattr, 0, "user.mark", b"1")
attempt("ftruncate", os.ftruncate, 0, 0)
attempt("posix_fallocate", os.posix_fallocate, 0, 0, 100)
attempt("pwrite", os.pwrite, 0, b"changed", 0)
attempt("open again by /proc", open, "/proc/self/fd/0", "w")
attempt("open again by /dev", open, "/dev/stdin", "r+")
attempt("link by /proc", os.link, "/proc/self/fd/0", world["folder"] + "/new", follow_symlinks=True)
attempt("chmod by /proc", os.chmod, "/proc/self/fd/0", 0o777)
attempt("truncate by /proc", os.truncate, "/proc/self/fd/0", 0)
attempt("lock", fcntl.flock, 0, fcntl.LOCK_EX)
attempt("lock a range", fcntl.lockf, 0, fcntl.LOCK_SH)
attempt("lease", fcntl.fcntl, 0, fcntl.F_SETLEASE, fcntl.F_RDLCK)
attempt("fsync", os.fsync, 0)
attempt("flags of the file system", raw, 16, 0, 0x40086602, (0x20).to_bytes(8, "little"))
attempt("copy_file_range", os.copy_file_range, 0, 1, 5)
attempt("splice", os.splice, 0, 1, 5)
attempt("sendfile", os.sendfile, 1, 0, 0, 5)
