// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/tracesink.h"

#include <QList>
#include <QString>

namespace deferscope::script {

class Interpreter;

/// What a person did to one Deferred while a run was on the way. A run is made from a script and its inputs.
struct Input
{
    enum class Kind : quint8 { Fire, Fail, Cancel, Pause, Unpause };

    double time = 0; ///< seconds of the run's clock; it comes after what the script does then
    DeferredId deferred;
    Kind kind = Kind::Fire;
    QString value; ///< Fire, Fail: an expression of literals, names of the module and calls; empty: None

    friend bool operator==(const Input &, const Input &) = default;
};

/// Does \a input to its Deferred. One that is not there, or is gone, is left alone. Throws RaisedError for
/// what Twisted raises, AlreadyCalledError for instance, and for a value that cannot be computed.
void apply(Interpreter &vm, const Input &input);

} // namespace deferscope::script
