# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to change names and folders.
# Must not: change anything in the tree.
# Ends: finished
# Holds: either
# Landlock: 3
import os
import stat

from canary import attempt, world

victim = world["victim"]
folder = world["folder"]
new = folder + "/new"

attempt("link", os.link, victim, new)
attempt("symlink", os.symlink, victim, new)
attempt("rename", os.rename, victim, new)
attempt("replace", os.replace, victim, folder + "/inner/file", refusal=OSError)
attempt("move the folder", os.rename, folder + "/inner", folder + "/empty", refusal=OSError)
attempt("unlink", os.unlink, victim)
attempt("mkdir", os.mkdir, new)
attempt("makedirs", os.makedirs, new + "/a/b")
attempt("rmdir", os.rmdir, folder + "/empty")
attempt("truncate", os.truncate, victim, 0)
attempt("mkfifo", os.mkfifo, new)
attempt("mknod", os.mknod, new, stat.S_IFREG | 0o600)

place = os.open(folder, os.O_PATH | os.O_DIRECTORY)
attempt("unlink at", os.unlink, "victim.txt", dir_fd=place)
attempt("mkdir at", os.mkdir, "new", dir_fd=place)
attempt("rename at", os.rename, "victim.txt", "new", src_dir_fd=place, dst_dir_fd=place)
attempt("symlink at", os.symlink, "victim.txt", "new", dir_fd=place)
attempt("open at", os.open, "victim.txt", os.O_RDWR, dir_fd=place)
os.chdir(folder)
attempt("open from inside", open, "victim.txt", "w")
attempt("unlink from inside", os.unlink, "victim.txt")
