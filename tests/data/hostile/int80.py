# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: the door for 32-bit programs, by machine code: a creat() that the filter does not know there.
# Must not: make the file.
# Ends: signal SIGSYS
# Machine: x86_64
import ctypes
import mmap

from canary import world

# mov eax, 8 (creat); mov ebx, edi; mov ecx, 0o600; int 0x80; ret
code = bytes.fromhex("b808000000 89fb b980010000 cd80 c3")
memory = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40,  # in the lower 2 GB
                   mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(code + world["folder"].encode() + b"/new\0")
address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
creat = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(address)
print("SUCCEEDED:", creat(address + len(code)))
