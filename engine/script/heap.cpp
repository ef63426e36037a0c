// SPDX-License-Identifier: MIT
#include "heap.h"

#include "engine/deferred/deferred.h"

#include <QSet>

namespace deferscope::script {

namespace {

/// Adds up what values hold that no tracked object accounts for: texts, once each.
class Census
{
public:
    void count(const Value &value)
    {
        if (value.kind() == Value::Kind::String)
            countText(value.toString());
        else if (value.kind() == Value::Kind::Object && value.object() && value.isDeferred())
            countResult(value);
    }
    qint64 total() const { return m_total; }
    void add(qint64 bytes) { m_total += bytes; }

private:
    void countText(const QString &text)
    {
        constexpr qsizetype WorthSharing = 256;
        if (text.size() >= WorthSharing) {
            if (m_seen.contains(text.constData()))
                return;
            m_seen.insert(text.constData());
        }
        m_total += text.size() * qint64(sizeof(QChar));
    }
    void countResult(const Value &value)
    {
        const auto result = Deferred::from(value)->state().result;
        if (result && result->kind() == Value::Kind::String)
            countText(result->toString());
    }

    QSet<const QChar *> m_seen;
    qint64 m_total = 0;
};

} // namespace

Tracked::Tracked(Heap &heap)
    : m_heap(&heap)
    , m_older(heap.m_first)
    , m_serial(++heap.m_lastSerial)
{
    if (m_older)
        m_older->m_newer = this;
    heap.m_first = this;
}

Tracked::~Tracked()
{
    if (!m_heap)
        return;
    if (m_newer)
        m_newer->m_older = m_older;
    else
        m_heap->m_first = m_older;
    if (m_older)
        m_older->m_newer = m_newer;
}

void Tracked::bury(QList<Value> values) const
{
    if (m_heap)
        m_heap->bury(std::move(values));
}

Heap::Heap(qint64 budget)
    : m_budget(budget)
    , m_nextCensus(budget / 4)
{
}

Heap::~Heap()
{
    clear();
    for (Tracked *object = m_first; object; object = object->m_older)
        object->m_heap = nullptr;
}

void Heap::clear()
{
    QList<ObjectRef> alive = std::exchange(m_adopted, {});
    for (const ObjectRef &adopted : std::as_const(alive))
        static_cast<Sequence *>(adopted.data())->items.clear();
    std::vector<Tracked *> tracked;
    for (Tracked *object = m_first; object; object = object->m_older) {
        if (Object *counted = object->asObject())
            alive.append(ObjectRef(counted));
        tracked.push_back(object);
    }
    for (Tracked *object : tracked)
        object->clear();
}

void Heap::bury(QList<Value> values)
{
    const auto isObject = [](const Value &value) { return value.kind() == Value::Kind::Object; };
    if (std::none_of(values.cbegin(), values.cend(), isObject))
        return;
    m_buried += std::move(values);
    if (m_isBurying)
        return;
    m_isBurying = true;
    while (!m_buried.isEmpty())
        const Value dropped = m_buried.takeLast();
    m_isBurying = false;
}

bool Heap::keep(qint64 bytes)
{
    m_kept += bytes;
    return reserve(bytes);
}

bool Heap::takeCensus(qint64 wanted)
{
    Census census;
    for (const Tracked *object = m_first; object; object = object->m_older) {
        census.add(object->size());
        object->visit([&census](const Value &value) { census.count(value); });
    }
    m_taken = census.total() + m_kept + m_held + wanted;
    m_nextCensus = m_taken + qMax(m_budget / 16, (m_budget - m_taken) / 2);
    return m_taken <= m_budget;
}

} // namespace deferscope::script
