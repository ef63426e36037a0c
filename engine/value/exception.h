// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/site.h"
#include "engine/value/value.h"

#include <stdexcept>

namespace deferscope {

/// The class of an exception. Types form a single-inheritance tree, as far as Failure::check() needs one.
class ExceptionType
{
public:
    ExceptionType(QString name, QString module, const ExceptionType *base)
        : m_name(std::move(name))
        , m_module(std::move(module))
        , m_base(base)
    {
    }

    const QString &name() const { return m_name; }
    const QString &module() const { return m_module; } ///< empty for Python's builtins
    QString qualifiedName() const; ///< `twisted.internet.defer.CancelledError`; builtins as they are
    const ExceptionType *base() const { return m_base; }
    bool isA(const ExceptionType &other) const; ///< this type or one that derives from it

private:
    QString m_name;
    QString m_module;
    const ExceptionType *m_base;
};

/// The types that the engine itself raises, and those that a C++ exception becomes.
namespace exceptions {
const ExceptionType &baseException();
const ExceptionType &exception();
const ExceptionType &runtimeError();
const ExceptionType &typeError();
const ExceptionType &valueError();
const ExceptionType &recursionError();
const ExceptionType &assertionError(); ///< R27, under EngineOptions::strictFiring; misuse
const ExceptionType &warning();
const ExceptionType &deprecationWarning();       ///< R40
const ExceptionType &alreadyCalledError();       ///< R21
const ExceptionType &cancelledError();           ///< R70
const ExceptionType &timeoutError();             ///< R82
const ExceptionType &internalCancelledError();   ///< R97
const ExceptionType &firstError();               ///< R90
const ExceptionType &failureGroup();             ///< R93
const ExceptionType &queueOverflow();            ///< DeferredQueue::put()
const ExceptionType &queueUnderflow();           ///< DeferredQueue::get()
const ExceptionType &alreadyTryingToLockError(); ///< DeferredFilesystemLock
const ExceptionType &noCurrentExceptionError();
const ExceptionType &alreadyCalled();    ///< a DelayedCall that has run
const ExceptionType &alreadyCancelled(); ///< a DelayedCall that was cancelled
} // namespace exceptions

/// An exception as a value: its type and arguments. Being a plain value it travels the callback side; only a
/// Failure that holds it takes the errback side.
class Exception : public Object
{
public:
    explicit Exception(const ExceptionType &exceptionType, QList<Value> arguments = {})
        : Object(Kind::Exception)
        , args(std::move(arguments))
        , m_type(exceptionType)
    {
    }

    const ExceptionType &type() const { return m_type; }
    QString typeName() const override { return m_type.name(); }
    QString repr() const override;
    QString str() const override; ///< the message

    QList<Value> args;
    QList<Site> traceback;     ///< places in a script that it came through, outermost first
    Ref<Exception> cause;      ///< `raise … from`
    Ref<Exception> context;    ///< what was being handled when it was raised
    bool hidesContext = false; ///< `raise … from`, with None too

private:
    const ExceptionType &m_type;
};

using ExceptionRef = Ref<Exception>;

ExceptionRef makeException(const ExceptionType &type, const QString &message = {});

/// How an Exception leaves C++ code: thrown by Deferred::callback() on a fired Deferred, for example, and
/// taken as the link's Failure when it leaves a callback.
class RaisedError : public std::runtime_error
{
public:
    explicit RaisedError(ExceptionRef raised);
    explicit RaisedError(const ExceptionType &type, const QString &message = {});

    const ExceptionRef &exception() const { return m_exception; }

private:
    ExceptionRef m_exception;
};

} // namespace deferscope
