// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace deferscope {

/// What a process keeps when it enters the sandbox. A limit of 0 leaves that limit as it is.
struct SandboxOptions
{
    std::vector<std::string> readable; ///< files, and folders with all below; beside the system's libraries
    std::vector<int> descriptors;      ///< stay open; what these lead to the process can use as before
    std::vector<std::pair<std::string, std::string>> environment; ///< names and values
    std::uint64_t memory = std::uint64_t{1} << 30;                ///< bytes of address space
    std::uint64_t cpuSeconds = 60;                    ///< then SIGXCPU, and SIGKILL a second later
    std::uint64_t fileSize = std::uint64_t{64} << 20; ///< bytes, of the regular files among the descriptors
    std::uint64_t openFiles = 256;
    std::uint64_t threads = 256; ///< about so many; Linux does not limit those of root
    bool endsWithParent = true;  ///< SIGKILL when the thread that made this process ends
    bool isRequired = false;     ///< enter nothing where something is missing
};

/// How far the kernel went along.
struct SandboxReport
{
    bool isEntered = false;           ///< else something required is missing, and the process should end
    std::vector<std::string> missing; ///< what it can do nevertheless, each as half a sentence for a person
};

/// What enterSandbox() would find missing in this kernel, for asking before anything runs.
std::vector<std::string> missingFromSandbox();

/// Shuts the calling process in, for the rest of its life: what it runs from now on, machine code included,
/// changes nothing outside of it and reads no file but those named.
///
/// There are two layers. Landlock knows paths: it allows reading below the readable folders and nothing else.
/// seccomp knows system calls: those that a computing Python needs are allowed, the rest is an EPERM, so that
/// the error comes at the line that asked; what nothing but an attack asks for, and calls through the doors
/// of other architectures, end the process. Each alone lets no file be written; seccomp alone also keeps
/// everything else outside as it is, and Landlock alone keeps files from being read. Around them limits, an
/// empty environment (its text in memory and in /proc included), closed descriptors, and no capabilities.
///
/// Not hidden are names: whether a file exists, its size and times, can be asked of any path. And what a kept
/// descriptor can do the process can do, so it should be a pipe or a stream socket. To be called while the
/// process has one thread.
SandboxReport enterSandbox(const SandboxOptions &options);

} // namespace deferscope
