// SPDX-License-Identifier: MIT
#include "texts.h"

#include "engine/script/interpreter.h"
#include "engine/script/operations.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

QString typeOf(const Failure &failure)
{
    const ExceptionType &type = failure.type();
    return type.module().isEmpty() ? u"builtins."_s + type.name() : type.qualifiedName();
}

QString messageOf(Interpreter &vm, const Failure &failure)
{
    return strOf(vm, Value(ObjectRef(failure.value())));
}

QString functionOf(const Site &place) { return place.function.isEmpty() ? u"<module>"_s : place.function; }

} // namespace

QString tracebackOf(Interpreter &vm, const Failure &failure)
{
    QString text = u"Traceback (most recent call last):\n"_s;
    for (const Site &place : failure.traceback())
        text += u"  File \"%1\", line %2, in %3\n"_s.arg(place.file).arg(place.line).arg(functionOf(place));
    if (failure.traceback().isEmpty())
        text += u"Failure: "_s;
    return text + typeOf(failure) + u": "_s + messageOf(vm, failure) + u'\n';
}

QString briefTracebackOf(Interpreter &vm, const Failure &failure)
{
    const QString cls = u"<class '%1'>"_s.arg(failure.type().qualifiedName());
    const QString what
        = failure.traceback().isEmpty() ? u"Traceback (failure with no frames)"_s : u"Traceback"_s;
    QString text = what + u": "_s + cls + u": "_s + messageOf(vm, failure) + u'\n';
    for (const Site &place : failure.traceback())
        text += u"%1:%2:%3\n"_s.arg(place.file).arg(place.line).arg(functionOf(place));
    return text;
}

QString reprOfFailure(Interpreter &vm, const Failure &failure)
{
    return u"<twisted.python.failure.Failure %1: %2>"_s.arg(typeOf(failure), messageOf(vm, failure));
}

QString strOfFailure(Interpreter &vm, const Failure &failure)
{
    return u"[Failure instance: %1]"_s.arg(briefTracebackOf(vm, failure));
}

} // namespace deferscope::script
