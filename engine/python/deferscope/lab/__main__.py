# SPDX-License-Identifier: MIT
"""`python3 -m deferscope.lab FILE ARGS...`"""

from __future__ import annotations

import sys

from deferscope.lab import fixed

fixed.start_again_if_needed("deferscope.lab", sys.argv[1:])

from deferscope.lab import commandline  # noqa: E402

sys.exit(commandline.main(sys.argv[1:]))
