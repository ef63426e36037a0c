# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(ui/tst_canvas.cpp Deferscope::Ui Deferscope::TestSupport)
project_add_test(ui/tst_layout.cpp Deferscope::Ui Deferscope::TestSupport)
project_add_test(ui/tst_mainwindow.cpp Deferscope::Ui)
project_add_test(ui/tst_narration.cpp Deferscope::Ui Deferscope::TestSupport)
project_add_test(ui/tst_player.cpp Deferscope::Ui)
project_add_test(ui/tst_theme.cpp Deferscope::Ui)
