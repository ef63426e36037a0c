// SPDX-License-Identifier: MIT
#include "sandbox.h"

#include "engine/python/landlock.h"
#include "engine/python/syscallfilter.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <sstream>

#include <fcntl.h>
#include <linux/capability.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace deferscope {

namespace {

/// What libraries, time zones, languages and certificates need; nothing of a person's lies there.
constexpr std::array SystemPaths{"/usr/lib",
                                 "/usr/lib32",
                                 "/usr/lib64",
                                 "/usr/local/lib",
                                 "/usr/share/locale",
                                 "/usr/share/python3",
                                 "/usr/share/zoneinfo",
                                 "/lib",
                                 "/lib32",
                                 "/lib64",
                                 "/etc/ld.so.cache",
                                 "/etc/localtime",
                                 "/etc/mime.types",
                                 "/etc/ssl/certs",
                                 "/etc/ssl/openssl.cnf",
                                 "/etc/timezone",
                                 "/dev/null",
                                 "/dev/random",
                                 "/dev/urandom",
                                 "/dev/zero"};

/// Fields of /proc/self/stat, counted as in proc(5).
enum class StatField { ThreadCount = 20, EnvironmentStart = 50, EnvironmentEnd = 51 };

std::uint64_t ownStat(StatField field)
{
    std::ifstream file("/proc/self/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream words(text.substr(text.rfind(')') + 1)); // behind the name, which may contain anything
    std::string word;
    for (int i = 3; i <= int(field); ++i)
        words >> word;
    return words ? std::strtoull(word.c_str(), nullptr, 10) : 0;
}

/// The text of the environment that the program was started with stays readable, also in /proc, until it is
/// overwritten.
void replaceEnvironment(const std::vector<std::pair<std::string, std::string>> &environment)
{
    clearenv();
    for (const auto &[name, value] : environment)
        setenv(name.c_str(), value.c_str(), 1);
    const std::uint64_t start = ownStat(StatField::EnvironmentStart);
    const std::uint64_t end = ownStat(StatField::EnvironmentEnd);
    if (start < end)
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel tells addresses as numbers
        std::memset(reinterpret_cast<void *>(start), 0, end - start);
}

void closeRange(int first, int last)
{
    if (first > last || close_range(unsigned(first), unsigned(last), 0) == 0)
        return;
    for (int i = first; i <= std::min(last, int(sysconf(_SC_OPEN_MAX))); ++i)
        close(i);
}

/// The standard ones are never free: else the next file that is opened would be the output.
void closeAllBut(std::vector<int> kept)
{
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0)
        nothing = open("/", O_PATH); // can neither be read nor written
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (std::ranges::find(kept, standard) == kept.end())
            dup2(nothing, standard);
        kept.push_back(standard);
    }
    std::ranges::sort(kept);
    int next = 0;
    for (const int descriptor : kept) {
        closeRange(next, descriptor - 1);
        next = descriptor + 1;
    }
    closeRange(next, std::numeric_limits<int>::max());
}

/// A terminal's "do not block" belongs to everybody who has it by the same opening; so this process opens it
/// anew.
void openTerminalsAnew(const std::vector<int> &descriptors)
{
    for (const int descriptor : descriptors) {
        if (!isatty(descriptor))
            continue;
        const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
        const int own = open(path.c_str(), (fcntl(descriptor, F_GETFL) & O_ACCMODE) | O_NOCTTY);
        if (own >= 0) {
            dup2(own, descriptor);
            close(own);
        }
    }
}

void limit(decltype(RLIMIT_AS) resource, std::uint64_t soft, std::uint64_t hard)
{
    rlimit now{};
    if (soft == 0 || getrlimit(resource, &now) != 0)
        return;
    now.rlim_max = std::min<rlim_t>(now.rlim_max, hard);
    now.rlim_cur = std::min<rlim_t>(now.rlim_max, soft);
    setrlimit(resource, &now);
}
void limit(decltype(RLIMIT_AS) resource, std::uint64_t value) { limit(resource, value, value); }

/// Linux counts the threads of all processes of a person together. How many those are now takes long to find
/// out; the number of all threads of the machine is no smaller, and at hand.
void limitThreads(std::uint64_t threads)
{
    std::ifstream file("/proc/loadavg"); // 0.20 0.18 0.12 1/80 11206
    std::string word;
    for (int i = 0; i < 3; ++i)
        file >> word;
    std::uint64_t running = 0;
    std::uint64_t all = 0;
    char slash = 0;
    if (threads > 0 && file >> running >> slash >> all)
        limit(RLIMIT_NPROC, all + threads);
}

/// Each thread takes its memory from a reserve of 64 MB; a few threads that allocate would be all there is.
void limitMemory(std::uint64_t bytes)
{
    mallopt(M_ARENA_MAX, 1);
    limit(RLIMIT_AS, bytes);
}

void limitResources(const SandboxOptions &options)
{
    limitThreads(options.threads);
    limitMemory(options.memory);
    limit(RLIMIT_CPU, options.cpuSeconds, options.cpuSeconds + 1);
    limit(RLIMIT_FSIZE, options.fileSize);
    limit(RLIMIT_NOFILE, options.openFiles);
    limit(RLIMIT_SIGPENDING, 1024); // a person's signals that wait are counted together, too
    limit(RLIMIT_CORE, 1);          // at 0 a program that takes core dumps from a pipe would still get one
}

void dropCapabilities()
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
    syscall(SYS_capset, &header, none.data());
}

std::vector<std::string> readablePaths(std::vector<std::string> paths)
{
    paths.insert(paths.end(), SystemPaths.begin(), SystemPaths.end());
    return paths;
}

/// What shuts the process in.
struct Walls
{
    bool isAlone = false; ///< it has no thread that stays outside
    bool areFilesRestricted = false;
    bool areCallsFiltered = false;
};

std::vector<std::string> gapsIn(const Walls &walls)
{
    std::vector<std::string> gaps;
    if (!walls.areFilesRestricted && walls.areCallsFiltered)
        gaps.emplace_back("it can read every file that you can read: the kernel has no Landlock");
    if (!walls.areFilesRestricted && !walls.areCallsFiltered)
        gaps.emplace_back("it can read and change every file that you can: the kernel has no Landlock");
    if (!walls.areCallsFiltered)
        gaps.emplace_back(
            "it can reach the network, other programs and other processes, and change the properties of "
            "files: the kernel has no seccomp");
    if (!walls.isAlone)
        gaps.emplace_back("it has threads that began outside of the sandbox");
    return gaps;
}

bool isAlone() { return ownStat(StatField::ThreadCount) == 1; }

} // namespace

std::vector<std::string> missingFromSandbox()
{
    return gapsIn({isAlone(), landlockVersion() > 0, canFilterSystemCalls()});
}

SandboxReport enterSandbox(const SandboxOptions &options)
{
    if (options.isRequired) {
        if (std::vector<std::string> missing = missingFromSandbox(); !missing.empty())
            return {false, std::move(missing)};
    }
    Walls walls{isAlone()};
    replaceEnvironment(options.environment);
    openTerminalsAnew(options.descriptors);
    closeAllBut(options.descriptors);
    if (options.endsWithParent)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limitResources(options);
    dropCapabilities();
    walls.areFilesRestricted = restrictFiles(readablePaths(options.readable));
    walls.areCallsFiltered = filterSystemCalls();
    std::vector<std::string> missing = gapsIn(walls);
    return {!options.isRequired || missing.empty(), std::move(missing)};
}

} // namespace deferscope
