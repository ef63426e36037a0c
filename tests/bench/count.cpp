// SPDX-License-Identifier: GPL-3.0-or-later
// One workload, a number of times over, for an instruction counter to watch.
#include "workloads.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace deferscope;
using namespace deferscope::bench;

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    const QCoreApplication app(argc, argv);
    const int count = std::atoi(argv[2]);
    const auto is = [&](const char *name) { return std::strcmp(argv[1], name) == 0; };
    qint64 result = 0;
    if (is("floor"))
        result = floorW1(count);
    else if (is("w1"))
        result = w1(count);
    else if (is("w1-traced"))
        result = tracedW1(count);
    else if (is("w2-attach"))
        result = longChain(count).state().linksLeft;
    else if (is("w2"))
        result = w2(count);
    else if (is("w3"))
        result = w3(count);
    else if (is("w4"))
        result = w4(count);
    else if (is("w5"))
        result = w5(count);
    else if (is("w6"))
        result = w6(count);
    else if (is("await"))
        result = awaitMany(count);
    else if (is("coroutines"))
        result = coroutines(count);
    else if (is("timers"))
        result = timers(count);
    else if (is("queue"))
        result = queued(count);
    else if (is("fired"))
        result = addToFired(count);
    else
        return 2;
    std::printf("%lld\n", static_cast<long long>(result));
    return 0;
}
