// SPDX-License-Identifier: MIT
#include "interpreter.h"

#include "engine/script/binding.h"
#include "engine/script/coroutines.h"
#include "engine/script/operations.h"

/// How everything that can be called is called.
namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Keeps count of what C++ code that calls the script stands for in Python's frames.
class NativeLevel
{
public:
    NativeLevel(int &depth, int &levels)
        : m_depth(depth)
        , m_levels(levels)
    {
        m_depth += Interpreter::FramesOfNative;
        ++m_levels;
    }
    ~NativeLevel()
    {
        m_depth -= Interpreter::FramesOfNative;
        --m_levels;
    }
    NativeLevel(const NativeLevel &) = delete;
    NativeLevel &operator=(const NativeLevel &) = delete;

private:
    int &m_depth;
    int &m_levels;
};

} // namespace

Value Interpreter::call(const Value &callee, Arguments arguments)
{
    checkEnded();
    const NativeLevel level(m_depth, m_nativeLevels);
    const Frame *outer = m_frame.get();
    if (auto result = beginCall(callee, std::move(arguments)))
        return *result;
    m_frame->isEntry = true;
    run(outer);
    return std::exchange(m_returned, {});
}

Progress Interpreter::resume(GeneratorObject &generator, const Value &sent, const ExceptionRef &thrown)
{
    checkEnded();
    const GeneratorRef held(&generator);
    const NativeLevel level(m_depth, m_nativeLevels);
    const Frame *outer = m_frame.get();
    if (thrown && generator.state != GeneratorObject::State::Suspended
        && generator.state != GeneratorObject::State::Running) {
        generator.clear();
        throw RaisedError(thrown);
    }
    if (Frame *frame = generator.frame.get())
        frame->isEntry = true;
    if (thrown)
        enterRaising(generator, thrown);
    else
        enter(generator, sent);
    m_hasYielded = false;
    run(outer);
    const auto kind = std::exchange(m_hasYielded, false) ? Progress::Kind::Yielded : Progress::Kind::Returned;
    return {kind, std::exchange(m_returned, {})};
}

/// A function that inlineCallbacks() has decorated: its generator runs at once, and the call gives a
/// Deferred.
Value Interpreter::beginInlined(const FunctionObject &function, Arguments arguments)
{
    const Value produced = call(function.inlined, std::move(arguments));
    GeneratorObject *generator = asGenerator(produced);
    if (!generator || generator->isCoroutine()) {
        raiseTypeError(u"inlineCallbacks requires %1 to produce a generator; instead got %2"_s.arg(
            reprOf(*this, function.inlined), reprOf(*this, produced)));
    }
    return deferredOf(*this, *generator);
}

std::optional<Value> Interpreter::beginCall(const Value &callee, Arguments arguments)
{
    if (auto *function = as<FunctionObject>(callee))
        return beginFunction(*function, std::move(arguments));
    if (auto *native = as<NativeObject>(callee))
        return callNative(*native, std::move(arguments));
    if (const auto *method = as<BoundMethod>(callee)) {
        arguments.positional.prepend(method->self);
        const Value function = method->function;
        return beginCall(function, std::move(arguments));
    }
    if (auto *cls = as<ClassObject>(callee))
        return beginClass(*cls, std::move(arguments));
    if (const auto *partial = as<PartialObject>(callee)) {
        arguments.positional = partial->arguments.positional + arguments.positional;
        arguments.keywords = mergedKeywords(partial->arguments.keywords, arguments.keywords);
        const Value function = partial->function;
        return beginCall(function, std::move(arguments));
    }
    if (const auto *instance = as<InstanceObject>(callee)) {
        if (const Value *method = instance->cls.lookUp(u"__call__"_s)) {
            arguments.positional.prepend(callee);
            return beginCall(*method, std::move(arguments));
        }
    }
    raiseTypeError(u"'%1' object is not callable"_s.arg(callee.typeName()));
}

std::optional<Value> Interpreter::beginFunction(FunctionObject &function, Arguments arguments)
{
    const Ref<FunctionObject> held(&function);
    if (!function.inlined.isNone())
        return beginInlined(function, std::move(arguments));
    const Code &code = *function.code;
    QList<Value> values = bindArguments(
        *this, {code.signature, code.qualifiedName, function.defaults, &function.keywordDefaults},
        std::move(arguments));
    auto frame = makeFrame(held);
    std::move(values.begin(), values.end(), frame->locals.begin());
    if (code.isGenerator)
        return makeGenerator(std::move(frame));
    pushFrame(std::move(frame));
    return std::nullopt;
}

bool Interpreter::beginPlainCall(Frame &caller, qint32 count)
{
    const Value &callee = caller.top(static_cast<size_t>(count));
    auto *function = as<FunctionObject>(callee);
    if (!function || function->code->signature.positional != count || !function->code->signature.isPlain()
        || function->code->isGenerator || !function->inlined.isNone())
        return false;
    auto frame = makeFrame(Ref<FunctionObject>(function));
    const auto first = caller.operands.end() - count;
    std::move(first, caller.operands.end(), frame->locals.begin());
    caller.operands.erase(first - 1, caller.operands.end());
    pushFrame(std::move(frame));
    return true;
}

Value Interpreter::callNative(NativeObject &native, Arguments arguments)
{
    const ObjectRef held(&native);
    if (native.spec.signature.isEmpty()) {
        checkArity(native, arguments);
        return native.spec.function(*this, arguments);
    }
    const QString name = native.qualifiedName();
    Arguments bound;
    bound.positional = bindArguments(*this, {native.signature, name, native.defaults}, std::move(arguments));
    return native.spec.function(*this, bound);
}

std::optional<Value> Interpreter::beginClass(ClassObject &cls, Arguments arguments)
{
    if (!cls.isUserDefined && !cls.exceptionType) {
        auto *construct = as<NativeObject>(cls.construct);
        if (!construct)
            raiseTypeError(u"cannot create '%1' instances"_s.arg(cls.qualifiedName()));
        if (!construct->spec.signature.isEmpty())
            arguments.positional.prepend(Value()); // for its self
        return callNative(*construct, std::move(arguments));
    }
    Value instance = newInstance(*this, cls, arguments);
    const Value *initialise = cls.lookUp(u"__init__"_s);
    if (!initialise || !as<FunctionObject>(*initialise)) {
        checkUninitialised(cls, arguments);
        return instance;
    }
    arguments.positional.prepend(instance);
    if (auto result = beginCall(*initialise, std::move(arguments)))
        return instance;
    m_frame->constructed = instance;
    return std::nullopt;
}

} // namespace deferscope::script
