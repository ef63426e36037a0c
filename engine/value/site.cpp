// SPDX-License-Identifier: MIT
#include "site.h"

#include <QHashFunctions>

namespace deferscope {

size_t qHash(const Site &site, size_t seed) noexcept
{
    return qHashMulti(seed, site.file, site.line, site.column, site.function, site.binding);
}

size_t qHash(const Label &label, size_t seed) noexcept { return qHashMulti(seed, label.name, label.site); }

} // namespace deferscope
