// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

namespace deferscope::script {

class GeneratorObject;

/// What `for` draws values from. An iterator of a script is one of the classes in iterators.cpp, or a
/// function of a builtin such as map().
class IteratorObject : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Iterator;
    /// Gives the next value, or nothing at the end; \a values is what it refers to.
    using Step = std::function<std::optional<Value>(Interpreter &, QList<Value> &values)>;

    IteratorObject(Heap &heap, QString iteratorName, QList<Value> referred, Step step)
        : ScriptObject(heap, Type)
        , m_name(std::move(iteratorName))
        , m_values(std::move(referred))
        , m_step(std::move(step))
    {
    }
    ~IteratorObject() override { bury(std::move(m_values)); }

    std::optional<Value> next(Interpreter &vm);
    virtual const GeneratorObject *asGenerator() const { return nullptr; }

    QString typeName() const override { return m_name; }
    QString repr() const override { return QStringLiteral("<%1 object at %2>").arg(m_name, address()); }
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;

private:
    QString m_name;
    QList<Value> m_values;
    Step m_step;
    bool m_isExhausted = false;
};

Value makeIterator(Interpreter &vm, const QString &name, QList<Value> values, IteratorObject::Step step);

/// Python's iter(): raises TypeError for what cannot be iterated.
Value iteratorOf(Interpreter &vm, const Value &iterable);
bool isIterable(const Value &value);

/// Calls \a visitor with each value, until it returns false.
void forEach(Interpreter &vm, const Value &iterable, const std::function<bool(const Value &)> &visitor);
QList<Value> toList(Interpreter &vm, const Value &iterable);

} // namespace deferscope::script
