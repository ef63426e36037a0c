// SPDX-License-Identifier: GPL-3.0-or-later
// One table: how long the work of workloads.h takes here, and how many times the floor that is.
#include "workloads.h"

#include "peers.h"

#include <benchmark/benchmark.h>

#include <QProcess>
#include <QStandardPaths>
#include <QStringList>

#include <algorithm>
#include <cstdio>
#include <map>

using namespace deferscope;
using namespace deferscope::bench;

namespace {

struct Work
{
    const char *name;
    qint64 (*function)(int);
    int count;
    int units; ///< that one turn of the count is made of
};

qint64 untracedW1(int count)
{
    Engine engine;
    return w1(count, &engine);
}

qint64 w1Plain(int count) { return w1(count); }

qint64 w2Attach(int count) { return longChain(count).state().linksLeft; }

const Work Floor{"floor: 32-byte closures in a vector", &floorW1, 2000, Links};

const Work All[] = {
    {"W1 make, 10 callbacks, fire, let go", &w1Plain, 2000, Links + 1},
    {"W1 in an Engine, nobody listening", &untracedW1, 2000, Links + 1},
    {"W1 recorded as a Trace", &tracedW1, 200, Links + 1},
    {"W2 one chain of 100,000", &w2, 100'000, 1},
    {"W2 its adding and letting go alone", &w2Attach, 100'000, 1},
    {"a loop over function pointers", &floorPointers, 100'000, 1},
    {"W3 wait for a Deferred and go on", &w3, 10'000, 1},
    {"W4 nested Deferreds", &w4, 10'000, 1},
    {"W5 a list of 10,000", &w5, 10'000, 1},
    {"W6 a failure passes empty sides", &w6, 100'000, 1},
    {"a callback on a fired Deferred", &addToFired, 100'000, 1},
    {"co_await of a Deferred that fires later", &awaitMany, 10'000, 1},
    {"a coroutine with one co_await", &coroutines, 10'000, 1},
    {"a timer among 1,000 outstanding", &timers, 1'000, 1},
    {"a timer among 100,000 outstanding", &timers, 100'000, 1},
    {"a call through the engine's queue", &queued, 100'000, 1},
    {"naive port: W1", &naiveW1, 2000, Links},
    {"naive port: W2", &naiveW2, 100'000, 1},
    {"QFuture.then: W1", &qfutureW1, 500, Links},
#ifdef DEFERSCOPE_WITH_BOOST
    {"boost::future.then: W1", &boostW1, 500, Links},
#endif
#ifdef DEFERSCOPE_WITH_KJ
    {"kj::Promise.then: W1", &kjW1, 500, Links},
#endif
};

void measure(benchmark::State &state, const Work &work)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(work.function(work.count));
    state.SetItemsProcessed(state.iterations() * work.count * work.units);
}

/// Keeps the fastest of the repetitions, in nanoseconds a unit: what disturbs only makes slower.
class Table final : public benchmark::BenchmarkReporter
{
public:
    bool ReportContext(const Context &) override { return true; }
    void ReportRuns(const std::vector<Run> &runs) override
    {
        for (const Run &run : runs) {
            const auto rate = run.counters.find("items_per_second");
            if (run.run_type != Run::RT_Iteration || rate == run.counters.end())
                continue;
            double &best = m_best.try_emplace(run.run_name.function_name, 1e99).first->second;
            best = std::min(best, 1e9 / rate->second.value);
        }
    }
    void add(const char *name, double nanoseconds) { m_best[name] = nanoseconds; }
    double of(const char *name) const
    {
        const auto found = m_best.find(name);
        return found == m_best.end() ? 0 : found->second;
    }

private:
    std::map<std::string, double> m_best;
};

/// Another language's figure: its script prints nanoseconds a callback. 0: it is not installed.
double scripted(const QString &program, const QString &script)
{
    if (QStandardPaths::findExecutable(program).isEmpty())
        return 0;
    QProcess process;
    process.start(program, {QStringLiteral(DEFERSCOPE_BENCH) + script});
    return process.waitForFinished(120'000) ? process.readAllStandardOutput().trimmed().toDouble() : 0;
}

void print(const char *name, double nanoseconds, double floor)
{
    if (nanoseconds > 0)
        std::printf("%-42s %10.1f ns %9.2f x floor\n", name, nanoseconds, nanoseconds / floor);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    benchmark::Initialize(&argc, argv);
    const auto add = [](const Work &work) {
        benchmark::RegisterBenchmark(work.name, [&work](benchmark::State &state) { measure(state, work); })
            ->Repetitions(7)
            ->MinTime(0.02);
    };
    add(Floor);
    for (const Work &work : All)
        add(work);
    Table table;
    benchmark::RunSpecifiedBenchmarks(&table);

    const double floor = table.of(Floor.name);
    print(Floor.name, floor, floor);
    for (const Work &work : All)
        print(work.name, table.of(work.name), floor);
    print("Twisted on CPython: W1", scripted(QStringLiteral("/usr/bin/python3"), QStringLiteral("/w1.py")),
          floor);
    print("Node's promises: W1", scripted(QStringLiteral("node"), QStringLiteral("/w1.mjs")), floor);
    return 0;
}
