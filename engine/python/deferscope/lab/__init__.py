# SPDX-License-Identifier: MIT
"""The lab: one document run in virtual time, without a network, always in the same way.

    python3 -m deferscope.lab FILE ARGS...

Twisted is the installed one; the reactor, the clock, the threads and what goes to stdout and stderr are the
lab's.

`deferscope.warm` keeps a process ready that runs documents for the window.
"""
