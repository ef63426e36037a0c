// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/exception.h"
#include "engine/value/site.h"

#include <initializer_list>

namespace deferscope {

/// The object behind a Failure: an exception, and the places it came through, outermost first.
class FailureObject final : public Object
{
public:
    /// Of \a heldException, which came through \a places.
    FailureObject(ExceptionRef heldException, QList<Site> places)
        : Object(Kind::Failure)
        , exception(std::move(heldException))
        , traceback(std::move(places))
    {
    }

    QString typeName() const override { return QStringLiteral("Failure"); } ///< `Failure`
    QString repr() const override;                                          ///< as Twisted's Failure.__repr__

    ExceptionRef exception; ///< what was raised
    QList<Site> traceback;  ///< outermost first
};

/// Why a chain is on its errback side: Twisted's Failure. Copies share identity; a Failure that an errback
/// returns is the same object that the next errback sees (R39).
class Failure
{
public:
    /// Of an exception, of a new one, or of an object that is there. @{
    explicit Failure(ExceptionRef exception, QList<Site> traceback = {});
    explicit Failure(const ExceptionType &type, const QString &message = {});
    explicit Failure(Ref<FailureObject> object);
    /// @}
    static Failure fromCurrentException(); ///< inside a catch block: RaisedError, std::exception, anything

    const ExceptionType &type() const { return m_object->exception->type(); } ///< the class of the exception
    const ExceptionRef &value() const { return m_object->exception; }         ///< the exception
    QString message() const { return m_object->exception->str(); } ///< what it says: str() of the exception
    /// The places that it came through, outermost first.
    const QList<Site> &traceback() const { return m_object->traceback; }

    /// The first of \a types that the exception is an instance of, or null.
    const ExceptionType *check(std::initializer_list<const ExceptionType *> types) const;
    /// As check(), but an exception of none of the \a types is raised again: throws RaisedError.
    const ExceptionType &trap(std::initializer_list<const ExceptionType *> types) const;

    /// A Failure is what a link may return.
    operator Value() const { return Value(ObjectRef(m_object)); }
    friend bool operator==(const Failure &, const Failure &) = default; ///< the same one

private:
    Ref<FailureObject> m_object;
};

/// The Failure in \a value, which must hold one.
Failure toFailure(const Value &value);

} // namespace deferscope
