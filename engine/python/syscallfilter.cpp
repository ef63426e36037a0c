// SPDX-License-Identifier: MIT
#include "syscallfilter.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>

#include <asm/termbits.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace deferscope {

namespace {

/// Whatever their arguments are.
constexpr std::array AllowedCalls{
    // files that are open, and questions about the others
    SCMP_SYS(access), SCMP_SYS(chdir), SCMP_SYS(close), SCMP_SYS(close_range), SCMP_SYS(dup), SCMP_SYS(dup2),
    SCMP_SYS(dup3), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(fadvise64), SCMP_SYS(fchdir),
    SCMP_SYS(fstat), SCMP_SYS(fstatfs), SCMP_SYS(getcwd), SCMP_SYS(getdents), SCMP_SYS(getdents64),
    SCMP_SYS(lseek), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(pread64), SCMP_SYS(preadv),
    SCMP_SYS(preadv2), SCMP_SYS(read), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(readv),
    SCMP_SYS(stat), SCMP_SYS(statfs), SCMP_SYS(statx), SCMP_SYS(umask), SCMP_SYS(write), SCMP_SYS(writev),
    // pipes, socket pairs, and what waits for them
    SCMP_SYS(epoll_create), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_pwait2), SCMP_SYS(epoll_wait), SCMP_SYS(eventfd), SCMP_SYS(eventfd2),
    SCMP_SYS(getpeername), SCMP_SYS(getsockname), SCMP_SYS(getsockopt), SCMP_SYS(pipe), SCMP_SYS(pipe2),
    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(pselect6), SCMP_SYS(recvfrom), SCMP_SYS(select),
    SCMP_SYS(shutdown),
    // memory
    SCMP_SYS(brk), SCMP_SYS(get_mempolicy), SCMP_SYS(madvise), SCMP_SYS(membarrier), SCMP_SYS(mmap),
    SCMP_SYS(mprotect), SCMP_SYS(mremap), SCMP_SYS(munmap),
    // threads
    SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(futex), SCMP_SYS(futex_waitv), SCMP_SYS(getcpu),
    SCMP_SYS(gettid), SCMP_SYS(rseq), SCMP_SYS(sched_get_priority_max), SCMP_SYS(sched_get_priority_min),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_yield), SCMP_SYS(set_robust_list), SCMP_SYS(set_tid_address),
    // signals that come, and time
    SCMP_SYS(alarm), SCMP_SYS(clock_getres), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getitimer), SCMP_SYS(gettimeofday), SCMP_SYS(nanosleep), SCMP_SYS(pause),
    SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigpending), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigsuspend), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(setitimer),
    SCMP_SYS(sigaltstack), SCMP_SYS(signalfd), SCMP_SYS(signalfd4), SCMP_SYS(time), SCMP_SYS(timer_create),
    SCMP_SYS(timer_delete), SCMP_SYS(timer_getoverrun), SCMP_SYS(timer_gettime), SCMP_SYS(timer_settime),
    SCMP_SYS(timerfd_create), SCMP_SYS(timerfd_gettime), SCMP_SYS(timerfd_settime), SCMP_SYS(times),
    // who and where one is
    SCMP_SYS(getegid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getgroups), SCMP_SYS(getpgid),
    SCMP_SYS(getpgrp), SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(getpriority), SCMP_SYS(getrandom),
    SCMP_SYS(getresgid), SCMP_SYS(getresuid), SCMP_SYS(getrlimit), SCMP_SYS(getrusage), SCMP_SYS(getsid),
    SCMP_SYS(getuid), SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(wait4), SCMP_SYS(waitid)};

/// What no computation asks for: the process ends, and who started it knows.
constexpr std::array DeadlyCalls{
    // other processes
    SCMP_SYS(kcmp), SCMP_SYS(perf_event_open), SCMP_SYS(pidfd_getfd), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(ptrace),
    // the kernel and the machine
    SCMP_SYS(acct), SCMP_SYS(bpf), SCMP_SYS(delete_module), SCMP_SYS(finit_module), SCMP_SYS(init_module),
    SCMP_SYS(ioperm), SCMP_SYS(iopl), SCMP_SYS(kexec_file_load), SCMP_SYS(kexec_load), SCMP_SYS(quotactl),
    SCMP_SYS(reboot), SCMP_SYS(swapoff), SCMP_SYS(swapon),
    // file systems and namespaces
    SCMP_SYS(fanotify_init), SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(fsopen), SCMP_SYS(fspick),
    SCMP_SYS(mount), SCMP_SYS(mount_setattr), SCMP_SYS(move_mount), SCMP_SYS(open_by_handle_at),
    SCMP_SYS(open_tree), SCMP_SYS(pivot_root), SCMP_SYS(setns), SCMP_SYS(umount2), SCMP_SYS(unshare),
    // ways around a filter, and keys
    SCMP_SYS(add_key), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register), SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl), SCMP_SYS(request_key), SCMP_SYS(userfaultfd)};

/// Only to the process itself.
constexpr std::array SignalCalls{SCMP_SYS(kill), SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo),
                                 SCMP_SYS(tgkill)};

