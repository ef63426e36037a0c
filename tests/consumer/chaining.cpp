// SPDX-License-Identifier: MIT
// A program outside of the tree: a callback returns another Deferred, and the chain waits for it.
#include <engine/deferscope.h>

#include <cstdio>

using namespace deferscope;
using namespace Qt::StringLiterals;

int main()
{
    VirtualClock clock;
    Deferred inner;
    Deferred outer;
    outer.addCallback([inner](int n) {
        std::printf("got %d, now waiting\n", n);
        return inner;
    });
    outer.addCallback([](const QString &text) { std::printf("went on with %s\n", qPrintable(text)); });
    clock.callLater(1.0, {[inner]() mutable { inner.callback(u"the inner result"_s); }, {}, {}});

    outer.callback(42);
    clock.advance(1.0);
    return outer.state().linksLeft;
}
