# SPDX-License-Identifier: MIT
"""`python3 -m deferscope.warm`: has Twisted loaded, and runs documents for the window without delay.

Descriptor 3 is a SOCK_SEQPACKET socket to the window, the control. One child, forked in advance, waits there
for the message b"run", which comes with the socket of a run; it reads the request from that, and writes the
recording to it (see `deferscope.lab.channel`). As soon as it is taken the next one is forked. Of each run
that ends the window gets

    {"ended": pid, "status": waitstatus}

on the control. When the control is closed everything ends.
"""

from __future__ import annotations

import sys

from deferscope.lab import fixed

fixed.start_again_if_needed("deferscope.warm", sys.argv[1:])

from deferscope.lab import nursery  # noqa: E402

if __name__ == "__main__":
    sys.exit(nursery.main(control=3))
