// SPDX-License-Identifier: MIT
#include "generator.h"

#include "engine/script/interpreter.h"
#include "engine/script/operations.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

GeneratorObject::GeneratorObject(Heap &heap, Kind generatorKind, std::unique_ptr<Frame> body)
    : IteratorObject(heap, generatorKind == Kind::Coroutine ? u"coroutine"_s : u"generator"_s, {},
                     [this](Interpreter &vm, QList<Value> &) -> std::optional<Value> {
                         if (state == State::Finished)
                             return std::nullopt;
                         const Progress progress = vm.resume(*this, {});
                         return progress.kind == Progress::Kind::Yielded ? std::optional(progress.value)
                                                                         : std::nullopt;
                     })
    , kind(generatorKind)
    , frame(std::move(body))
{
}

GeneratorObject::~GeneratorObject() { buryMembers(returned); }

QString GeneratorObject::repr() const
{
    const QString name = frame ? frame->code().qualifiedName : QString();
    return u"<%1 object %2 at %3>"_s.arg(typeName(), name, address());
}

void GeneratorObject::visit(const std::function<void(const Value &)> &visitor) const
{
    visitor(returned);
    if (frame)
        frame->visit(visitor);
}

void GeneratorObject::clear()
{
    IteratorObject::clear();
    state = State::Finished;
    const auto dropped = std::move(frame);
    returned = {};
}

GeneratorObject *asGenerator(const Value &value)
{
    const auto *iterator = as<IteratorObject>(value);
    return iterator ? const_cast<GeneratorObject *>(iterator->asGenerator()) : nullptr;
}

// ---- what the machine does with them ----

Value Interpreter::makeGenerator(std::unique_ptr<Frame> frame)
{
    reserve(512);
    prepareCells(*frame);
    const auto kind
        = frame->code().isCoroutine ? GeneratorObject::Kind::Coroutine : GeneratorObject::Kind::Generator;
    return ObjectRef(new GeneratorObject(m_heap, kind, std::move(frame)));
}

void Interpreter::pushGenerator(GeneratorObject &generator)
{
    if (generator.state == GeneratorObject::State::Running)
        raiseValueError(u"%1 already executing"_s.arg(generator.typeName()));
    if (m_depth >= MaximumFrames)
        raise(exceptions::recursionError(), u"maximum recursion depth exceeded"_s);
    ++m_depth;
    generator.state = GeneratorObject::State::Running;
    std::unique_ptr<Frame> frame = std::move(generator.frame);
    frame->generator = ObjectRef(&generator);
    frame->caller = std::move(m_frame);
    m_frame = std::move(frame);
}

void Interpreter::enter(GeneratorObject &generator, const Value &sent)
{
    const bool isFirst = generator.state == GeneratorObject::State::Created;
    if (isFirst && !sent.isNone())
        raiseTypeError(u"can't send non-None value to a just-started %1"_s.arg(generator.typeName()));
    pushGenerator(generator);
    if (!isFirst)
        m_frame->push(sent);
}

/// Raises \a exception where \a generator, which is suspended, waits: in the innermost of those that it draws
/// from.
void Interpreter::enterRaising(GeneratorObject &generator, const ExceptionRef &exception)
{
    m_thrown = exception;
    pushGenerator(generator);
    Frame &frame = *m_frame;
    const Instruction &yielded = frame.code().instructions[static_cast<size_t>(frame.current())];
    if (yielded.argument != YieldFlag::Delegated)
        return;
    auto *inner = asGenerator(frame.top());
    frame.next = frame.current(); // back at YieldFrom, which the inner one's next value or end belongs to
    if (inner && inner->state == GeneratorObject::State::Suspended)
        enterRaising(*inner, exception);
}

void Interpreter::yieldFromFrame(Value value)
{
    std::unique_ptr<Frame> left = std::move(m_frame);
    m_frame = std::move(left->caller);
    --m_depth;
    const ObjectRef held = std::exchange(left->generator, {});
    auto &generator = static_cast<GeneratorObject &>(*held);
    generator.state = GeneratorObject::State::Suspended;
    const bool isEntry = std::exchange(left->isEntry, false);
    generator.frame = std::move(left);
    if (isEntry) {
        m_returned = std::move(value);
        m_hasYielded = true;
    } else {
        m_frame->push(std::move(value));
    }
}

/// The generator of \a left is at its end: the loop or `yield from` that drew from it goes on behind it.
void Interpreter::finishGenerator(const Frame &left, const Value &value)
{
    auto &generator = static_cast<GeneratorObject &>(*left.generator);
    generator.state = GeneratorObject::State::Finished;
    generator.returned = value;
    if (left.isEntry) {
        m_returned = value;
        return;
    }
    Frame &caller = *m_frame;
    const Instruction &drew = caller.code().instructions[static_cast<size_t>(caller.current())];
    caller.pop();
    if (drew.op == Op::YieldFrom)
        caller.push(value);
    caller.next = drew.argument;
}

/// An exception leaves a generator. What says that an iterator has ended must not be taken for this one's
/// end.
void Interpreter::abandonGenerator(const Frame &left, ExceptionRef &exception)
{
    auto &generator = static_cast<GeneratorObject &>(*left.generator);
    generator.state = GeneratorObject::State::Finished;
    if (!exception->type().isA(errors::stopIteration()))
        return;
    const ExceptionRef replaced(new ScriptException(
        exceptions::runtimeError(), {u"%1 raised StopIteration"_s.arg(generator.typeName())}));
    replaced->traceback = exception->traceback;
    replaced->cause = exception;
    replaced->context = exception;
    replaced->hidesContext = true;
    exception = replaced;
}

} // namespace deferscope::script
