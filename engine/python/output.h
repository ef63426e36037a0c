// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>

namespace deferscope::python {

/// Where a recording goes: a file, pipe or socket.
class Output
{
public:
    explicit Output(int descriptor) ///< the caller's, open for writing
        : m_descriptor(descriptor)
    {
    }
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    /// A new file, in place of one that was there; null: errno says why not.
    static std::unique_ptr<Output> open(const char *path);

    /// Writes all of it, and waits for a pipe that is full: the program goes no faster than who watches it. False:
    /// nobody reads any more.
    bool write(const char *bytes, size_t size) const;

private:
    int m_descriptor;
    bool m_isOwn = false;
};

} // namespace deferscope::python
