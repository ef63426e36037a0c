// SPDX-License-Identifier: MIT
#include "dict.h"

#include "engine/script/errors.h"
#include "engine/script/set.h"

#include <cmath>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

bool isNumber(const Value &value)
{
    return value.kind() == Value::Kind::Bool || value.kind() == Value::Kind::Int
        || value.kind() == Value::Kind::Float;
}

double toDouble(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Bool: return value.toBool() ? 1 : 0;
    case Value::Kind::Int: return static_cast<double>(value.toInt());
    case Value::Kind::Float: return value.toFloat();
    case Value::Kind::None:
    case Value::Kind::String:
    case Value::Kind::Object: break;
    }
    Q_UNREACHABLE();
}

qint64 toInteger(const Value &value)
{
    return value.kind() == Value::Kind::Bool ? value.toBool() : value.toInt();
}

bool areEqualNumbers(const Value &left, const Value &right)
{
    if (left.kind() == Value::Kind::Float || right.kind() == Value::Kind::Float)
        return toDouble(left) == toDouble(right);
    return toInteger(left) == toInteger(right);
}

constexpr int MaximumDepth = 400;

bool areEqualSequences(const Sequence &left, const Sequence &right, int depth)
{
    const auto same = [depth](const Value &a, const Value &b) { return areEqual(a, b, depth); };
    return left.kind() == right.kind()
        && std::equal(left.items.cbegin(), left.items.cend(), right.items.cbegin(), right.items.cend(), same);
}

bool areEqualDicts(const DictObject &left, const DictObject &right, int depth)
{
    const auto isInRight = [&right, depth](const DictObject::Entry &entry) {
        if (!entry.isAlive)
            return true;
        const Value *other = right.find(entry.key);
        return other && areEqual(entry.value, *other, depth);
    };
    return left.count() == right.count()
        && std::all_of(left.entries().cbegin(), left.entries().cend(), isInRight);
}

bool areEqualRanges(const RangeObject &left, const RangeObject &right)
{
    const qint64 count = left.count();
    return count == right.count()
        && (count == 0 || (left.start == right.start && (count == 1 || left.step == right.step)));
}

size_t hashOfNumber(const Value &value)
{
    if (value.kind() != Value::Kind::Float)
        return std::hash<qint64>{}(toInteger(value));
    const double number = value.toFloat();
    if (std::nearbyint(number) == number && std::abs(number) < 9e18)
        return std::hash<qint64>{}(static_cast<qint64>(number));
    return std::hash<double>{}(number);
}

} // namespace

bool areEqual(const Value &left, const Value &right, int depth)
{
    if (isNumber(left) && isNumber(right))
        return areEqualNumbers(left, right);
    if (left == right)
        return true;
    if (left.kind() != Value::Kind::Object || right.kind() != Value::Kind::Object)
        return false;
    if (depth >= MaximumDepth)
        raise(exceptions::recursionError(), u"maximum recursion depth exceeded in comparison"_s);
    if (const Sequence *sequence = asSequence(left))
        return asSequence(right) && areEqualSequences(*sequence, *asSequence(right), depth + 1);
    if (const auto *dict = as<DictObject>(left))
        return as<DictObject>(right) && areEqualDicts(*dict, *as<DictObject>(right), depth + 1);
    if (as<SetObject>(left))
        return as<SetObject>(right) && areEqualSets(*as<SetObject>(left), *as<SetObject>(right));
    if (const auto *range = as<RangeObject>(left))
        return as<RangeObject>(right) && areEqualRanges(*range, *as<RangeObject>(right));
    if (const auto *method = as<BoundMethod>(left)) {
        const auto *other = as<BoundMethod>(right);
        return other && method->self == other->self && method->function == other->function;
    }
    return false;
}

