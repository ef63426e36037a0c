// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/traceevent.h"

#include <QJsonObject>
#include <QString>

namespace deferscope {

/// What a person did to one Deferred while a run was on the way. A run is made from a text and its inputs.
struct Input
{
    enum class Kind : quint8 { Fire, Fail, Cancel, Pause, Unpause };

    EventIndex step
        = 0; ///< of the run with the inputs before it; it comes when what the program does then is done
    DeferredId deferred;
    Kind kind = Kind::Fire;
    QString value; ///< Fire, Fail: an expression of literals, names of the module and calls; empty: None

    friend bool operator==(const Input &, const Input &) = default;
};

QJsonObject toJson(const Input &input); ///< as a runner reads it

} // namespace deferscope
