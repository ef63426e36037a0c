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
        if (Block *block = s_first) [[likely]] {
            s_first = block->next;
            return block;
        }
        if (s_fresh == s_freshEnd) [[unlikely]]
            return refill();
        return std::exchange(s_fresh, s_fresh + Bytes);
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
            for (; s_fresh != s_freshEnd; s_fresh += Bytes)
                pool().first = new (s_fresh) Block{pool().first};
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

    /// A block, when the thread has none.
    static void *refill()
    {
        thread_local Leaver leaver;
        static_cast<void>(leaver);
        const std::lock_guard lock(pool().mutex);
        if (Block *block = std::exchange(pool().first, nullptr)) {
            s_first = block->next;
            return block;
        }
        auto *slab = static_cast<std::byte *>(::operator new(sizeof(std::max_align_t) + SlabBlocks * Bytes));
        new (slab) void *(std::exchange(pool().slabs, slab));
        std::byte *first = slab + sizeof(std::max_align_t);
        s_fresh = first + Bytes;
        s_freshEnd = first + SlabBlocks * Bytes;
        return first;
    }

    static inline thread_local Block *s_first = nullptr;
    static inline thread_local std::byte *s_fresh = nullptr; ///< of the newest slab: what nobody has had yet
    static inline thread_local std::byte *s_freshEnd = nullptr;
};

} // namespace deferscope
