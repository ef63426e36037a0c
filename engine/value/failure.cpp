// SPDX-License-Identifier: MIT
#include "failure.h"

namespace deferscope {

using namespace Qt::StringLiterals;

QString FailureObject::repr() const
{
    const ExceptionType &type = exception->type();
    const QString name = type.module().isEmpty() ? u"builtins."_s + type.name() : type.qualifiedName();
    return u"<twisted.python.failure.Failure %1: %2>"_s.arg(name, exception->str());
}

Failure::Failure(ExceptionRef exception, QList<Site> traceback)
    : m_object(new FailureObject(std::move(exception), std::move(traceback)))
{
}

Failure::Failure(const ExceptionType &type, const QString &message)
    : Failure(makeException(type, message))
{
}

Failure::Failure(Ref<FailureObject> object)
    : m_object(std::move(object))
{
}

Failure Failure::fromCurrentException()
{
    try {
        throw;
    } catch (const RaisedError &error) {
        return Failure(error.exception());
    } catch (const std::exception &error) {
        return Failure(exceptions::exception(), QString::fromUtf8(error.what()));
    } catch (...) {
        return Failure(exceptions::exception(), u"an exception of an unknown type"_s);
    }
}

const ExceptionType *Failure::check(std::initializer_list<const ExceptionType *> types) const
{
    for (const ExceptionType *wanted : types) {
        if (type().isA(*wanted))
            return wanted;
    }
    return nullptr;
}

const ExceptionType &Failure::trap(std::initializer_list<const ExceptionType *> types) const
{
    const ExceptionType *found = check(types);
    if (!found)
        throw RaisedError(value());
    return *found;
}

Failure toFailure(const Value &value)
{
    Q_ASSERT(value.isFailure());
    return Failure(Ref<FailureObject>(static_cast<FailureObject *>(value.object())));
}

} // namespace deferscope
