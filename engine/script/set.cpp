// SPDX-License-Identifier: MIT
#include "set.h"

#include "engine/script/dict.h"

#include <cmath>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t SmallestTable = 8;
constexpr size_t Probes = 9; ///< entries in a row that are tried before a jump
constexpr quint64 Modulus = (quint64(1) << 61) - 1;

size_t signedHash(bool isNegative, quint64 magnitude)
{
    const qint64 hash = isNegative ? -qint64(magnitude) : qint64(magnitude);
    return static_cast<size_t>(hash == -1 ? -2 : hash);
}

size_t hashOfFloat(double number)
{
    if (std::isinf(number))
        return signedHash(number < 0, 314159);
    if (std::isnan(number))
        return 0;
    int exponent = 0;
    double mantissa = std::frexp(std::abs(number), &exponent);
    quint64 hash = 0;
    while (mantissa != 0) { // 28 bits at a time, modulo 2**61 - 1
        hash = ((hash << 28) & Modulus) | hash >> 33;
        mantissa *= 268435456.0;
        exponent -= 28;
        const auto part = static_cast<quint64>(mantissa);
        mantissa -= static_cast<double>(part);
        hash += part;
        if (hash >= Modulus)
            hash -= Modulus;
    }
    exponent = exponent >= 0 ? exponent % 61 : 60 - ((-1 - exponent) % 61);
    hash = ((hash << exponent) & Modulus) | hash >> (61 - exponent);
    return signedHash(number < 0, hash);
}

size_t hashOfTuple(const Sequence &tuple)
{
    constexpr quint64 First = 11400714785074694791ULL;
    constexpr quint64 Second = 14029467366897019727ULL;
    constexpr quint64 Fifth = 2870177450012600261ULL;
    quint64 sum = Fifth;
    for (const Value &item : tuple.items) {
        sum += tableHashOf(item) * Second;
        sum = (sum << 31) | (sum >> 33);
        sum *= First;
    }
    sum += quint64(tuple.items.size()) ^ (Fifth ^ 3527539ULL);
    return sum == ~quint64(0) ? 1546275796 : sum;
}

size_t hashOfSet(const SetObject &set)
{
    const auto shuffled = [](quint64 hash) { return ((hash ^ 89869747ULL) ^ (hash << 16)) * 3644798167ULL; };
    quint64 sum = 0;
    for (const Value &item : set.values())
        sum ^= shuffled(tableHashOf(item));
    sum ^= (quint64(set.count()) + 1) * 1927868237ULL;
    sum ^= (sum >> 11) ^ (sum >> 25);
    return sum * 69069ULL + 907133923ULL;
}

} // namespace

size_t tableHashOf(const Value &key)
{
    const auto ofInteger = [](qint64 number) {
        const quint64 magnitude = number < 0 ? quint64(0) - quint64(number) : quint64(number);
        return signedHash(number < 0, magnitude % Modulus);
    };
    switch (key.kind()) {
    case Value::Kind::Bool: return key.toBool();
    case Value::Kind::Int: return ofInteger(key.toInt());
    case Value::Kind::Float: return hashOfFloat(key.toFloat());
    case Value::Kind::None:
    case Value::Kind::String: return hashOf(key);
    case Value::Kind::Object: break;
    }
    if (const Sequence *tuple = asTuple(key)) {
        hashOf(key); // refuses what has no hash, and what is too deep
        return hashOfTuple(*tuple);
    }
    if (const auto *set = as<SetObject>(key); set && set->isFrozen)
        return hashOfSet(*set);
    return hashOf(key);
}

bool areEqualSets(const SetObject &left, const SetObject &right)
{
    const QList<Value> keys = left.values();
    return left.count() == right.count()
        && std::all_of(keys.cbegin(), keys.cend(),
                       [&right](const Value &key) { return right.contains(key); });
}

SetObject::SetObject(Heap &heap, bool isFrozenSet)
    : ScriptObject(heap, Type)
    , isFrozen(isFrozenSet)
    , m_table(SmallestTable)
{
}

SetObject::~SetObject()
{
    QList<Value> held = values();
    m_table.clear();
    bury(std::move(held));
}

