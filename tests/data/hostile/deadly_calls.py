# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: calls that nothing but an attack makes.
# Must not: return.
# Ends: signal SIGSYS
# Machine: x86_64
# Variants: acct, add_key, bpf, delete_module, fanotify_init, finit_module, fsconfig, fsmount, fsopen
# Variants: fspick, init_module, io_uring_enter, io_uring_register, io_uring_setup, ioperm, iopl, kcmp
# Variants: kexec_file_load, kexec_load, keyctl, mount, mount_setattr, move_mount, open_by_handle_at
# Variants: open_tree, perf_event_open, pidfd_getfd, pivot_root, process_vm_readv, process_vm_writev
# Variants: ptrace attach, ptrace seize, ptrace traceme, quotactl, reboot, request_key, setns, swapon
# Variants: swapoff, umount2, unshare, userfaultfd
import os

from canary import raw, world

sibling = world["sibling"]
calls = {
    "acct": (163, None),
    "add_key": (248, b"user\0", b"name\0", b"x", 1, -3),
    "bpf": (321, 0, bytes(128), 128),
    "delete_module": (176, b"dummy\0", 0),
    "fanotify_init": (300, 0, 0),
    "finit_module": (313, 0, b"\0", 0),
    "fsconfig": (431, 0, 0, None, None, 0),
    "fsmount": (432, 0, 0, 0),
    "fsopen": (430, b"tmpfs\0", 0),
    "fspick": (433, -100, b"/\0", 0),
    "init_module": (175, b"", 0, b"\0"),
    "io_uring_enter": (426, 0, 0, 0, 0, 0, 0),
    "io_uring_register": (427, 0, 0, 0, 0),
    "io_uring_setup": (425, 8, bytearray(120)),
    "ioperm": (173, 0x80, 1, 1),
    "iopl": (172, 3),
    "kcmp": (312, os.getpid(), sibling, 0, 0, 0),
    "kexec_file_load": (320, 0, 0, 0, b"\0", 0),
    "kexec_load": (246, 0, 0, 0, 0),
    "keyctl": (250, 0, -3, 0),
    "mount": (165, b"none\0", world["folder"].encode() + b"\0", b"tmpfs\0", 0, None),
    "mount_setattr": (442, -100, b"/\0", 0, bytes(32), 32),
    "move_mount": (429, -100, b"/\0", -100, b"/\0", 0),
    "open_by_handle_at": (304, -100, bytes(64), 0),
    "open_tree": (428, -100, b"/\0", 1),
    "perf_event_open": (298, bytes(128), 0, -1, -1, 0),
    "pidfd_getfd": (438, 0, 0, 0),
    "pivot_root": (155, b".\0", b".\0"),
    "process_vm_readv": (310, sibling, None, 0, None, 0, 0),
    "process_vm_writev": (311, sibling, None, 0, None, 0, 0),
    "ptrace attach": (101, 16, sibling, 0, 0),
    "ptrace seize": (101, 0x4206, os.getppid(), 0, 0),
    "ptrace traceme": (101, 0, 0, 0, 0),
    "quotactl": (179, 0, None, 0, None),
    "reboot": (169, 0, 0, 0, None),
    "request_key": (249, b"user\0", b"name\0", None, 0),
    "setns": (308, 0, 0),
    "swapon": (167, b"/none\0", 0),
    "swapoff": (168, b"/none\0"),
    "umount2": (166, world["folder"].encode() + b"\0", 0),
    "unshare": (272, 0x10000000),
    "userfaultfd": (323, 1),
}
print("SUCCEEDED:", raw(*calls[world["variant"]]))
