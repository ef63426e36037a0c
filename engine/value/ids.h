// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal> // first: moc 6.4 cannot parse libstdc++'s <compare> when it is the first header it meets

#include <compare>
#include <functional>

namespace deferscope {

/// Names one Deferred of a run: 1, 2, 3 … in order of creation, so the same program always gets the same ids.
/// 0 is nobody.
struct DeferredId
{
    quint32 value = 0; ///< 1, 2, 3 …

    explicit operator bool() const { return value != 0; }                      ///< whether it is anybody
    friend auto operator<=>(const DeferredId &, const DeferredId &) = default; ///< the order of creation
};

/// For QHash.
inline size_t qHash(DeferredId id, size_t seed = 0) noexcept { return std::hash<quint32>{}(id.value) ^ seed; }

} // namespace deferscope
