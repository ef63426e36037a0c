// SPDX-License-Identifier: MIT
#include "interpreter.h"

#include "engine/script/binding.h"
#include "engine/script/instructions.h"
#include "engine/script/library.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

constexpr int FuelChunk = 4096; ///< instructions between two looks at budgets and at interrupt()

} // namespace

Interpreter::Interpreter(const Parts &parts, qint64 instructions)
    : m_heap(parts.heap)
    , m_gate(parts.gate)
    , m_engine(parts.engine)
    , m_reactor(parts.reactor)
    , m_interrupted(parts.interrupted)
    , m_classes(parts.heap)
    , m_instructionsLeft(instructions)
    , m_instructionsGiven(instructions)
{
    for (const NativeSpec &spec : library::builtinFunctions())
        m_builtins.insert(spec.name.toString(), ObjectRef(new NativeObject(m_heap, spec, QString())));
    for (const ClassSpec &spec : library::builtinClasses()) {
        if (!spec.isHidden)
            m_builtins.insert(spec.name.toString(), ObjectRef(&m_classes.named(spec.name)));
    }
    for (const ExceptionType *type : errors::builtins())
        m_builtins.insert(type->name(), ObjectRef(&m_classes.forException(*type)));
    m_builtins.insert(u"__debug__"_s, true);
    m_builtins.insert(u"__name__"_s, u"__main__"_s);
    m_builtins.insert(u"__doc__"_s, Value());
}

Interpreter::~Interpreter() { dropFrames(); }

void Interpreter::dropFrames()
{
    while (m_frame)
        m_frame = std::move(m_frame->caller);
    const auto globals = std::exchange(m_globals, {});
}

const Value *Interpreter::builtin(const QString &name) const
{
    const auto found = m_builtins.constFind(name);
    return found == m_builtins.cend() ? nullptr : &*found;
}

// ---- running ----

void Interpreter::prepareGlobals(const Code &code)
{
    m_globalNames = code.globals;
    m_globals.assign(static_cast<size_t>(m_globalNames->size()), unbound());
    m_builtinGlobals.clear();
    for (const QString &name : *m_globalNames) {
        const Value *value = builtin(name);
        m_builtinGlobals.push_back(value ? *value : unbound());
    }
}

void Interpreter::runModule(const std::shared_ptr<const Code> &code, const QString &file)
{
    m_file = file;
    m_builtins.insert(u"__file__"_s, file);
    prepareGlobals(*code);
    const Ref<FunctionObject> module(new FunctionObject(m_heap, code));
    pushFrame(makeFrame(module));
    m_frame->isEntry = true;
    run(nullptr);
}

void Interpreter::resume()
{
    m_isSuspended = false;
    run(nullptr);
}

bool Interpreter::suspend()
{
    if (m_nativeLevels > 0)
        return false;
    m_isSuspended = true;
    m_leaves = true;
    m_fuel = 0;
    return true;
}

/// Runs until \a outer is the running frame again: that is, until the frames above it have returned.
void Interpreter::run(const Frame *outer)
{
    while (m_frame.get() != outer) {
        try {
            if (m_thrown)
                throw RaisedError(std::exchange(m_thrown, {}));
            while (m_frame.get() != outer) {
                if (--m_fuel < 0 && !refuel())
                    return;
                Frame &frame = *m_frame;
                const Instruction instruction = frame.code().instructions[static_cast<size_t>(frame.next++)];
                instructions::Table[static_cast<size_t>(instruction.op)](*this, frame, instruction.argument);
            }
        } catch (const RaisedAgain &error) {
            ExceptionRef exception = error.exception();
            if (!unwind(exception, outer, true))
                throw RaisedError(exception);
        } catch (const RaisedError &error) {
            ExceptionRef exception = error.exception();
            if (!unwind(exception, outer, false))
                throw RaisedError(exception);
        }
    }
}

/// Looks at budgets; false when running must stop here, to be resumed.
bool Interpreter::refuel()
{
    checkEnded();
    if (std::exchange(m_leaves, false)) {
        m_fuel = 0;
        return false;
    }
    if (m_instructionsLeft <= 0)
        end(u"The budget of %L1 instructions is used up."_s.arg(m_instructionsGiven));
    m_fuel = static_cast<int>(qMin(qint64(FuelChunk), m_instructionsLeft));
    m_instructionsLeft -= m_fuel;
    --m_fuel; // for the instruction that comes
    return true;
}

void Interpreter::checkEnded()
{
    if (m_hasEnded || m_interrupted.load(std::memory_order_relaxed)) {
        m_hasEnded = true;
        m_fuel = 0;
        throw RunEnded();
    }
    if (m_gate.isExhausted())
        end(u"The budget of events is used up."_s);
}

void Interpreter::end(const QString &why)
{
    m_gate.close(why);
    m_hasEnded = true;
    m_fuel = 0;
    throw RunEnded();
}

void Interpreter::finish(const QString &why)
{
    m_gate.stop(why);
    m_hasEnded = true;
    m_fuel = 0;
    throw RunEnded();
}

