// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/signature.h"
#include "engine/value/site.h"
#include "engine/value/value.h"

#include <QStringList>

#include <array>
#include <memory>
#include <vector>

namespace deferscope::script {

// clang-format off
/// Every instruction of the machine, one function each: see instructions.h.
#define DEFERSCOPE_SCRIPT_OPERATIONS(X) \
    X(LoadConstant) X(LoadLocal) X(StoreLocal) X(DeleteLocal) X(LoadCell) X(StoreCell) X(DeleteCell) \
    X(LoadGlobal) X(StoreGlobal) X(DeleteGlobal) X(LoadName) X(StoreName) X(DeleteName) \
    X(LoadAttribute) X(StoreAttribute) X(DeleteAttribute) X(LoadSubscript) X(StoreSubscript) X(DeleteSubscript) \
    X(BuildTuple) X(BuildList) X(BuildDict) X(BuildSlice) X(ListAppend) X(ListExtend) X(ListToTuple) X(BuildSet) X(SetAdd) X(SetExtend) X(DictInsert) X(DictUpdate) X(DictMerge) \
    X(Binary) X(InPlace) X(Unary) X(Compare) \
    X(Jump) X(JumpIfFalse) X(JumpIfTrue) X(JumpIfFalseOrPop) X(JumpIfTrueOrPop) \
    X(Pop) X(Duplicate) X(DuplicateTwo) X(Swap) X(RotateThree) \
    X(UnpackSequence) X(UnpackStarred) X(GetIterator) X(ForIteration) \
    X(Call) X(CallKeywords) X(CallExtended) X(MakeFunction) X(MakeClass) X(Return) \
    X(Raise) X(Reraise) X(LoadHandled) X(MatchHandled) X(PopHandled) X(RaiseAssertion) \
    X(Yield) X(YieldFrom) X(GetDelegate) X(FormatValue) X(BuildString) X(ImportModule) X(ImportFrom)
// clang-format on

enum class Op : quint8 {
#define DEFERSCOPE_SCRIPT_NAME(name) name,
    DEFERSCOPE_SCRIPT_OPERATIONS(DEFERSCOPE_SCRIPT_NAME)
#undef DEFERSCOPE_SCRIPT_NAME
};

struct Instruction
{
    Op op;
    qint32 argument = 0;
};

/// Where control goes when an exception leaves the instructions [begin, end), and what is left of the frame
/// then.
struct Handler
{
    int begin = 0;
    int end = 0;
    int target = 0;
    int stackDepth = 0;   ///< values of enclosing statements: the iterators of loops
    int handledDepth = 0; ///< exceptions whose handlers enclose the place
};

/// A variable that a function takes from the functions round it.
struct Capture
{
    bool fromOwnCells = false; ///< of the function that defines it; otherwise one that it captured itself
    int index = 0;
};

/// One function, lambda, class body or the module, translated. Immutable, shared by all runs of a Program.
struct Code
{
    QString name;          ///< as tracebacks show it: `<module>`, `<lambda>`
    QString qualifiedName; ///< as messages show it: `outer.<locals>.inner`
    Site definition;
    Signature signature; ///< its defaults are given by MakeFunction
    bool isModule = false;
    bool isGenerator = false; ///< a call makes a generator or a coroutine
    bool isCoroutine = false;

    std::vector<Instruction> instructions;
    std::vector<quint32> siteOf; ///< by instruction: an index into sites
    QList<Site> sites;
    std::vector<Handler> handlers; ///< of two that enclose a place the inner one comes first

    QList<Value> constants;
    QStringList names;           ///< of attributes, modules and class variables
    QList<QStringList> keywords; ///< of calls
    QList<std::shared_ptr<const Code>> functions;

    QStringList locals; ///< parameters first
    QStringList cells;  ///< own variables that inner functions use, then the captured ones
    int ownCells = 0;
    std::vector<int> parameterOfCell; ///< by own cell: the local that it takes its first value from, or -1
    std::vector<Capture> captures;    ///< by captured cell, in the function that defines this one

    std::shared_ptr<const QStringList>
        globals; ///< names of the module's variables and of builtins, shared by all codes
};

/// Flags of MakeFunction's operand: what lies on the stack for it.
struct FunctionFlag
{
    static constexpr int Defaults = 1 << 20;        ///< a tuple, for the last positional parameters
    static constexpr int KeywordDefaults = 1 << 21; ///< a dict
    static constexpr int IndexMask = (1 << 20) - 1;
};

/// Yield's operand.
struct YieldFlag
{
    static constexpr int Delegated = 1; ///< it passes on what the object that YieldFrom drew from has yielded
};

/// FormatValue's operand.
struct FormatFlag
{
    static constexpr int HasSpecification = 1
        << 16; ///< on the stack; the low bits hold the conversion's character
};

} // namespace deferscope::script
