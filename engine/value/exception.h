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
    /// Types have identity and must live as long as their exceptions: make them static.
    ExceptionType(QString name, QString module, const ExceptionType *base)
        : m_name(std::move(name))
        , m_module(std::move(module))
        , m_base(base)
    {
    }

    const QString &name() const { return m_name; }     ///< `ValueError`
    const QString &module() const { return m_module; } ///< empty for Python's builtins
    QString qualifiedName() const; ///< `twisted.internet.defer.CancelledError`; builtins as they are
    const ExceptionType *base() const { return m_base; } ///< null: it is BaseException
    bool isA(const ExceptionType &other) const;          ///< this type or one that derives from it

private:
    QString m_name;
    QString m_module;
    const ExceptionType *m_base;
};

/// The types that the engine itself raises, and those that a C++ exception becomes.
namespace exceptions {
const ExceptionType &baseException();            ///< the root of all
const ExceptionType &exception();                ///< the base of those that are errors
const ExceptionType &runtimeError();             ///< what a std::exception becomes
const ExceptionType &typeError();                ///< a value of the wrong kind
const ExceptionType &valueError();               ///< a value out of range
const ExceptionType &recursionError();           ///< a ring that would never end (R71)
const ExceptionType &assertionError();           ///< R27, under EngineOptions::strictFiring; misuse
const ExceptionType &warning();                  ///< the base of warnings
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
const ExceptionType &noCurrentExceptionError();  ///< Failure() outside an except block
const ExceptionType &alreadyCalled();            ///< a DelayedCall that has run
const ExceptionType &alreadyCancelled();         ///< a DelayedCall that was cancelled
} // namespace exceptions

/// An exception as a value: its type and arguments. Being a plain value it travels the callback side; only a
/// Failure that holds it takes the errback side.
class Exception : public Object
{
public:
    /// Of \a exceptionType, with Python's `args`.
    explicit Exception(const ExceptionType &exceptionType, QList<Value> arguments = {})
        : Object(Kind::Exception)
        , args(std::move(arguments))
        , m_type(exceptionType)
    {
    }

    const ExceptionType &type() const { return m_type; }        ///< its class
    QString typeName() const override { return m_type.name(); } ///< the name of its class
    QString repr() const override;
    QString str() const override; ///< the message

    QList<Value> args;         ///< the message is what they show
    QList<Site> traceback;     ///< places in a script that it came through, outermost first
    Ref<Exception> cause;      ///< `raise … from`
    Ref<Exception> context;    ///< what was being handled when it was raised
    bool hidesContext = false; ///< `raise … from`, with None too

private:
    const ExceptionType &m_type;
};

/// A reference to an Exception.
using ExceptionRef = Ref<Exception>;

/// An exception of \a type with a message, or without arguments.
ExceptionRef makeException(const ExceptionType &type, const QString &message = {});

/// How an Exception leaves C++ code: thrown by Deferred::callback() on a fired Deferred, for example, and
/// taken as the link's Failure when it leaves a callback.
class RaisedError : public std::runtime_error
{
public:
    /// Raises \a raised, or a new exception of \a type. @{
    explicit RaisedError(ExceptionRef raised);
    explicit RaisedError(const ExceptionType &type, const QString &message = {});

    /// @}
    /// What was raised.
    const ExceptionRef &exception() const { return m_exception; }

private:
    ExceptionRef m_exception;
};

} // namespace deferscope
