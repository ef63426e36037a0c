// SPDX-License-Identifier: GPL-3.0-or-later
#include "target.h"

namespace deferscope::ui {

const Snapshot &Target::whole() const { return m_session.replay().at(m_session.trace().size()); }

std::optional<edit::Place> Target::placeOf(EventIndex event) const
{
    const Trace &trace = m_session.trace();
    if (event < 0 || event >= trace.size())
        return {};
    const Site &site = trace.site(trace.at(event).site);
    const bool isInDocument = site && m_session.isDocument(site.file);
    return isInDocument ? std::optional(edit::placeOf(site)) : std::nullopt;
}

std::optional<edit::Place> Target::creationOf(DeferredId deferred) const
{
    return deferred && deferred.value <= m_session.trace().deferredCount()
        ? placeOf(m_session.trace().creationOf(deferred))
        : std::nullopt;
}

std::optional<edit::Place> Target::additionOf(DeferredId deferred, int link) const
{
    const DeferredSnapshot *chain = whole().find(deferred);
    if (!chain || link < 0 || link >= chain->links.size())
        return {};
    const LinkSnapshot &row = chain->links.at(link);
    const bool isOwn = row.purpose == LinkPurpose::User || row.purpose == LinkPurpose::Chain;
    return isOwn ? placeOf(row.added) : std::nullopt;
}

std::optional<edit::Spot> Target::spotAt(DeferredId deferred, int index) const
{
    const auto creation = creationOf(deferred);
    const DeferredSnapshot *chain = whole().find(deferred);
    if (!creation || !chain)
        return {};
    edit::Spot spot{*creation, {}, {}};
    for (int link = std::min(index, int(chain->links.size())) - 1; link >= 0 && !spot.after; --link) {
        if (chain->links.at(link).purpose == LinkPurpose::User)
            spot.after = additionOf(deferred, link);
    }
    for (int link = std::max(0, index); link < chain->links.size() && !spot.after && !spot.before; ++link) {
        if (chain->links.at(link).purpose == LinkPurpose::User)
            spot.before = additionOf(deferred, link);
    }
    return spot;
}

QString Target::nameOf(DeferredId deferred) const
{
    const Trace &trace = m_session.trace();
    const EventIndex created
        = deferred && deferred.value <= trace.deferredCount() ? trace.creationOf(deferred) : -1;
    const QString binding = created < 0 ? QString() : trace.site(trace.at(created).site).binding;
    return binding.isEmpty() ? u'#' + QString::number(deferred.value) : binding;
}

} // namespace deferscope::ui