QString SetObject::repr() const
{
    if (m_used == 0)
        return typeName() + u"()"_s;
    const QList<Value> items = values();
    const QString texts = shortTexts(*heap(), items.size(),
                                     [&items](qsizetype index) { return deferscope::repr(items.at(index)); });
    return isFrozen ? u"frozenset({"_s + texts + u"})"_s : u'{' + texts + u'}';
}

void SetObject::visit(const std::function<void(const Value &)> &visitor) const
{
    for (const Entry &entry : m_table) {
        if (entry.state == State::Used)
            visitor(entry.key);
    }
}

void SetObject::clear()
{
    const auto dropped = std::exchange(m_table, std::vector<Entry>(SmallestTable));
    m_used = m_filled = 0;
    m_finger = 0;
    ++m_version;
}

QList<Value> SetObject::values() const
{
    QList<Value> result;
    visit([&result](const Value &key) { result.append(key); });
    return result;
}

qsizetype SetObject::find(const Value *key, size_t hash) const
{
    size_t perturb = hash;
    size_t index = hash & mask();
    while (true) {
        size_t rest = index + Probes <= mask() ? Probes : 0;
        for (size_t at = index;; ++at) {
            const Entry &entry = m_table[at];
            const bool isIt
                = key && entry.state == State::Used && entry.hash == hash && areEqual(entry.key, *key);
            if (entry.state == State::Free || isIt)
                return static_cast<qsizetype>(at);
            if (rest-- == 0)
                break;
        }
        perturb >>= 5;
        index = (index * 5 + 1 + perturb) & mask();
    }
}

void SetObject::place(const Value &key, size_t hash)
{
    const qsizetype at = find(nullptr, hash);
    m_table[static_cast<size_t>(at)] = {key, hash, State::Used};
}

void SetObject::resize(qsizetype atLeast)
{
    size_t size = SmallestTable;
    while (size <= static_cast<size_t>(atLeast))
        size <<= 1;
    const auto old = std::exchange(m_table, std::vector<Entry>(size));
    for (const Entry &entry : old) {
        if (entry.state == State::Used)
            place(entry.key, entry.hash);
    }
    m_filled = m_used;
}

bool SetObject::contains(const Value &key) const
{
    const size_t hash = tableHashOf(key);
    return m_table[static_cast<size_t>(find(&key, hash))].state == State::Used;
}

void SetObject::insert(const Value &key)
{
    const size_t hash = tableHashOf(key);
    Entry &entry = m_table[static_cast<size_t>(find(&key, hash))];
    if (entry.state == State::Used)
        return;
    entry = {key, hash, State::Used};
    ++m_used;
    ++m_filled;
    ++m_version;
    if (static_cast<size_t>(m_filled) * 5 >= mask() * 3)
        resize(m_used > 50'000 ? m_used * 2 : m_used * 4);
}

bool SetObject::remove(const Value &key)
{
    Entry &entry = m_table[static_cast<size_t>(find(&key, tableHashOf(key)))];
    if (entry.state != State::Used)
        return false;
    const Entry dropped = std::exchange(entry, {{}, 0, State::Dropped});
    --m_used;
    ++m_version;
    return true;
}

std::optional<Value> SetObject::takeAny()
{
    if (m_used == 0)
        return std::nullopt;
    size_t at = m_finger & mask();
    while (m_table[at].state != State::Used)
        at = (at + 1) & mask();
    m_finger = at + 1;
    --m_used;
    ++m_version;
    return std::exchange(m_table[at], {{}, 0, State::Dropped}).key;
}

void SetObject::merge(const SetObject &other)
{
    if (&other == this || other.m_used == 0)
        return;
    ++m_version;
    if (static_cast<size_t>(m_filled + other.m_used) * 5 >= mask() * 3)
        resize((m_used + other.m_used) * 2);
    if (m_filled == 0 && mask() == other.mask() && other.m_filled == other.m_used) {
        m_table = other.m_table;
        m_used = m_filled = other.m_used;
        return;
    }
    if (m_filled == 0) {
        for (const Entry &entry : other.m_table) {
            if (entry.state == State::Used)
                place(entry.key, entry.hash);
        }
        m_used = m_filled = other.m_used;
        return;
    }
    for (const Value &key : other.values())
        insert(key);
}

} // namespace deferscope::script
