# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to change names, folders and properties of files.
# Must not: change anything in the tree.
# Ends: finished
import os
import stat

from canary import attempt, world

victim = world["victim"]
folder = world["folder"]
new = folder + "/new"

attempt("link", os.link, victim, new)
attempt("symlink", os.symlink, victim, new)
attempt("rename", os.rename, victim, new)
attempt("replace", os.replace, victim, folder + "/inner/file")
attempt("unlink", os.unlink, victim)
attempt("mkdir", os.mkdir, new)
attempt("makedirs", os.makedirs, new + "/a/b")
attempt("rmdir", os.rmdir, folder + "/empty")
attempt("chmod", os.chmod, victim, 0o777)
attempt("chown", os.chown, victim, os.getuid(), os.getgid())
attempt("lchown", os.lchown, victim, -1, -1)
attempt("truncate", os.truncate, victim, 0)
attempt("utime", os.utime, victim, (1, 1))
attempt("mkfifo", os.mkfifo, new)
attempt("mknod", os.mknod, new, stat.S_IFREG | 0o600)
attempt("setxattr", os.setxattr, victim, "user.mark", b"1")
attempt("removexattr", os.removexattr, victim, "user.own")

place = os.open(folder, os.O_PATH | os.O_DIRECTORY)
attempt("unlink at", os.unlink, "victim.txt", dir_fd=place)
attempt("mkdir at", os.mkdir, "new", dir_fd=place)
attempt("rename at", os.rename, "victim.txt", "new", src_dir_fd=place, dst_dir_fd=place)
attempt("chmod at", os.chmod, "victim.txt", 0o777, dir_fd=place)
attempt("utime at", os.utime, "victim.txt", (1, 1), dir_fd=place)
attempt("symlink at", os.symlink, "victim.txt", "new", dir_fd=place)
attempt("open at", os.open, "victim.txt", os.O_RDWR, dir_fd=place)
os.chdir(folder)
attempt("open from inside", open, "victim.txt", "w")
attempt("unlink from inside", os.unlink, "victim.txt")
attempt("open with both bits of the access mode", os.open, "victim.txt", 3)
attempt("chroot", os.chroot, folder)
