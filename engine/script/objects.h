// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/bytecode.h"
#include "engine/script/heap.h"
#include "engine/value/failure.h"
#include "engine/value/value.h"

#include <QHash>

#include <memory>
#include <span>

namespace deferscope::script {

class Interpreter;

/// The classes of a script's objects, as far as the machine must tell them apart.
enum class ScriptKind : quint8 {
    Function,
    Native,
    BoundMethod,
    Cell,
    Dict,
    DictView,
    Module,
    Class,
    Instance,
    Iterator,
    Range,
    Slice,
    Partial,
    DelayedCall,
    Clock,
    LoopingCall,
    Super,
    TextStream,
    Set,
    Descriptor,
    Lock,
    Queue,
    Random,
};

/// An object of a script that the engine knows nothing of.
class ScriptObject : public Object, public Tracked
{
public:
    ScriptObject(Heap &heap, ScriptKind scriptKind)
        : Object(Kind::Foreign)
        , Tracked(heap)
        , m_scriptKind(scriptKind)
    {
    }

    ScriptKind scriptKind() const { return m_scriptKind; }
    Object *asObject() override { return this; }

protected:
    /// `0x7f0000000040`: no address, so that every run prints the same.
    QString address() const;

private:
    const ScriptKind m_scriptKind;
};

/// The object in \a value when it is a \a T, else null. Without the cost of a dynamic_cast.
template <typename T> T *as(const Value &value)
{
    if (value.kind() != Value::Kind::Object || value.object()->kind() != Object::Kind::Foreign)
        return nullptr;
    auto *object = static_cast<ScriptObject *>(value.object());
    return object->scriptKind() == T::Type ? static_cast<T *>(object) : nullptr;
}

inline Sequence *asSequence(const Value &value)
{
    return value.isObject(Object::Kind::List) || value.isObject(Object::Kind::Tuple)
        ? static_cast<Sequence *>(value.object())
        : nullptr;
}
inline Sequence *asList(const Value &value)
{
    return value.isObject(Object::Kind::List) ? static_cast<Sequence *>(value.object()) : nullptr;
}
inline Sequence *asTuple(const Value &value)
{
    return value.isObject(Object::Kind::Tuple) ? static_cast<Sequence *>(value.object()) : nullptr;
}
inline Exception *asException(const Value &value)
{
    return value.isObject(Object::Kind::Exception) ? static_cast<Exception *>(value.object()) : nullptr;
}

/// A variable without a value.
inline Value unbound() { return Value(ObjectRef()); }
inline bool isUnbound(const Value &value) { return value.kind() == Value::Kind::Object && !value.object(); }

/// A list or tuple that a script made.
class SequenceObject final : public Sequence, public Tracked
{
public:
    SequenceObject(Heap &heap, Object::Kind sequenceKind, QList<Value> values)
        : Sequence(sequenceKind, std::move(values))
        , Tracked(heap)
    {
    }
    ~SequenceObject() override { bury(std::move(items)); }

    QString repr() const override; ///< shortened where it is long or deep: a trace shows it, print() does not
    qint64 size() const override { return 64 + items.capacity() * qint64(sizeof(Value)); }
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override { items.clear(); }
    Object *asObject() override { return this; }
};

/// The texts of \a count values with commas between them, for traces: the first ones, and not too deep.
QString shortTexts(Heap &heap, qsizetype count, const std::function<QString(qsizetype)> &textOf);

/// What a call hands over.
struct Arguments
{
    QList<Value> positional;
    QList<std::pair<QString, Value>> keywords;

    qsizetype size() const { return positional.size(); }
    const Value &at(qsizetype index) const { return positional.at(index); }
};

using NativeFunction = Value (*)(Interpreter &, const Arguments &);

/// A function of Python's or Twisted's that is written in C++.
///
/// With a \a signature, `self, delay, callable, *args`, its arguments are bound as a Python function's are:
/// at() then gives each parameter's value, `*args` as a tuple and `**kwargs` as a dict. Without one, it takes
/// \a minimum to \a maximum positional arguments (-1: any number) and no keywords, with the messages of
/// Python's C functions; \a takesAnything leaves the checks to the function.
struct NativeSpec
{
    QStringView name;
    NativeFunction function = nullptr;
    qint8 minimum = 0;
    qint8 maximum = 0;
    QStringView signature = {};
    bool takesAnything = false;
};

/// A variable that functions share.
class CellObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Cell;
    explicit CellObject(Heap &heap)
        : ScriptObject(heap, Type)
    {
    }

