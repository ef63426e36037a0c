# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
)
