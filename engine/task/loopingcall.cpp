// SPDX-License-Identifier: MIT
#include "loopingcall.h"

#include <cmath>
#include <utility>

namespace deferscope {

using namespace Qt::StringLiterals;

struct LoopingCall::State
{
    Function function;
    Clock *clock;
    Engine *engine;
    Label label;
    Value self; ///< what start() was given, until the loop ends
    double interval = 0;
    double started = 0;
    bool isRunning = false;
    bool runsAtStart = true;
    std::optional<double> counted = {}; ///< withCount(): when it was called last
    std::optional<DelayedCall> next = {};
    std::optional<Deferred> outcome = {}; ///< what start() returned
};

namespace {

void check(bool condition, const QString &message)
{
    if (!condition)
        throw RaisedError(exceptions::assertionError(), message);
}

} // namespace

LoopingCall::LoopingCall(Function function, Clock &clock, Engine *engine, const Label &label)
    : m_state(std::make_shared<State>(State{std::move(function), &clock, engine, label, {}}))
{
}

LoopingCall LoopingCall::withCount(std::function<Outcome(int)> function, Clock &clock, Engine *engine,
                                   const Label &label)
{
    LoopingCall loop({}, clock, engine, label);
    loop.m_state->function = [weak = std::weak_ptr(loop.m_state), function = std::move(function)] {
        const auto state = weak.lock();
        const double now = state->clock->seconds();
        if (state->interval == 0) {
            state->counted = now;
            return function(1);
        }
        const auto gridOf = [&state](double time) { return int((time - state->started) / state->interval); };
        const double before = state->runsAtStart ? state->started - state->interval : state->started;
        const int count = gridOf(now) - gridOf(state->counted.value_or(before));
        if (count <= 0)
            return Outcome::returned({});
        state->counted = now;
        return function(count);
    };
    return loop;
}

Deferred LoopingCall::start(double interval, bool now, const Value &self)
{
    check(!m_state->isRunning, u"Tried to start an already running LoopingCall."_s);
    if (interval < 0)
        throw RaisedError(exceptions::valueError(), u"interval must be >= 0"_s);
    m_state->isRunning = true;
    m_state->self = self;
    m_state->interval = interval;
    m_state->runsAtStart = now;
    m_state->started = m_state->clock->seconds();
    Deferred outcome(m_state->engine);
    m_state->outcome = outcome;
    if (now)
        tick(m_state);
    else
        scheduleFrom(m_state, m_state->started);
    return outcome;
}

void LoopingCall::stop()
{
    check(m_state->isRunning, u"Tried to stop a LoopingCall that was not running."_s);
    m_state->isRunning = false;
    if (auto scheduled = std::exchange(m_state->next, {})) {
        scheduled->cancel();
        end(*m_state, {});
    }
}

void LoopingCall::reset()
{
    check(m_state->isRunning, u"Tried to reset a LoopingCall that was not running."_s);
    if (auto scheduled = std::exchange(m_state->next, {})) {
        scheduled->cancel();
        m_state->started = m_state->clock->seconds();
        scheduleFrom(m_state, m_state->started);
    }
}

bool LoopingCall::isRunning() const { return m_state->isRunning; }
double LoopingCall::interval() const { return m_state->interval; }
void LoopingCall::setClock(Clock &clock) { m_state->clock = &clock; }

void LoopingCall::scheduleFrom(const std::shared_ptr<State> &state, double when)
{
    double delay = state->interval;
    if (state->interval > 0) {
        const double untilNext = state->interval - std::fmod(when - state->started, state->interval);
        delay = when == when + untilNext ? state->interval : untilNext;
    }
    state->next = state->clock->callLater(delay, {[state] { tick(state); }, state->label, {}});
}

void LoopingCall::tick(const std::shared_ptr<State> &state)
{
    state->next.reset();
    Deferred called = maybeDeferred(state->function, state->engine);
    const auto goOn = [state](const Value &) {
        if (state->isRunning)
            scheduleFrom(state, state->clock->seconds());
        else
            end(*state, {});
        return Outcome::returned({});
    };
    const auto fail = [state](const Value &failure) {
        state->isRunning = false;
        end(*state, toFailure(failure));
        return Outcome::returned({});
    };
    called.addCallback(Callable{goOn, {u"LoopingCall.cb"_s, {}}});
    called.addErrback(Callable{fail, {u"LoopingCall.eb"_s, {}}});
}

void LoopingCall::end(State &state, const std::optional<Failure> &failure)
{
    const Value self = std::exchange(state.self, {});
    auto outcome = std::exchange(state.outcome, {});
    check(outcome.has_value(), u"the loop has ended already"_s); // somebody else had fired its Deferred
    outcome->callback(failure ? Value(*failure) : self);
}

} // namespace deferscope
