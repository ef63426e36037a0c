// SPDX-License-Identifier: MIT
#pragma once

#include "engine/edit/outline.h"

#include <optional>

namespace deferscope::edit {

/// One thing that a function of a chain does. Texts are expressions as they stand in the code.
struct Action
{
    enum class Kind : quint8 {
        Print,       ///< value: the arguments of print()
        Return,      ///< value: what; the parameter's name passes the result on
        Raise,       ///< value: the exception
        ReturnLater, ///< a new Deferred `target` that fires with `value` after `seconds`, or fails with it
        Fire,        ///< target.callback(value); the value may be empty
        Fail,        ///< target.errback(value)
        Cancel,
        Pause,
        Unpause,
        Stop ///< reactor.stop()
    };

    Kind kind = Kind::Print;
    QString value;
    QString target;
    QString seconds;
    bool isError = false; ///< ReturnLater: it fails

    friend bool operator==(const Action &, const Action &) = default;
};

/// Nothing can come behind it.
inline bool isLast(Action::Kind kind)
{
    return kind == Action::Kind::Return || kind == Action::Kind::Raise || kind == Action::Kind::ReturnLater;
}

/// What a function does, as a list that a person can pick from: a pattern on its syntax tree. An empty one
/// returns None.
using Form = QList<Action>;

/// An action, and the statements of the body that it was read from.
struct FormStep
{
    Action action;
    qsizetype first = 0;
    qsizetype last = 0;
};

/// The steps of \a body; nothing when it is code that no form writes. A docstring and `pass` are no steps.
std::optional<QList<FormStep>> stepsOf(const syntax::Block &body, const Outline &outline);

/// The lines that \a action is written as, without indentation.
QStringList linesOf(const Action &action, const Outline &outline);

Form formOf(const QList<FormStep> &steps);

} // namespace deferscope::edit
