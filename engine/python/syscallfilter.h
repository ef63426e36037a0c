// SPDX-License-Identifier: MIT
#pragma once

namespace deferscope {

/// Whether the kernel can filter system calls.
bool canFilterSystemCalls();

/// From now on the process, all of its threads, has the system calls that a computing Python needs: it reads,
/// waits, makes threads, and writes to descriptors that it has. It opens nothing for writing, reaches no
/// network, no program and no other process. False: nothing has changed.
bool filterSystemCalls();

} // namespace deferscope
