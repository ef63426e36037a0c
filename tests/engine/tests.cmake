# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(engine/tst_clock.cpp Deferscope::Engine)
project_add_test(engine/tst_conformance.cpp Deferscope::TestSupport)
project_add_test(engine/tst_deferred.cpp Deferscope::Engine)
project_add_test(engine/tst_replay.cpp Deferscope::TestSupport)
project_add_test(engine/tst_session.cpp Deferscope::Engine)
project_add_test(engine/tst_trace.cpp Deferscope::TestSupport)
project_add_test(engine/tst_value.cpp Deferscope::Engine)
