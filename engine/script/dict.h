// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

#include <QMultiHash>

namespace deferscope::script {

/// Python's hash of \a key, so that equal keys (1, 1.0 and True) find each other; raises TypeError for a list
/// or dict. \a depth counts how deep \a key lies in others; RecursionError when that is too deep.
size_t hashOf(const Value &key, int depth = 0);

/// Python's `==` for keys, and for everything that runs no code of the script. \a depth as in hashOf().
bool areEqual(const Value &left, const Value &right, int depth = 0);

/// Python's dict: entries in the order of their insertion.
class DictObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Dict;
    struct Entry
    {
        Value key;
        Value value;
        bool isAlive = true;
    };

    explicit DictObject(Heap &heap)
        : ScriptObject(heap, Type)
    {
    }
    ~DictObject() override;

    QString typeName() const override { return QStringLiteral("dict"); }
    QString repr() const override; ///< shortened, as SequenceObject's
    qint64 size() const override { return 96 + m_entries.capacity() * qint64(sizeof(Entry) + 32); }
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;

    qsizetype count() const { return m_alive; }
    const Value *find(const Value &key) const; ///< null when there is none
    void insert(const Value &key, const Value &value);
    bool remove(const Value &key);
    const QList<Entry> &entries() const { return m_entries; } ///< those that are alive, and gaps

private:
    qsizetype indexOf(const Value &key) const;
    void closeGaps();

    QList<Entry> m_entries;
    QMultiHash<size_t, qsizetype> m_indices; ///< by hash
    qsizetype m_alive = 0;
};
using DictRef = Ref<DictObject>;

/// What keys(), values() and items() give.
class DictView final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::DictView;
    enum class Part : quint8 { Keys, Values, Items };

    DictView(Heap &heap, DictRef viewed, Part viewedPart)
        : ScriptObject(heap, Type)
        , dict(std::move(viewed))
        , part(viewedPart)
    {
    }

    QString typeName() const override;
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override
    {
        visitor(Value(ObjectRef(dict)));
    }

    Value partOf(const DictObject::Entry &entry) const;

    const DictRef dict;
    const Part part;
};

} // namespace deferscope::script
