// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/viewstate/viewstate.h"

#include <QTest>

namespace deferscope::test {

/// A session and what is looked at, for a pane to be put on; the script counts its lines from 1.
struct SessionBench
{
    Session session;
    ui::ViewState viewState;

    /// Whether the script has been run to its end, or was refused.
    bool load(const QString &script, const QString &file = QStringLiteral("script.py"))
    {
        viewState.setStep(0);
        session.load(script, file);
        return QTest::qWaitFor([this] { return session.state() != RunState::Running; }, 20'000);
    }

    void goToEnd() { viewState.setStep(session.trace().size()); }
};

inline const QString ChainingScript = QStringLiteral(R"(from twisted.internet import defer, reactor

def cb1(v):
    print("in callback 1 with value=", v)
    d = defer.Deferred()
    reactor.callLater(1.0, d.callback, "modified")
    return d

def cb2(v):
    print("in callback 2 with value=", v)
    reactor.stop()

delayed = defer.Deferred()
delayed.addCallback(cb1)
delayed.addCallback(cb2)
reactor.callLater(2.0, delayed.callback, 'val')
reactor.run()
)");

} // namespace deferscope::test
