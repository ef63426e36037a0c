// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

namespace deferscope::script {

/// Python's set and frozenset.
///
/// A table with open addressing that grows and probes as CPython's does, so that sets of numbers print and
/// are walked in the same order. The order of texts is another one in every run of CPython; here it is always
/// the same.
class SetObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Set;

    SetObject(Heap &heap, bool isFrozenSet);
    ~SetObject() override;

    QString typeName() const override
    {
        return isFrozen ? QStringLiteral("frozenset") : QStringLiteral("set");
    }
    QString repr() const override; ///< shortened, as SequenceObject's
    qint64 size() const override { return 96 + qint64(m_table.size() * sizeof(Entry)); }
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;

    qsizetype count() const { return m_used; }
    bool contains(const Value &key) const; ///< raises TypeError for what has no hash, as the next
    void insert(const Value &key);
    bool remove(const Value &key);
    std::optional<Value> takeAny(); ///< pop()
    void merge(const SetObject &other);
    QList<Value> values() const;                    ///< in the order of the table
    qsizetype version() const { return m_version; } ///< another one after each change

    const bool isFrozen;

private:
    enum class State : quint8 { Free, Used, Dropped };
    struct Entry
    {
        Value key;
        size_t hash = 0;
        State state = State::Free;
    };

    /// Its index, or that of the free entry where it would go; without a \a key the free entry.
    qsizetype find(const Value *key, size_t hash) const;
    void place(const Value &key, size_t hash); ///< of a key that is not there, in a table without gaps
    void resize(qsizetype atLeast);
    size_t mask() const { return m_table.size() - 1; }

    std::vector<Entry> m_table;
    qsizetype m_used = 0;
    qsizetype m_filled = 0; ///< with the dropped ones
    size_t m_finger = 0;
    qsizetype m_version = 0;
};
using SetRef = Ref<SetObject>;

bool areEqualSets(const SetObject &left, const SetObject &right);
size_t tableHashOf(const Value &key); ///< CPython's own hash, where that is the same in every run

} // namespace deferscope::script
