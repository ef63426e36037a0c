// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/coroutine.h"
#include "engine/script/classes.h"
#include "engine/script/dict.h"
#include "engine/script/frame.h"
#include "engine/script/gate.h"
#include "engine/script/generator.h"

#include <atomic>
#include <unordered_map>

namespace deferscope::script {

class Reactor;

/// The machine: runs Codes, and gives native functions what they need.
///
/// Calls between functions of the script push Frames on the heap and never nest in C++. C++ nests only where
/// native code calls the script: a Deferred that runs its links, a timer, sorted(key=…). Both count as
/// frames, and Python's limit on frames holds for their sum.
///
/// Native code reports an error by throwing RaisedError. RunEnded unwinds everything; native code lets it
/// pass.
class Interpreter
{
public:
    struct Parts
    {
        Heap &heap;
        Gate &gate;
        Engine &engine;
        Reactor &reactor;
        const std::atomic_bool &interrupted;
    };
    static constexpr int MaximumFrames = 1000;
    static constexpr int FramesOfNative
        = 3; ///< what Twisted's own functions between two of the script's take

    Interpreter(const Parts &parts, qint64 instructions);
    ~Interpreter();

    // Running
    void runModule(const std::shared_ptr<const Code> &code,
                   const QString &file); ///< throws RaisedError, RunEnded
    void resume();                       ///< after suspend(); likewise
    bool suspend(); ///< stop running when the current native function returns; false when C++ code waits for
                    ///< the script
    bool isSuspended() const { return m_isSuspended; }
    void dropFrames(); ///< when the run is over

    // For native code
    Value call(const Value &callee, Arguments arguments = {});
    /// Goes on with \a generator until it yields or returns; with \a thrown raised where it waits. Throws
    /// what leaves it.
    Progress resume(GeneratorObject &generator, const Value &sent, const ExceptionRef &thrown = {});
    void spend(qint64 instructions); ///< work that a native function does on its own
    void reserve(qint64 bytes);      ///< before memory is taken
    void print(const QString &text, Stream stream);
    [[noreturn]] void end(const QString &why);    ///< a budget is exhausted
    [[noreturn]] void finish(const QString &why); ///< there is nothing left to do
    void checkEnded();
    bool hasEnded() const { return m_hasEnded; }

    Heap &heap() { return m_heap; }
    Gate &gate() { return m_gate; }
    Engine &engine() { return m_engine; }
    Reactor &reactor() { return m_reactor; }
    Classes &classes() { return m_classes; }
    const QString &file() const { return m_file; }
    Frame *frame() { return m_frame.get(); }
    bool isDebugging() const { return m_isDebugging; } ///< defer.setDebugging(); changes nothing else here
    void setDebugging(bool on) { m_isDebugging = on; }

    Value list(QList<Value> items)
    {
        return ObjectRef(new SequenceObject(m_heap, Object::Kind::List, std::move(items)));
    }
    Value tuple(QList<Value> items)
    {
        return ObjectRef(new SequenceObject(m_heap, Object::Kind::Tuple, std::move(items)));
    }
    Value importModule(const QString &name);
    Value importFrom(const Value &module, const QString &name);
    const Value *globalNamed(const QString &name) const; ///< a builtin too; null when there is none
    const Value *builtin(const QString &name) const;
    ExceptionRef currentException() const; ///< what is being handled here or further out, or null

    // For instructions
    std::optional<Value> beginCall(const Value &callee,
                                   Arguments arguments); ///< the result, or a frame was pushed
    bool beginPlainCall(Frame &caller, qint32 count);    ///< the common case, without building Arguments
    void returnFromFrame(Value value);
    void yieldFromFrame(Value value);
    void enter(GeneratorObject &generator, const Value &sent); ///< its frame runs next
    void beginClassBody(const Value &body, const Value &base);
    void markSite(Frame &frame);
    Value &global(qint32 index) { return m_globals[static_cast<size_t>(index)]; }
    const QString &globalName(qint32 index) const { return m_globalNames->at(index); }
    const Value &builtinGlobal(qint32 index) const { return m_builtinGlobals[static_cast<size_t>(index)]; }

private:
    void run(const Frame *outer);
    bool refuel();
    bool unwind(ExceptionRef &exception, const Frame *outer, bool isRaisedAgain);
    void setContext(Exception &exception) const;
    bool enterHandler(Frame &frame, const ExceptionRef &exception);
    void pushFrame(std::unique_ptr<Frame> frame);
    std::unique_ptr<Frame> makeFrame(const Ref<FunctionObject> &function);
    void prepareCells(Frame &frame);
    Value makeGenerator(std::unique_ptr<Frame> frame);
    void pushGenerator(GeneratorObject &generator);
    void enterRaising(GeneratorObject &generator, const ExceptionRef &exception);
    void finishGenerator(const Frame &left, const Value &value);
    static void abandonGenerator(const Frame &left, ExceptionRef &exception);
    Value beginInlined(const FunctionObject &function, Arguments arguments);
    std::optional<Value> beginFunction(FunctionObject &function, Arguments arguments);
    std::optional<Value> beginClass(ClassObject &cls, Arguments arguments);
    Value callNative(NativeObject &native, Arguments arguments);
    Value finishClass(const Frame &frame);
    void prepareGlobals(const Code &code);

    Heap &m_heap;
    Gate &m_gate;
    Engine &m_engine;
    Reactor &m_reactor;
    const std::atomic_bool &m_interrupted;
    Classes m_classes;
    QHash<QString, Value> m_builtins;
    QHash<QString, Value> m_modules;
    QString m_file;

    std::unique_ptr<Frame> m_frame; ///< the one that runs
    int m_depth = 0;                ///< frames, those of native code counted in
    int m_nativeLevels = 0;
    Value m_returned;
    bool m_hasYielded = false; ///< m_returned is what a generator yielded
    ExceptionRef m_thrown;     ///< to be raised where running goes on
    bool m_isSuspended = false;
    bool m_leaves = false; ///< the loop, at the next look at budgets
    bool m_hasEnded = false;
    bool m_isDebugging = false;
    int m_fuel = 0; ///< instructions until the next look at budgets
    qint64 m_instructionsLeft;
    qint64 m_instructionsGiven;

    std::shared_ptr<const QStringList> m_globalNames;
    std::vector<Value> m_globals;
    std::vector<Value> m_builtinGlobals;
    std::unordered_map<const Code *, std::vector<quint32>> m_siteIds;
};

/// Memory that native code takes while it collects values, before an object owns them.
class Holding
{
public:
    explicit Holding(Interpreter &vm)
        : m_vm(vm)
    {
    }
    ~Holding() { m_vm.heap().hold(-m_bytes); }
    Holding(const Holding &) = delete;
    Holding &operator=(const Holding &) = delete;

    void grow(qint64 bytes) const
    {
        m_vm.reserve(bytes);
        m_bytes += bytes;
        m_vm.heap().hold(bytes);
    }

private:
    Interpreter &m_vm;
    mutable qint64 m_bytes = 0;
};

} // namespace deferscope::script
