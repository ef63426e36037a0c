// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

namespace deferscope::script {

/// One activation of a Code, on the heap: its variables, its operands, and where it is. It can be set aside
/// and gone on with later, which is what waiting in reactor.run() does.
class Frame final : public Tracked
{
public:
    Frame(Heap &heap, Ref<FunctionObject> activated,
          std::vector<quint32> &activatedSiteIds);
    ~Frame() override;

    void push(Value value) { operands.push_back(std::move(value)); }
    Value pop()
    {
        Value value = std::move(operands.back());
        operands.pop_back();
        return value;
    }
    Value &top(size_t below = 0) { return operands[operands.size() - 1 - below]; }

    const Site &site() const; ///< of the instruction that runs
    const Code &code() const { return m_code; }
    int current() const { return next - 1; } ///< the instruction that runs

    qint64 size() const override
    {
        return 256 + qint64((locals.capacity() + operands.capacity()) * sizeof(Value));
    }
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;
    Object *asObject() override { return nullptr; }

    Ref<FunctionObject> function;
    std::vector<Value> locals;
    std::vector<Value> operands;
    std::vector<CellRef> cells;
    std::vector<ExceptionRef> handled; ///< exceptions whose handlers are being run, innermost last
    std::unique_ptr<Frame> caller;
    ObjectRef generator;                          ///< whose body this is, while it runs
    int next = 0;                                 ///< the instruction that runs next
    bool isEntry = false;                         ///< called by C++: the result goes there
    std::unique_ptr<QHash<QString, Value>> names; ///< of a class body
    Value classBase;                              ///< of a class body; unbound() when the class names none
    Value constructed = unbound(); ///< of an __init__: what the call gives instead of the result
    std::vector<quint32> &siteIds; ///< of the code's sites in the trace; 0 where not known yet

private:
    const Code &m_code;
};

} // namespace deferscope::script
