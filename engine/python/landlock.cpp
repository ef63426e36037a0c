// SPDX-License-Identifier: MIT
#include "landlock.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace deferscope {

namespace {

// Newer than the kernel headers of Debian 12; the numbers are the kernel's for good.
constexpr std::uint64_t AccessFileTruncate = 1 << 14;       // version 3
constexpr std::uint64_t AccessDeviceControl = 1 << 15;      // version 5
constexpr std::uint64_t AccessNetworkTcp = 0b11;            // version 4: bind, connect
constexpr std::uint64_t ScopeSocketsAndSignals = 0b11;      // version 6: abstract sockets, signals
constexpr std::uint64_t AccessFileVersion1 = (1 << 13) - 1; // execute ... make a symbolic link

/// What a ruleset refuses unless a rule allows it. Older versions know a shorter one.
struct Refused
{
    std::uint64_t files = AccessFileVersion1;
    std::uint64_t network = 0;
    std::uint64_t scopes = 0;
};

struct RefusedByVersion
{
    Refused refused;
    std::size_t size = sizeof(Refused::files);
};

RefusedByVersion everythingKnownTo(int version)
{
    RefusedByVersion all;
    if (version >= 2)
        all.refused.files |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        all.refused.files |= AccessFileTruncate;
    if (version >= 4) {
        all.refused.network = AccessNetworkTcp;
        all.size = offsetof(Refused, scopes);
    }
    if (version >= 5)
        all.refused.files |= AccessDeviceControl;
    if (version >= 6) {
        all.refused.scopes = ScopeSocketsAndSignals;
        all.size = sizeof(Refused);
    }
    return all;
}

void allowReading(int ruleset, const std::string &path)
{
    const int descriptor = open(path.c_str(), O_PATH | O_CLOEXEC);
    struct stat status;
    if (descriptor >= 0 && fstat(descriptor, &status) == 0) {
        landlock_path_beneath_attr rule{};
        rule.parent_fd = descriptor;
        rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
        if (S_ISDIR(status.st_mode))
            rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    close(descriptor);
}

} // namespace

int landlockVersion()
{
    const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? int(version) : 0;
}

bool restrictFiles(const std::vector<std::string> &readable)
{
    const int version = landlockVersion();
    if (version == 0)
        return false;
    const RefusedByVersion all = everythingKnownTo(version);
    const int ruleset = int(syscall(SYS_landlock_create_ruleset, &all.refused, all.size, 0));
    if (ruleset < 0)
        return false;
    for (const std::string &path : readable)
        allowReading(ruleset, path);
    const bool isRestricted = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return isRestricted;
}

} // namespace deferscope
