// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace deferscope {

/// Which version of Landlock the kernel has; 0: none, or it is switched off.
int landlockVersion();

/// From now on the calling thread reads files at and below \a readable and no others, and writes, makes and
/// removes nothing. What is not there is passed over. False: nothing has changed.
bool restrictFiles(const std::vector<std::string> &readable);

} // namespace deferscope