size_t hashOf(const Value &key, int depth)
{
    switch (key.kind()) {
    case Value::Kind::None: return 0x1ca0;
    case Value::Kind::Bool:
    case Value::Kind::Int:
    case Value::Kind::Float: return hashOfNumber(key);
    case Value::Kind::String: return qHash(key.toString());
    case Value::Kind::Object: break;
    }
    if (const Sequence *tuple = asTuple(key)) {
        if (depth >= MaximumDepth)
            raise(exceptions::recursionError(), u"maximum recursion depth exceeded"_s);
        size_t seed = 0x345678;
        for (const Value &item : tuple->items)
            seed = (seed ^ hashOf(item, depth + 1)) * 1000003;
        return seed;
    }
    const auto *set = as<SetObject>(key);
    if (set && set->isFrozen)
        return tableHashOf(key);
    if (asList(key) || as<DictObject>(key) || as<SliceObject>(key) || set)
        raiseTypeError(u"unhashable type: '%1'"_s.arg(key.typeName()));
    if (const auto *method = as<BoundMethod>(key))
        return hashOf(method->self) ^ hashOf(method->function);
    return std::hash<const void *>{}(key.object());
}

// ---- DictObject ----

DictObject::~DictObject()
{
    QList<Value> values;
    visit([&values](const Value &value) {
        if (value.kind() == Value::Kind::Object)
            values.append(value);
    });
    m_entries.clear();
    bury(std::move(values));
}

QString DictObject::repr() const
{
    const QString texts = shortTexts(*heap(), m_entries.size(), [this](qsizetype index) {
        const Entry &entry = m_entries.at(index);
        return entry.isAlive ? deferscope::repr(entry.key) + u": "_s + deferscope::repr(entry.value)
                             : QString();
    });
    return u'{' + texts + u'}';
}

void DictObject::visit(const std::function<void(const Value &)> &visitor) const
{
    for (const Entry &entry : m_entries) {
        visitor(entry.key);
        visitor(entry.value);
    }
}

void DictObject::clear()
{
    const auto entries = std::exchange(m_entries, {});
    m_indices.clear();
    m_alive = 0;
}

qsizetype DictObject::indexOf(const Value &key) const
{
    for (auto [candidate, end] = m_indices.equal_range(hashOf(key)); candidate != end; ++candidate) {
        if (areEqual(m_entries.at(*candidate).key, key))
            return *candidate;
    }
    return -1;
}

const Value *DictObject::find(const Value &key) const
{
    const qsizetype index = indexOf(key);
    return index < 0 ? nullptr : &m_entries.at(index).value;
}

void DictObject::insert(const Value &key, const Value &value)
{
    const qsizetype index = indexOf(key);
    if (index >= 0) {
        const Value dropped = std::exchange(m_entries[index].value, value); // may own this dict
        return;
    }
    m_indices.insert(hashOf(key), m_entries.size());
    m_entries.append({key, value});
    ++m_alive;
}

bool DictObject::remove(const Value &key)
{
    const qsizetype index = indexOf(key);
    if (index < 0)
        return false;
    m_indices.remove(hashOf(key), index);
    const Entry dropped = std::exchange(m_entries[index], {{}, {}, false});
    --m_alive;
    if (m_entries.size() > 32 && m_alive < m_entries.size() / 2)
        closeGaps();
    return true;
}

void DictObject::closeGaps()
{
    m_entries.removeIf([](const Entry &entry) { return !entry.isAlive; });
    m_indices.clear();
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        m_indices.insert(hashOf(m_entries.at(i).key), i);
}

// ---- DictView ----

QString DictView::typeName() const
{
    switch (part) {
    case Part::Keys: return u"dict_keys"_s;
    case Part::Values: return u"dict_values"_s;
    case Part::Items: return u"dict_items"_s;
    }
    Q_UNREACHABLE();
}

QString DictView::repr() const
{
    const QString texts = shortTexts(*heap(), dict->entries().size(), [this](qsizetype index) {
        const DictObject::Entry &entry = dict->entries().at(index);
        return entry.isAlive ? deferscope::repr(partOf(entry)) : QString();
    });
    return typeName() + u"(["_s + texts + u"])"_s;
}

Value DictView::partOf(const DictObject::Entry &entry) const
{
    switch (part) {
    case Part::Keys: return entry.key;
    case Part::Values: return entry.value;
    case Part::Items: return tupleOf({entry.key, entry.value});
    }
    Q_UNREACHABLE();
}

} // namespace deferscope::script
