// SPDX-License-Identifier: MIT
#pragma once

#include "engine/clock/virtualclock.h"
#include "engine/script/objects.h"

namespace deferscope::script {

/// What callLater() returns.
class DelayedCallObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::DelayedCall;
    DelayedCallObject(Heap &heap, DelayedCall scheduled, Ref<PartialObject> function)
        : ScriptObject(heap, Type)
        , call(std::move(scheduled))
        , called(std::move(function))
    {
    }

    QString typeName() const override { return QStringLiteral("DelayedCall"); }
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override
    {
        visitor(Value(ObjectRef(called)));
    }

    DelayedCall call;
    const Ref<PartialObject> called; ///< null when it is none of the script's own
};

/// Twisted's task.Clock: time that the script advances itself.
class ClockObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Clock;
    ClockObject(Heap &heap, TraceSink *sink)
        : ScriptObject(heap, Type)
        , clock(sink)
    {
    }

    QString typeName() const override { return QStringLiteral("Clock"); }
    QString repr() const override;
    void clear() override { clock.clear(); }

    VirtualClock clock;
};

/// The clock that \a value stands for: the reactor, or a task.Clock; or Python's AttributeError.
Clock &clockFrom(Interpreter &vm, const Value &value);

/// Schedules \a function on \a clock, as callLater() of each of them does.
Value callLater(Interpreter &vm, Clock &clock, double delay, const Value &function, Arguments arguments);

} // namespace deferscope::script
