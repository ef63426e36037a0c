// SPDX-License-Identifier: MIT
#include "frame.h"

namespace deferscope::script {

Frame::Frame(Heap &heap, Ref<FunctionObject> activated,
             std::vector<quint32> &activatedSiteIds)
    : Tracked(heap)
    , function(std::move(activated))
    , siteIds(activatedSiteIds)
    , m_code(*function->code)
{
    locals.resize(static_cast<size_t>(m_code.locals.size()), unbound());
}

Frame::~Frame() = default;

const Site &Frame::site() const { return m_code.sites.at(m_code.siteOf[static_cast<size_t>(current())]); }

void Frame::visit(const std::function<void(const Value &)> &visitor) const
{
    std::for_each(locals.cbegin(), locals.cend(), visitor);
    std::for_each(operands.cbegin(), operands.cend(), visitor);
}

void Frame::clear()
{
    locals.clear();
    operands.clear();
    cells.clear();
    handled.clear();
}

} // namespace deferscope::script
