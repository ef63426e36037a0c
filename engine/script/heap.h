// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/value.h"

#include <functional>

namespace deferscope::script {

class Heap;

/// What a Heap knows of an object that refers to others.
class Tracked
{
public:
    explicit Tracked(Heap &heap);
    Tracked(const Tracked &) = delete;
    Tracked &operator=(const Tracked &) = delete;
    virtual ~Tracked();

    quint32 serial() const { return m_serial; } ///< from 1, in order of creation: the same in every run

    virtual qint64 size() const { return 64; } ///< bytes of its own, without those of the texts it refers to
    virtual void visit(const std::function<void(const Value &)> &) const { }
    virtual void clear() { } ///< drops what it refers to
    virtual Object *asObject() = 0;

protected:
    /// From destructors: what the object referred to. It must not refer to it any more when this is called.
    void bury(QList<Value> values) const;
    template <typename... Members> void buryMembers(Members &...members) const
    {
        QList<Value> values;
        (values.append(std::exchange(members, {})), ...);
        bury(std::move(values));
    }
    Heap *heap() const { return m_heap; }

private:
    friend class Heap;
    Heap *m_heap;
    Tracked *m_newer = nullptr;
    Tracked *m_older = nullptr;
    quint32 m_serial;
};

/// The objects of a run that refer to others: how much memory they hold, and their end.
///
/// Objects are counted by reference, so lists and closures that refer to themselves would outlive the run:
/// destroying the heap makes every object that is left drop what it refers to. What values hold is measured
/// now and then, when enough has been created since the last time, so that small programs never pay for it.
class Heap
{
public:
    explicit Heap(qint64 budget);
    ~Heap();
    Heap(const Heap &) = delete;
    Heap &operator=(const Heap &) = delete;

    /// Before \a bytes are taken; false when they are more than there is left.
    bool reserve(qint64 bytes)
    {
        m_taken += bytes;
        return m_taken <= m_nextCensus || takeCensus(bytes);
    }
    /// Native code keeps so much outside of any object; negative: no more.
    void hold(qint64 bytes)
    {
        m_held += bytes;
    }
    bool keep(qint64 bytes); ///< as reserve(), for what lives as long as the run: output

    /// Destroys \a values without nesting: a million lists in each other must not exhaust the stack.
    void bury(QList<Value> values);

    /// For texts of nested values that only people read: how deep the one being written is.
    int &textDepth() { return m_textDepth; }

    /// A list that the engine made and a script changed.
    void adopt(const ObjectRef &object)
    {
        m_adopted.append(object);
    }
    void clear();

private:
    friend class Tracked;
    bool takeCensus(qint64 wanted);

    Tracked *m_first = nullptr;
    QList<ObjectRef> m_adopted;
    QList<Value> m_buried;
    bool m_isBurying = false;
    int m_textDepth = 0;
    quint32 m_lastSerial = 0;
    qint64 m_budget;
    qint64 m_kept = 0;
    qint64 m_held = 0;
    qint64 m_taken = 0; ///< found alive by the last census, and reserved since
    qint64 m_nextCensus;
};

} // namespace deferscope::script
