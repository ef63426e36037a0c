# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    layout/change.cpp
    layout/composer.cpp
    layout/composer.h
    layout/metrics.cpp
    layout/metrics.h
    layout/plan.cpp
    layout/plan.h
    layout/railwaylayout.cpp
    layout/railwaylayout.h
    layout/rowcomposer.cpp
    layout/travel.cpp
    layout/travel.h
    layout/wirecomposer.cpp
)
