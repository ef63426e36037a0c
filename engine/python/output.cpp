// SPDX-License-Identifier: MIT
#include "output.h"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace deferscope::python {

std::unique_ptr<Output> Output::open(const char *path)
{
    const int descriptor = ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return nullptr;
    auto output = std::make_unique<Output>(descriptor);
    output->m_isOwn = true;
    return output;
}

Output::~Output()
{
    if (m_isOwn)
        ::close(m_descriptor);
}

bool Output::write(const char *bytes, size_t size) const
{
    while (size > 0) {
        const ssize_t written = ::write(m_descriptor, bytes, size);
        if (written < 0 && errno == EAGAIN) { // somebody has made it one that does not wait
            pollfd waited{m_descriptor, POLLOUT, 0};
            ::poll(&waited, 1, -1);
        }
        if (written < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= static_cast<size_t>(written);
    }
    return true;
}

} // namespace deferscope::python