constexpr std::array DescriptorCommands{F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_GETPIPE_SZ};
constexpr auto DeviceCommands
    = std::to_array<std::uint64_t>({FIOCLEX, FIONBIO, FIONCLEX, FIONREAD, TCGETS, TCGETS2, TIOCGWINSZ});
constexpr std::array ProcessCommands{PR_GET_DUMPABLE,  PR_GET_NAME, PR_GET_NO_NEW_PRIVS,
                                     PR_GET_PDEATHSIG, PR_SET_NAME, PR_SET_VMA};

constexpr std::uint64_t AllOfInt = 0xffffffff; // of a register the kernel looks at no more for an int
constexpr std::uint64_t WritingFlags = O_ACCMODE | O_CREAT | O_TRUNC; // of O_TMPFILE, O_RDWR is part
constexpr std::uint64_t NamespaceFlags = CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWNS
    | CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWUTS;

scmp_arg_cmp is(unsigned int argument, std::uint64_t value) { return {argument, SCMP_CMP_EQ, value, 0}; }

/// Of the bits \a mask exactly \a bits are set.
scmp_arg_cmp has(unsigned int argument, std::uint64_t mask, std::uint64_t bits)
{
    return {argument, SCMP_CMP_MASKED_EQ, mask, bits};
}

/// The rules, until the kernel takes them. What has no rule is an EPERM.
class Filter
{
public:
    Filter()
        : m_rules(seccomp_init(SCMP_ACT_ERRNO(EPERM)))
        , m_isWhole(m_rules)
    {
        set(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        set(SCMP_FLTATR_CTL_TSYNC, 1);
        set(SCMP_FLTATR_CTL_OPTIMIZE, 2); // a tree by number
    }

    void add(std::uint32_t action, std::span<const int> calls)
    {
        for (const int call : calls)
            add(action, call, {});
    }
    void allow(int call, std::initializer_list<scmp_arg_cmp> conditions)
    {
        add(SCMP_ACT_ALLOW, call, conditions);
    }
    bool load() { return m_isWhole && seccomp_load(m_rules.get()) == 0; }

private:
    void set(scmp_filter_attr attribute, std::uint32_t value)
    {
        m_isWhole = m_isWhole && seccomp_attr_set(m_rules.get(), attribute, value) == 0;
    }
    void add(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> conditions)
    {
        m_isWhole = m_isWhole
            && seccomp_rule_add_array(m_rules.get(), action, call, unsigned(conditions.size()),
                                      conditions.begin())
                == 0;
    }

    struct Release
    {
        void operator()(void *rules) const { seccomp_release(rules); }
    };
    std::unique_ptr<void, Release> m_rules;
    bool m_isWhole;
};

void allowFiles(Filter &filter)
{
    filter.allow(SCMP_SYS(open), {has(1, WritingFlags, 0)});
    filter.allow(SCMP_SYS(openat), {has(2, WritingFlags, 0)});
    for (const int command : DescriptorCommands)
        filter.allow(SCMP_SYS(fcntl), {is(1, command)});
    // With O_ASYNC a pipe sends signals, and to any process.
    filter.allow(SCMP_SYS(fcntl), {is(1, F_SETFL), has(2, O_ASYNC, 0)});
    for (const std::uint64_t command : DeviceCommands)
        filter.allow(SCMP_SYS(ioctl), {is(1, command)});
}

void allowSocketPairs(Filter &filter)
{
    // A pair of datagram sockets could send to any socket of the machine that has a name.
    constexpr std::uint64_t Kind = AllOfInt & ~std::uint64_t(SOCK_CLOEXEC | SOCK_NONBLOCK);
    filter.allow(SCMP_SYS(socketpair), {is(0, AF_UNIX), has(1, Kind, SOCK_STREAM)});
    filter.allow(SCMP_SYS(sendto), {is(4, 0)});
}

void allowOneself(Filter &filter)
{
    // The flags of clone3() lie in memory, which a filter does not read: without it the C library takes
    // clone().
    filter.add(SCMP_ACT_ERRNO(ENOSYS), std::array{SCMP_SYS(clone3)});
    filter.allow(SCMP_SYS(clone), {has(0, CLONE_THREAD | NamespaceFlags, CLONE_THREAD)});
    for (const int call : SignalCalls)
        filter.allow(call, {is(0, std::uint64_t(getpid()))});
    filter.allow(SCMP_SYS(prlimit64), {is(2, 0)}); // no new limit
    for (const int command : ProcessCommands)
        filter.allow(SCMP_SYS(prctl), {is(0, std::uint64_t(command))});
}

} // namespace

bool canFilterSystemCalls()
{
    const std::uint32_t kill = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &kill) == 0;
}

bool filterSystemCalls()
{
    Filter filter;
    filter.add(SCMP_ACT_ALLOW, AllowedCalls);
    filter.add(SCMP_ACT_KILL_PROCESS, DeadlyCalls);
    allowFiles(filter);
    allowSocketPairs(filter);
    allowOneself(filter);
    return filter.load();
}

} // namespace deferscope
