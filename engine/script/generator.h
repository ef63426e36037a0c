// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/frame.h"
#include "engine/script/iterators.h"

namespace deferscope::script {

/// A call of a function with `yield`, or of an `async def`, that can be gone on with.
class GeneratorObject final : public IteratorObject
{
public:
    enum class Kind : quint8 { Generator, Coroutine };
    enum class State : quint8 { Created, Suspended, Running, Finished };

    GeneratorObject(Heap &heap, Kind generatorKind, std::unique_ptr<Frame> body);
    ~GeneratorObject() override;

    bool isCoroutine() const { return kind == Kind::Coroutine; }
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;
    const GeneratorObject *asGenerator() const override { return this; }

    const Kind kind;
    State state = State::Created;
    std::unique_ptr<Frame> frame; ///< null while it runs, and when it has finished
    Value returned;               ///< once it has finished
};

using GeneratorRef = Ref<GeneratorObject>;

/// The generator or coroutine in \a value, or null.
GeneratorObject *asGenerator(const Value &value);

} // namespace deferscope::script
