// SPDX-License-Identifier: MIT
#include "twistederrors.h"

#include "engine/script/errors.h"

#include <memory>
#include <vector>

namespace deferscope::script::errors {

using namespace Qt::StringLiterals;

namespace {

/// An exception of twisted.internet.error: its base, which is a builtin or stands above it, and what it says
/// of itself.
struct Row
{
    QStringView name;
    QStringView base;
    QStringView explanation;
};

constexpr Row Rows[] = {
    {u"AlreadyListened", u"Exception", u""},
    {u"BindError", u"Exception", u"An error occurred binding to an interface"},
    {u"CannotListenError", u"BindError", u""},
    {u"ConnectError", u"Exception", u"An error occurred while connecting"},
    {u"ConnectBindError", u"ConnectError", u"Couldn't bind"},
    {u"ConnectionRefusedError", u"ConnectError", u"Connection was refused by other side"},
    {u"DNSLookupError", u"OSError", u"DNS lookup failed"},
    {u"NoRouteError", u"ConnectError", u"No route to host"},
    {u"TCPTimedOutError", u"ConnectError", u"TCP connection timed out"},
    {u"UnknownHostError", u"ConnectError", u"Hostname couldn't be looked up"},
    {u"UserError", u"ConnectError", u"User aborted connection"},
    {u"TimeoutError", u"UserError", u"User timeout caused connection failure"},
    {u"ConnectionClosed", u"Exception", u""},
    {u"ConnectionDone", u"ConnectionClosed", u"Connection was closed cleanly"},
    {u"ConnectionLost", u"ConnectionClosed", u"Connection to the other side was lost in a non-clean fashion"},
    {u"ConnectionAborted", u"ConnectionLost",
     u"Connection was aborted locally using ITCPTransport.abortConnection"},
    {u"MessageLengthError", u"Exception", u"Message is too long to send"},
    {u"NotConnectingError", u"RuntimeError",
     u"The Connector was not connecting when it was asked to stop connecting"},
    {u"NotListeningError", u"RuntimeError",
     u"The Port was not listening when it was asked to stop listening"},
    {u"ProcessExitedAlready", u"Exception", u""},
    {u"ReactorAlreadyRunning", u"RuntimeError", u""},
    {u"ReactorNotRestartable", u"RuntimeError", u""},
    {u"ReactorNotRunning", u"RuntimeError", u""},
};

const ExceptionType *find(const QList<const ExceptionType *> &types, QStringView name)
{
    const auto found = std::find_if(types.crbegin(), types.crend(),
                                    [name](const ExceptionType *type) { return type->name() == name; });
    return found == types.crend() ? nullptr : *found;
}

QList<const ExceptionType *> makeAll()
{
    static std::vector<std::unique_ptr<ExceptionType>> owned;
    QList<const ExceptionType *> types{&exceptions::alreadyCalled(), &exceptions::alreadyCancelled()};
    for (const Row &row : Rows) {
        const ExceptionType *base = find(types, row.base);
        if (!base)
            base = find(builtins(), row.base);
        owned.push_back(
            std::make_unique<ExceptionType>(row.name.toString(), u"twisted.internet.error"_s, base));
        types.append(owned.back().get());
    }
    return types;
}

const ExceptionType &named(QStringView name) { return *find(ofTwistedError(), name); }

} // namespace

QList<const ExceptionType *> ofTwistedError()
{
    static const QList<const ExceptionType *> types = makeAll();
    return types;
}

const ExceptionType &generatorReturn()
{
    static const ExceptionType type(u"_DefGen_Return"_s, u"twisted.internet.defer"_s,
                                    &exceptions::baseException());
    return type;
}

const ExceptionType &notACoroutineError()
{
    static const ExceptionType type(u"NotACoroutineError"_s, u"twisted.internet.defer"_s,
                                    &exceptions::typeError());
    return type;
}

const ExceptionType &reactorAlreadyRunning() { return named(u"ReactorAlreadyRunning"); }
const ExceptionType &reactorNotRestartable() { return named(u"ReactorNotRestartable"); }
const ExceptionType &reactorNotRunning() { return named(u"ReactorNotRunning"); }

QString explanationOf(const ExceptionType &type)
{
    if (&type == &exceptions::alreadyCalled())
        return u"Tried to cancel an already-called event"_s;
    if (&type == &exceptions::alreadyCancelled())
        return u"Tried to cancel an already-cancelled event"_s;
    if (type.module() != u"twisted.internet.error")
        return {};
    for (const Row &row : Rows) {
        if (row.name == type.name())
            return row.explanation.toString();
    }
    return {};
}

} // namespace deferscope::script::errors
