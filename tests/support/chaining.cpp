// SPDX-License-Identifier: GPL-3.0-or-later
#include "chaining.h"

#include "engine/clock/virtualclock.h"
#include "engine/deferred/deferred.h"
#include "engine/trace/tracerecorder.h"

namespace deferscope::test {

using namespace Qt::StringLiterals;

Trace chainingTrace()
{
    TraceRecorder recorder;
    Engine engine(&recorder);
    VirtualClock clock(&recorder);
    const auto at = [](int line, const QString &function = {}, const QString &binding = {}) {
        return Site{u"chaining.py"_s, line, 5, function, binding};
    };

    recorder.beginTurn(0);
    recorder.setSite(at(14, {}, u"delayed"_s));
    Deferred delayed(&engine);
    const auto callback1 = [&](const Value &value) -> Value {
        recorder.setSite(at(4, u"cb1"_s));
        recorder.print(u"in callback 1 with value= "_s + str(value) + u'\n', Stream::Out);
        recorder.setSite(at(5, u"cb1"_s, u"d"_s));
        Deferred d(&engine);
        recorder.setSite(at(6, u"cb1"_s));
        clock.callLater(1.0, {[d]() mutable { d.callback(u"modified"_s); }, {u"d.callback"_s, {}}, d.id()});
        recorder.setSite(at(8, u"cb1"_s));
        return d;
    };
    const auto callback2 = [&](const Value &value) {
        recorder.setSite(at(11, u"cb2"_s));
        recorder.print(u"in callback 2 with value= "_s + str(value) + u'\n', Stream::Out);
        recorder.setSite(at(12, u"cb2"_s));
        recorder.stop(u"the reactor stopped"_s);
    };
    recorder.setSite(at(15));
    delayed.addCallback(callback1, Label{u"cb1"_s, at(3)});
    recorder.setSite(at(16));
    delayed.addCallback(callback2, Label{u"cb2"_s, at(10)});
    recorder.setSite(at(17));
    clock.callLater(2.0, {[&] { delayed.callback(u"val"_s); }, {u"delayed.callback"_s, {}}, delayed.id()});
    while (clock.hasCalls()) {
        clock.moveTo(clock.nextDue());
        recorder.beginTurn(clock.seconds());
        while (clock.runNext()) { }
    }
    return recorder.trace();
}

} // namespace deferscope::test