void Interpreter::spend(qint64 instructions)
{
    if (instructions > m_fuel) {
        m_instructionsLeft -= instructions - m_fuel;
        m_fuel = 0;
        refuel();
    } else {
        m_fuel -= static_cast<int>(instructions);
    }
}

void Interpreter::reserve(qint64 bytes)
{
    if (!m_heap.reserve(bytes))
        end(u"The budget of memory is used up."_s);
}

void Interpreter::print(const QString &text, Stream stream)
{
    if (!m_heap.keep(text.size() * qint64(sizeof(QChar))))
        end(u"The budget of memory is used up by output."_s);
    m_gate.print(text, stream);
}

// ---- frames ----

std::unique_ptr<Frame> Interpreter::makeFrame(const Ref<FunctionObject> &function)
{
    std::vector<quint32> &siteIds = m_siteIds[function->code.get()];
    if (siteIds.empty())
        siteIds.resize(static_cast<size_t>(function->code->sites.size()));
    return std::make_unique<Frame>(m_heap, function, siteIds);
}

void Interpreter::pushFrame(std::unique_ptr<Frame> frame)
{
    if (m_depth >= MaximumFrames)
        raise(exceptions::recursionError(), u"maximum recursion depth exceeded"_s);
    ++m_depth;
    prepareCells(*frame);
    frame->caller = std::move(m_frame);
    m_frame = std::move(frame);
}

void Interpreter::prepareCells(Frame &frame)
{
    const Code &code = frame.code();
    for (int i = 0; i < code.ownCells; ++i) {
        CellRef cell(new CellObject(m_heap));
        const int parameter = code.parameterOfCell[static_cast<size_t>(i)];
        if (parameter >= 0)
            cell->value = frame.locals[static_cast<size_t>(parameter)];
        frame.cells.push_back(std::move(cell));
    }
    frame.cells.insert(frame.cells.end(), frame.function->captured.cbegin(), frame.function->captured.cend());
}

void Interpreter::returnFromFrame(Value value)
{
    const std::unique_ptr<Frame> left = std::move(m_frame);
    m_frame = std::move(left->caller);
    --m_depth;
    if (left->generator)
        return finishGenerator(*left, value);
    if (left->names)
        value = finishClass(*left);
    if (!isUnbound(left->constructed)) {
        if (!value.isNone())
            raiseTypeError(u"__init__() should return None, not '%1'"_s.arg(value.typeName()));
        value = left->constructed;
    }
    if (left->isEntry)
        m_returned = std::move(value);
    else
        m_frame->push(std::move(value));
}

void Interpreter::markSite(Frame &frame)
{
    const Code &code = frame.code();
    const quint32 index = code.siteOf[static_cast<size_t>(frame.current())];
    quint32 &id = frame.siteIds[index];
    if (id == 0)
        id = m_gate.recorder().internSite(code.sites.at(index));
    m_gate.recorder().setSiteId(id);
}

// ---- exceptions ----

ExceptionRef Interpreter::currentException() const
{
    for (const Frame *frame = m_frame.get(); frame; frame = frame->caller.get()) {
        if (!frame->handled.empty())
            return frame->handled.back();
    }
    return {};
}

/// What is being handled while \a exception is raised becomes its context, unless that would go round in a
/// circle.
void Interpreter::setContext(Exception &exception) const
{
    const ExceptionRef handled = currentException();
    if (!handled || handled.data() == &exception)
        return;
    for (Exception *older = handled.data(); older; older = older->context.data()) {
        if (older->context.data() == &exception) {
            older->context.reset();
            break;
        }
    }
    exception.context = handled;
    forgetOldCauses(exception);
}

/// Looks for a handler in the frames inside \a outer, leaving those that have none; false when no frame has
/// one.
bool Interpreter::unwind(ExceptionRef &exception, const Frame *outer, bool isRaisedAgain)
{
    if (!isRaisedAgain && exception->traceback.isEmpty())
        setContext(*exception);
    while (m_frame.get() != outer) {
        Frame &frame = *m_frame;
        constexpr qsizetype LongestTraceback
            = 2000; // an exception that is raised again and again has no end of it
        if (!std::exchange(isRaisedAgain, false) && exception->traceback.size() < LongestTraceback)
            exception->traceback.prepend(frame.site());
        if (enterHandler(frame, exception))
            return true;
        const std::unique_ptr<Frame> left = std::move(m_frame);
        m_frame = std::move(left->caller);
        --m_depth;
        if (left->generator)
            abandonGenerator(*left, exception);
    }
    return false;
}

bool Interpreter::enterHandler(Frame &frame, const ExceptionRef &exception)
{
    const int place = frame.current();
    for (const Handler &handler : frame.code().handlers) {
        if (place < handler.begin || place >= handler.end)
            continue;
        frame.operands.resize(static_cast<size_t>(handler.stackDepth));
        frame.handled.resize(static_cast<size_t>(handler.handledDepth));
        frame.handled.push_back(exception);
        frame.next = handler.target;
        return true;
    }
    return false;
}

} // namespace deferscope::script
