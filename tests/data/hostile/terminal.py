# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to type into the terminal that it runs in, and to set it.
# Must not: change the terminal.
# Ends: finished
# Terminal: yes
import fcntl
import os
import termios

from canary import attempt, world

assert os.isatty(0)
attributes = termios.tcgetattr(0)
for byte in b"echo typed\n":
    attempt("TIOCSTI", fcntl.ioctl, 0, termios.TIOCSTI, bytes([byte]))
attempt("TIOCLINUX", fcntl.ioctl, 0, termios.TIOCLINUX, b"\x02")
attributes[3] &= ~termios.ECHO
attempt("tcsetattr", termios.tcsetattr, 0, termios.TCSANOW, attributes, refusal=termios.error)
attempt("tcflush", termios.tcflush, 0, termios.TCIFLUSH, refusal=termios.error)
attempt("window size", fcntl.ioctl, 0, termios.TIOCSWINSZ, bytes(8))
attempt("TIOCNOTTY", fcntl.ioctl, 0, termios.TIOCNOTTY)
attempt("TIOCSETD", fcntl.ioctl, 0, termios.TIOCSETD, (1).to_bytes(4, "little"))
attempt("tcsetpgrp", os.tcsetpgrp, 0, os.getpgrp())
attempt("/dev/tty", os.open, "/dev/tty", os.O_RDWR)
attempt("O_ASYNC", fcntl.fcntl, 0, fcntl.F_SETFL, os.O_ASYNC)
os.set_blocking(0, False)  # of its own opening of the terminal
print(os.get_terminal_size(0))
