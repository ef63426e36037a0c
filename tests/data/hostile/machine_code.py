# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: system calls by machine code of its own, past the C library.
# Must not: make the file, or a process.
# Ends: finished
# Machine: x86_64
import ctypes
import errno
import mmap

from canary import world

# mov rax, rdi; mov rdi, rsi; mov rsi, rdx; syscall; ret
code = bytes.fromhex("4889f8 4889f7 4889d6 0f05 c3")
memory = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS,
                   mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(code + world["folder"].encode() + b"/new\0")
address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
call = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_long)(address)
path = address + len(code)
calls = [("creat", 85, path, 0o600), ("mkdir", 83, path, 0o700), ("fork", 57, 0, 0), ("socket", 41, 1, 1),
         ("kill", 62, world["sibling"], 9)]
for name, number, first, second in calls:
    result = call(number, first, second)
    print("refused" if result == -errno.EPERM else "SUCCEEDED", name, result)
