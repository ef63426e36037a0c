// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/object.h"

#include <QList>
#include <QString>

#include <type_traits>
#include <variant>

namespace deferscope {

/// What flows through a chain: None, a bool, a number, a text, or a reference to an Object.
///
/// A Failure and a Deferred are Values too, as in Twisted: which of them a link returns decides what happens
/// next. Copies of a Value share the Object they refer to.
class Value
{
public:
    enum class Kind : quint8 { None, Bool, Int, Float, String, Object };

    Value() = default; ///< None
    Value(bool value)
        : m_data(value)
    {
    }
    template <typename Integer>
    requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>) Value(Integer value)
        : m_data(static_cast<qint64>(value))
    {
    }
    Value(double value)
        : m_data(value)
    {
    }
    Value(QString value)
        : m_data(std::move(value))
    {
    }
    Value(ObjectRef value)
        : m_data(std::move(value))
    {
    }
    Value(const void *) = delete; ///< a pointer is no bool

    Kind kind() const { return static_cast<Kind>(m_data.index()); }
    bool isNone() const { return kind() == Kind::None; }
    bool isObject(Object::Kind wanted) const { return kind() == Kind::Object && object()->kind() == wanted; }
    bool isFailure() const { return isObject(Object::Kind::Failure); }
    bool isDeferred() const { return isObject(Object::Kind::Deferred); }

    /// The content; the Value must be of that kind.
    bool toBool() const { return std::get<bool>(m_data); }
    qint64 toInt() const { return std::get<qint64>(m_data); }
    double toFloat() const { return std::get<double>(m_data); }
    const QString &toString() const { return std::get<QString>(m_data); }
    Object *object() const { return std::get<ObjectRef>(m_data).data(); }
    const ObjectRef &objectRef() const { return std::get<ObjectRef>(m_data); }

    /// The object as a \a T, or null when the Value holds no object or one of another class.
    template <typename T> T *as() const
    {
        return kind() == Kind::Object ? dynamic_cast<T *>(object()) : nullptr;
    }

    QString typeName() const; ///< Python's name of the type: `int`, `NoneType`, `Failure`

    /// Same content, or the same object. This is identity for objects, not Python's `==`.
    friend bool operator==(const Value &, const Value &) = default;

private:
    std::variant<std::monostate, bool, qint64, double, QString, ObjectRef> m_data;
};

QString repr(const Value &value); ///< as Python's repr()
QString str(const Value &value);  ///< as Python's str()

QString
reprOfFloat(double value); ///< the shortest text that reads back as the same double, as Python writes it
QString reprOfString(const QString &text); ///< quoted and escaped as Python does

/// Several Values in order: what DeferredList collects, and the script's list and tuple.
class Sequence : public Object
{
public:
    Sequence(Kind kind, QList<Value> values)
        : Object(kind)
        , items(std::move(values))
    {
        Q_ASSERT(kind == Kind::List || kind == Kind::Tuple);
    }

    QString typeName() const override;
    QString repr() const override;

    QList<Value> items;

private:
    mutable bool m_beingShown = false; ///< a list may hold itself
};

Value listOf(QList<Value> items);
Value tupleOf(QList<Value> items);

} // namespace deferscope
