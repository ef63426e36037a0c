// SPDX-License-Identifier: MIT
#include "exception.h"

namespace deferscope {

using namespace Qt::StringLiterals;

QString ExceptionType::qualifiedName() const
{
    return m_module.isEmpty() ? m_name : m_module + u'.' + m_name;
}

bool ExceptionType::isA(const ExceptionType &other) const
{
    for (const ExceptionType *type = this; type; type = type->m_base) {
        if (type == &other)
            return true;
    }
    return false;
}

namespace exceptions {

const ExceptionType &baseException()
{
    static const ExceptionType type(u"BaseException"_s, {}, nullptr);
    return type;
}

const ExceptionType &exception()
{
    static const ExceptionType type(u"Exception"_s, {}, &baseException());
    return type;
}

const ExceptionType &runtimeError()
{
    static const ExceptionType type(u"RuntimeError"_s, {}, &exception());
    return type;
}

const ExceptionType &typeError()
{
    static const ExceptionType type(u"TypeError"_s, {}, &exception());
    return type;
}

const ExceptionType &valueError()
{
    static const ExceptionType type(u"ValueError"_s, {}, &exception());
    return type;
}

const ExceptionType &recursionError()
{
    static const ExceptionType type(u"RecursionError"_s, {}, &runtimeError());
    return type;
}

const ExceptionType &assertionError()
{
    static const ExceptionType type(u"AssertionError"_s, {}, &exception());
    return type;
}

const ExceptionType &warning()
{
    static const ExceptionType type(u"Warning"_s, {}, &exception());
    return type;
}

const ExceptionType &deprecationWarning()
{
    static const ExceptionType type(u"DeprecationWarning"_s, {}, &warning());
    return type;
}

const ExceptionType &alreadyCalledError()
{
    static const ExceptionType type(u"AlreadyCalledError"_s, u"twisted.internet.defer"_s, &exception());
    return type;
}

const ExceptionType &cancelledError()
{
    static const ExceptionType type(u"CancelledError"_s, u"twisted.internet.defer"_s, &exception());
    return type;
}

const ExceptionType &internalCancelledError()
{
    static const ExceptionType type(u"_InternalInlineCallbacksCancelledError"_s, u"twisted.internet.defer"_s,
                                    &exception());
    return type;
}

const ExceptionType &timeoutError()
{
    static const ExceptionType type(u"TimeoutError"_s, u"twisted.internet.defer"_s, &exception());
    return type;
}

const ExceptionType &firstError()
{
    static const ExceptionType type(u"FirstError"_s, u"twisted.internet.defer"_s, &exception());
    return type;
}

const ExceptionType &failureGroup()
{
    static const ExceptionType type(u"FailureGroup"_s, u"twisted.internet.defer"_s, &exception());
    return type;
}

const ExceptionType &queueOverflow()
{
    static const ExceptionType type(u"QueueOverflow"_s, u"twisted.internet.defer"_s, &exception());
    return type;
}

const ExceptionType &queueUnderflow()
{
    static const ExceptionType type(u"QueueUnderflow"_s, u"twisted.internet.defer"_s, &exception());
    return type;
}

const ExceptionType &alreadyTryingToLockError()
{
    static const ExceptionType type(u"AlreadyTryingToLockError"_s, u"twisted.internet.defer"_s, &exception());
    return type;
}

const ExceptionType &noCurrentExceptionError()
{
    static const ExceptionType type(u"NoCurrentExceptionError"_s, u"twisted.python.failure"_s, &exception());
    return type;
}

const ExceptionType &alreadyCalled()
{
    static const ExceptionType type(u"AlreadyCalled"_s, u"twisted.internet.error"_s, &valueError());
    return type;
}

const ExceptionType &alreadyCancelled()
{
    static const ExceptionType type(u"AlreadyCancelled"_s, u"twisted.internet.error"_s, &valueError());
    return type;
}

} // namespace exceptions

QString Exception::repr() const
{
    QStringList texts;
    for (const Value &argument : args)
        texts.append(deferscope::repr(argument));
    return typeName() + u'(' + texts.join(u", "_s) + u')';
}

QString Exception::str() const
{
    if (args.isEmpty())
        return {};
    return args.size() == 1 ? deferscope::str(args.constFirst()) : deferscope::repr(tupleOf(args));
}

ExceptionRef makeException(const ExceptionType &type, const QString &message)
{
    return ExceptionRef(new Exception(type, message.isNull() ? QList<Value>() : QList<Value>{message}));
}

RaisedError::RaisedError(ExceptionRef raised)
    : std::runtime_error((raised->typeName() + u": "_s + raised->str()).toStdString())
    , m_exception(std::move(raised))
{
}

RaisedError::RaisedError(const ExceptionType &type, const QString &message)
    : RaisedError(makeException(type, message))
{
}

} // namespace deferscope
