// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <type_traits>
#include <utility>

namespace deferscope {

/// What a Value refers to when it is more than a number or a text: shared, with an identity.
///
/// Rooms above add their own objects (the script's functions and lists, for example) under Kind::Foreign.
/// References are counted without locks: an object, and all who refer to it, belong to one thread.
class Object
{
public:
    /// What the engine itself looks for in a Value.
    enum class Kind : quint8 { Deferred, Failure, Exception, List, Tuple, Foreign };

    /// Of \a kind, and referred to by nobody.
    explicit Object(Kind kind)
        : m_kind(kind)
    {
    }
    Object(const Object &) = delete;
    Object &operator=(const Object &) = delete;
    virtual ~Object() = default;

    Kind kind() const { return m_kind; } ///< what it was made as

    virtual QString typeName() const = 0; ///< Python's name of its class
    virtual QString repr() const = 0;     ///< as Python's repr() shows it; never runs code of the program
    virtual QString str() const { return repr(); } ///< as Python's str() shows it

    /// One reference more.
    void retain()
    {
        ++m_references;
        if (m_floor != 0 && m_references == m_floor + 1)
            liftedOffFloor();
    }
    /// One reference less; the last one deletes the object.
    void release()
    {
        if (--m_references <= m_floor)
            fellToFloor();
    }
    quint32 references() const { return m_references; } ///< how many there are

protected:
    /// When no more than \a floor references are left, fellToFloor() is called; when there are more again,
    /// liftedOffFloor(). Who sets a floor above 0 handles every count up to it.
    void setFloor(quint32 floor) { m_floor = floor; }
    quint32 floor() const { return m_floor; }                                             ///< see setFloor()
    quint32 changeReferences(int by) { return m_references += static_cast<quint32>(by); } ///< tells nobody

    virtual void fellToFloor() { delete this; } ///< no more references than the floor are left
    virtual void liftedOffFloor() { }           ///< there are more again

private:
    quint32 m_references = 0;
    quint32 m_floor = 0;
    const Kind m_kind;
};

/// A counted reference to an Object.
template <typename T> class Ref
{
public:
    Ref() = default;
    /// Refers to \a object, or to nothing.
    explicit Ref(T *object)
        : m_object(object)
    {
        if (m_object)
            m_object->retain();
    }
    /// Copies refer to the same object. @{
    Ref(const Ref &other)
        : Ref(other.m_object)
    {
    }
    Ref(Ref &&other) noexcept
        : m_object(std::exchange(other.m_object, nullptr))
    {
    }
    template <typename U>
    requires std::is_convertible_v<U *, T *> Ref(const Ref<U> &other)
        : Ref(static_cast<T *>(other.data()))
    {
    }
    Ref &operator=(const Ref &other)
    {
        Ref(other).swap(*this);
        return *this;
    }
    Ref &operator=(Ref &&other) noexcept
    {
        Ref(std::move(other)).swap(*this);
        return *this;
    }
    /// @}
    ~Ref()
    {
        if (m_object)
            m_object->release();
    }

    /// The object, or null. @{
    T *data() const { return m_object; }
    T *operator->() const { return m_object; }
    T &operator*() const { return *m_object; }
    /// @}
    /// Whether there is an object.
    explicit operator bool() const { return m_object; }
    void reset() { Ref().swap(*this); } ///< refers to nothing from now on
    /// Exchanges what the two refer to.
    void swap(Ref &other) noexcept { std::swap(m_object, other.m_object); }
    T *take() { return std::exchange(m_object, nullptr); } ///< with the reference: somebody must release() it

    /// The same object.
    friend bool operator==(const Ref &a, const Ref &b) { return a.m_object == b.m_object; }

private:
    T *m_object = nullptr;
};

/// A reference to any Object.
using ObjectRef = Ref<Object>;

} // namespace deferscope
