// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/object.h"

#include <QList>
#include <QString>

#include <cstddef>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace deferscope {

/// What flows through a chain: None, a bool, a number, a text, or a reference to an Object.
///
/// A Failure and a Deferred are Values too, as in Twisted: which of them a link returns decides what happens
/// next. Copies of a Value share the Object they refer to.
class Value
{
public:
    /// What it holds. A Failure and a Deferred are Objects.
    enum class Kind : quint8 { None, Bool, Int, Float, String, Object };

    Value() noexcept { } ///< None
    /// Python's bool, int, float, str, or a reference to an object. @{
    Value(bool value) noexcept
        : m_kind(Kind::Bool)
    {
        m_bool = value;
    }
    template <typename Integer>
    requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>) Value(Integer value)
    noexcept
        : m_kind(Kind::Int)
    {
        m_int = static_cast<qint64>(value);
    }
    Value(double value) noexcept
        : m_kind(Kind::Float)
    {
        m_float = value;
    }
    Value(QString value) noexcept
        : m_kind(Kind::String)
    {
        new (&m_string) QString(std::move(value));
    }
    Value(ObjectRef value) noexcept
        : m_kind(Kind::Object)
        , m_objectKind(value ? value->kind() : Object::Kind::Foreign)
    {
        new (&m_object) ObjectRef(std::move(value));
    }
    /// @}
    /// A pointer is no bool.
    Value(const void *) = delete; ///< a pointer is no bool

    /// Copies share the object. @{
    Value(const Value &other)
        : m_kind(other.m_kind)
        , m_objectKind(other.m_objectKind)
    {
        copyContent(other);
    }
    Value(Value &&other) noexcept { moveFrom(other); }
    Value &operator=(const Value &other)
    {
        Value copy(other);
        return *this = std::move(copy);
    }
    /// @}
    /// Takes the content; \a other is None.
    Value &operator=(Value &&other) noexcept
    {
        if (m_kind < Kind::String) {
            moveFrom(other);
            return *this;
        }
        Value old; // what was here goes last: its end may look at this Value
        old.moveFrom(*this);
        moveFrom(other);
        return *this;
    }
    /// A number, without a look at what was here unless it must be let go.
    template <typename Number>
    requires std::is_arithmetic_v<Number> Value &operator=(Number number) noexcept
    {
        if (m_kind >= Kind::String)
            return *this = Value(number);
        if constexpr (std::is_same_v<Number, bool>) {
            m_kind = Kind::Bool;
            m_bool = number;
        } else if constexpr (std::is_integral_v<Number>) {
            m_kind = Kind::Int;
            m_int = static_cast<qint64>(number);
        } else {
            m_kind = Kind::Float;
            m_float = static_cast<double>(number);
        }
        return *this;
    }
    ~Value()
    {
        if (m_kind >= Kind::String)
            destroyContent();
    }

    Kind kind() const { return m_kind; }                 ///< what it holds
    bool isNone() const { return m_kind == Kind::None; } ///< whether it is None
    /// Whether it refers to an object of that kind.
    bool isObject(Object::Kind wanted) const { return m_kind == Kind::Object && m_objectKind == wanted; }
    /// Whether it takes the errback side (R36).
    bool isFailure() const { return isObject(Object::Kind::Failure); }
    /// Whether a chain waits for it (R39).
    bool isDeferred() const { return isObject(Object::Kind::Deferred); }

    /// The content; the Value must be of that kind.
    bool toBool() const { return checked(Kind::Bool).m_bool; }                 ///< of Kind::Bool
    qint64 toInt() const { return checked(Kind::Int).m_int; }                  ///< of Kind::Int
    double toFloat() const { return checked(Kind::Float).m_float; }            ///< of Kind::Float
    const QString &toString() const { return checked(Kind::String).m_string; } ///< of Kind::String
    Object *object() const { return checked(Kind::Object).m_object.data(); } ///< of Kind::Object; never null
    /// The same, as a reference.
    const ObjectRef &objectRef() const { return checked(Kind::Object).m_object; }

    /// Becomes None and gives its object, with the reference: somebody must release() it.
    Object *takeObject()
    {
        m_kind = Kind::None;
        return m_object.take();
    }

    /// The object as a \a T, or null when the Value holds no object or one of another class.
    template <typename T> T *as() const
    {
        return kind() == Kind::Object ? dynamic_cast<T *>(object()) : nullptr;
    }

    QString typeName() const; ///< Python's name of the type: `int`, `NoneType`, `Failure`

    /// Same content, or the same object. This is identity for objects, not Python's `==`.
    friend bool operator==(const Value &a, const Value &b);

private:
    const Value &checked(Kind wanted) const
    {
        Q_ASSERT(m_kind == wanted);
        Q_UNUSED(wanted)
        return *this;
    }
    void copyContent(const Value &other);
    void destroyContent() noexcept;
    /// A QString and a reference may be moved as bytes, which is how Qt's own containers move them.
    void moveFrom(Value &other) noexcept
    {
        std::memcpy(m_bytes, other.m_bytes, sizeof m_bytes);
        m_kind = std::exchange(other.m_kind, Kind::None);
        m_objectKind = other.m_objectKind;
    }

    union {
        bool m_bool;
        qint64 m_int;
        double m_float;
        QString m_string;
        ObjectRef m_object;
        std::byte m_bytes[sizeof(QString)] = {};
    };
    Kind m_kind = Kind::None;
    Object::Kind m_objectKind = Object::Kind::Foreign;
};
static_assert(sizeof(Value) == 32, "a chain moves Values at every link");

inline void Value::copyContent(const Value &other)
{
    if (m_kind < Kind::String)
        std::memcpy(m_bytes, other.m_bytes, sizeof m_bytes);
    else if (m_kind == Kind::String)
        new (&m_string) QString(other.m_string);
    else
        new (&m_object) ObjectRef(other.m_object);
}

QString repr(const Value &value); ///< as Python's repr()
QString str(const Value &value);  ///< as Python's str()

QString
reprOfFloat(double value); ///< the shortest text that reads back as the same double, as Python writes it
QString reprOfString(const QString &text); ///< quoted and escaped as Python does

/// Several Values in order: what DeferredList collects, and the script's list and tuple.
class Sequence : public Object
{
public:
    /// Object::Kind::List or Tuple.
    Sequence(Kind kind, QList<Value> values)
        : Object(kind)
        , items(std::move(values))
    {
        Q_ASSERT(kind == Kind::List || kind == Kind::Tuple);
    }

    QString typeName() const override; ///< `list` or `tuple`
    QString repr() const override;     ///< one that holds itself shows `...` inside

    /// A DeferredList makes one for each member: blocks that are used again. @{
    static void *operator new(size_t size);
    static void operator delete(void *memory, size_t size);
    /// @}

    QList<Value> items; ///< in order

private:
    mutable bool m_beingShown = false; ///< a list may hold itself
};

Value listOf(QList<Value> items);  ///< a list
Value tupleOf(QList<Value> items); ///< a tuple

} // namespace deferscope