    QString typeName() const override { return QStringLiteral("cell"); }
    QString repr() const override { return QStringLiteral("<cell>"); }
    void visit(const std::function<void(const Value &)> &visitor) const override { visitor(value); }
    void clear() override { value = {}; }
    ~CellObject() override { buryMembers(value); }

    Value value = unbound();
};
using CellRef = Ref<CellObject>;

class ClassObject;

/// What `def` and `lambda` make.
class FunctionObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Function;
    FunctionObject(Heap &heap, std::shared_ptr<const Code> functionCode);

    ~FunctionObject() override;

    QString typeName() const override { return QStringLiteral("function"); }
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;

    std::shared_ptr<const Code> code;
    QList<Value> defaults; ///< of the last positional parameters
    QHash<QString, Value> keywordDefaults;
    std::vector<CellRef> captured;
    QHash<QString, Value> attributes;
    Value inlined;                ///< what inlineCallbacks() has decorated, else None
    ClassObject *owner = nullptr; ///< the class whose body defined it; alive as long as the run
};

class NativeObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Native;
    NativeObject(Heap &heap, const NativeSpec &nativeSpec, const QString &owner);

    QString typeName() const override { return QStringLiteral("builtin_function_or_method"); }
    QString repr() const override;
    QString qualifiedName() const { return ownerName.isEmpty() ? name : ownerName + u'.' + name; }

    const NativeSpec spec;
    QString name;
    QString ownerName; ///< the class it is a method of
    Signature signature;
    QList<Value> defaults; ///< of the last positional parameters
};

class BoundMethod final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::BoundMethod;
    BoundMethod(Heap &heap, Value boundSelf, Value boundFunction)
        : ScriptObject(heap, Type)
        , self(std::move(boundSelf))
        , function(std::move(boundFunction))
    {
    }

    ~BoundMethod() override { buryMembers(self, function); }

    QString typeName() const override;
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;

    Value self;
    Value function;
    QString written; ///< `delayed.callback`: how the script reached it, when that is a name and an attribute
};

class ModuleObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Module;
    ModuleObject(Heap &heap, QString moduleName)
        : ScriptObject(heap, Type)
        , name(std::move(moduleName))
    {
    }

    QString typeName() const override { return QStringLiteral("module"); }
    QString repr() const override { return QStringLiteral("<module '%1'>").arg(name); }
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override { attributes.clear(); }

    QString name;
    QHash<QString, Value> attributes;
};

class RangeObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Range;
    RangeObject(Heap &heap, qint64 first, qint64 last, qint64 by)
        : ScriptObject(heap, Type)
        , start(first)
        , stop(last)
        , step(by)
    {
    }

    QString typeName() const override { return QStringLiteral("range"); }
    QString repr() const override;
    qint64 count() const;
    qint64 at(qint64 index) const { return start + index * step; }

    const qint64 start;
    const qint64 stop;
    const qint64 step;
};

class SliceObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Slice;
    SliceObject(Heap &heap, Value from, Value to, Value by)
        : ScriptObject(heap, Type)
        , lower(std::move(from))
        , upper(std::move(to))
        , step(std::move(by))
    {
    }

    ~SliceObject() override { buryMembers(lower, upper, step); }

    QString typeName() const override { return QStringLiteral("slice"); }
    QString repr() const override;

    Value lower;
    Value upper;
    Value step;
};

/// functools.partial, and what a link or a timer is to call: a callable with arguments.
class PartialObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Partial;
    PartialObject(Heap &heap, Value partialFunction, Arguments partialArguments)
        : ScriptObject(heap, Type)
        , function(std::move(partialFunction))
        , arguments(std::move(partialArguments))
    {
    }

    ~PartialObject() override;

    QString typeName() const override { return QStringLiteral("functools.partial"); }
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;

    Value function;
    Arguments arguments;
};

} // namespace deferscope::script
