// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/trace.h"

#include <QHash>

namespace deferscope {

/// For QHash.
inline size_t qHash(const LinkInfo &link, size_t seed = 0) noexcept
{
    return qHashMulti(seed, int(link.purpose), link.hasCallback, link.hasErrback, link.isBoth, link.callback,
                      link.errback);
}

} // namespace deferscope

namespace deferscope::recording {

/// How many bytes a copy of something keeps, roughly. @{
inline qsizetype weightOf(const QString &text) { return 2 * text.size(); }
inline qsizetype weightOf(const Site &site)
{
    return qsizetype(sizeof site) + weightOf(site.function) + weightOf(site.binding);
}
inline qsizetype weightOf(const ValueText &value) { return qsizetype(sizeof value) + weightOf(value.text); }
inline qsizetype weightOf(const Label &label) { return weightOf(label.name) + weightOf(label.site); }
inline qsizetype weightOf(const LinkInfo &link) { return weightOf(link.callback) + weightOf(link.errback); }
/// @}

/// Finds what was written lately again. It forgets everything when that has become too much.
template <typename Entry> class Known
{
public:
    /// 0: it is not known.
    quint32 find(const Entry &entry) const { return m_ids.value(entry, 0); }
    void insert(const Entry &entry, quint32 id)
    {
        if (m_ids.size() == MostEntries || m_weight > MostBytes) {
            m_ids.clear();
            m_weight = 0;
        }
        m_ids.insert(entry, id);
        m_weight += weightOf(entry);
    }

private:
    static constexpr qsizetype MostEntries = 1 << 16;
    static constexpr qsizetype MostBytes = 1 << 24;

    QHash<Entry, quint32> m_ids;
    qsizetype m_weight = 0;
};

} // namespace deferscope::recording
