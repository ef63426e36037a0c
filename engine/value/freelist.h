// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

namespace deferscope {

/// Blocks of one size, taken from the system by the slab and kept by each thread for the next who wants one.
/// What a thread leaves behind at its end others take over. A sanitizer build takes every block from the
/// system, so that every use of one that is gone shows.
template <size_t Bytes> class FreeList
{
public:
    static void *take()
    {
        if constexpr (IsPassedOn)
            return ::operator new(Bytes);
        Block *block = s_first;
        if (!block) [[unlikely]]
            block = refill();
        s_first = block->next;
        return block;
    }

    static void give(void *memory)
    {
        if constexpr (IsPassedOn)
            return ::operator delete(memory);
        s_first = new (memory) Block{s_first};
    }

private:
    struct Block
    {
        Block *next;
    };

    /// All slabs, and the blocks that no thread has. Never destroyed: a Deferred may outlive it.
    struct Pool
    {
        std::mutex mutex;
        Block *first = nullptr;
        void *slabs = nullptr; ///< each holds a pointer to the one before; so that they count as reachable
    };
    /// Gives a thread's blocks to the pool when the thread ends.
    struct Leaver
    {
        ~Leaver()
        {
            const std::lock_guard lock(pool().mutex);
            while (Block *block = s_first) {
                s_first = block->next;
                block->next = std::exchange(pool().first, block);
            }
        }
    };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    static constexpr bool IsPassedOn = true;
#else
    static constexpr bool IsPassedOn = false;
#endif
    static constexpr size_t SlabBlocks = Bytes < 2048 ? 8192 / Bytes : 4;

    static Pool &pool()
    {
        static Pool *pool = new Pool;
        return *pool;
    }

    static Block *refill()
    {
        thread_local Leaver leaver;
        static_cast<void>(leaver);
        const std::lock_guard lock(pool().mutex);
        if (pool().first)
            return std::exchange(pool().first, nullptr);
        auto *slab = static_cast<std::byte *>(::operator new(sizeof(std::max_align_t) + SlabBlocks * Bytes));
        new (slab) void *(std::exchange(pool().slabs, slab));
        Block *list = nullptr;
        for (size_t block = SlabBlocks; block-- > 0;)
            list = new (slab + sizeof(std::max_align_t) + block * Bytes) Block{list};
        return list;
    }

    static inline thread_local Block *s_first = nullptr;
};

} // namespace deferscope
