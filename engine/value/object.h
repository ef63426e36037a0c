// SPDX-License-Identifier: MIT
#pragma once

#include <QExplicitlySharedDataPointer>
#include <QSharedData>
#include <QString>

namespace deferscope {

/// What a Value refers to when it is more than a number or a text: shared, with an identity.
///
/// Rooms above add their own objects (the script's functions and lists, for example) under Kind::Foreign.
class Object : public QSharedData
{
public:
    enum class Kind : quint8 { Deferred, Failure, Exception, List, Tuple, Foreign };

    explicit Object(Kind kind)
        : m_kind(kind)
    {
    }
    Object(const Object &) = delete;
    Object &operator=(const Object &) = delete;
    virtual ~Object() = default;

    Kind kind() const { return m_kind; }

    virtual QString typeName() const = 0;
    virtual QString repr() const = 0; ///< as Python's repr() shows it; never runs code of the program
    virtual QString str() const { return repr(); }

private:
    const Kind m_kind;
};

using ObjectRef = QExplicitlySharedDataPointer<Object>;

} // namespace deferscope
