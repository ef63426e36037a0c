// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace deferscope::script {

/// The parameters of a function, in the order of its local variables: positional ones, keyword-only ones,
/// then
/// `*args` and `**kwargs`.
struct Signature
{
    QStringList names; ///< of all of them
    int positionalOnly = 0;
    int positional = 0; ///< positional-only ones included
    int keywordOnly = 0;
    bool hasStar = false;
    bool hasDoubleStar = false;

    int starSlot() const { return positional + keywordOnly; }
    int doubleStarSlot() const { return starSlot() + (hasStar ? 1 : 0); }
    bool isPlain() const { return keywordOnly == 0 && !hasStar && !hasDoubleStar; }
};

} // namespace deferscope::script
