# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    gallery/exampledelegate.cpp
    gallery/exampledelegate.h
    gallery/gallery.cpp
    gallery/gallery.h
)
set(examples ${PROJECT_SOURCE_DIR}/resources/examples)
qt_add_resources(deferscope_ui examples PREFIX /examples BASE ${examples} FILES
    ${examples}/01-already-there.py
    ${examples}/02-value-or-deferred.py
    ${examples}/03-chaining.py
    ${examples}/04-process-and-its-file.py
)
