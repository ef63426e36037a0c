# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(engine/tst_conformance.cpp Deferscope::TestSupport)
project_add_test(engine/tst_replay.cpp Deferscope::TestSupport)
