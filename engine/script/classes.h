// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/errors.h"
#include "engine/script/objects.h"

#include <map>

namespace deferscope::script {

/// An attribute that is computed rather than stored. Without a setter it cannot be assigned.
struct PropertySpec
{
    QStringView name;
    Value (*get)(Interpreter &, const Value &self) = nullptr; ///< unbound() when the object has none now
    void (*set)(Interpreter &, const Value &self, const Value &value) = nullptr;
};

/// What a class of Python's or Twisted's is made of.
struct ClassSpec
{
    QStringView name;
    QStringView module = {};   ///< empty for builtins
    QStringView base = {};     ///< the key of another ClassSpec; empty for object
    NativeSpec construct = {}; ///< called with the class's arguments, without self; none: cannot be created
    std::span<const NativeSpec> methods = {};
    QStringView methodsOf = {}; ///< the class that messages name as theirs, when it is another one
    std::span<const PropertySpec> properties = {};
    bool isHidden = false; ///< a script cannot name it without having one
};

/// A class: of Python's, of Twisted's, an exception's, or one of the script.
class ClassObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Class;
    ClassObject(Heap &heap, QString className, QString classModule, ClassObject *classBase);

    QString typeName() const override { return QStringLiteral("type"); }
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override { attributes.clear(); }

    const Value *
    lookUp(const QString &attribute) const; ///< in the class and those that it derives from; null when absent
    const PropertySpec *property(const QString &attribute) const;
    bool isA(const ClassObject &other) const;
    QString qualifiedName() const { return module.isEmpty() ? name : module + u'.' + name; }

    QString name;
    QString module;
    ClassObject *base;
    const ExceptionType *exceptionType = nullptr;
    bool isUserDefined = false;
    Value construct = unbound(); ///< a NativeObject
    std::span<const PropertySpec> properties;
    QHash<QString, Value> attributes;
};

/// An object of a class of the script.
class InstanceObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Instance;
    InstanceObject(Heap &heap, ClassObject &instanceClass)
        : ScriptObject(heap, Type)
        , cls(instanceClass)
    {
    }
    ~InstanceObject() override;

    QString typeName() const override { return cls.name; }
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override { attributes.clear(); }

    ClassObject &cls;
    QHash<QString, Value> attributes;
};

/// An exception that the script has made, of a class of its own or of Python's.
class UserException final : public ScriptException, public Tracked
{
public:
    UserException(Heap &heap, ClassObject &exceptionClass, QList<Value> arguments);
    ~UserException() override;

    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override;
    Object *asObject() override { return this; }

    ClassObject &cls;
    QHash<QString, Value> attributes;
};

/// What super() gives: the attributes of \a self that the classes above \a owner define.
class SuperObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Super;
    SuperObject(Heap &heap, ClassObject &superOwner, Value superSelf)
        : ScriptObject(heap, Type)
        , owner(superOwner)
        , self(std::move(superSelf))
    {
    }

    QString typeName() const override { return QStringLiteral("super"); }
    QString repr() const override;
    void visit(const std::function<void(const Value &)> &visitor) const override { visitor(self); }
    void clear() override { self = {}; }

    ClassObject &owner;
    Value self;
};

/// The classes of one run.
class Classes
{
public:
    explicit Classes(Heap &heap);

    /// Those that every run looks up all the time.
    enum class Known : quint8 {
        None,
        Bool,
        Int,
        Float,
        Str,
        List,
        Tuple,
        Dict,
        Range,
        Slice,
        Module,
        Type,
        Function,
        Native,
        Method,
        Iterator,
        Generator,
        Coroutine,
        DictView,
        Partial,
        Super,
        Object,
        Deferred,
        DeferredList,
        Failure,
        DelayedCall,
        Clock,
        LoopingCall,
        TextStream,
        Set,
        FrozenSet,
        Property,
        StaticMethod,
        ClassMethod,
        DeferredLock,
        DeferredSemaphore,
        DeferredQueue,
        Random
    };
    ClassObject &known(Known which) const { return *m_known[static_cast<size_t>(which)]; }

    ClassObject &of(const Value &value);
    ClassObject &named(QStringView qualifiedName) const; ///< there must be one
    ClassObject &
    forException(const ExceptionType &type); ///< one for each type; made when it is first asked for

    ClassObject &define(const ClassSpec &spec);
    ClassObject &defineUserClass(const QString &name, ClassObject &base, QHash<QString, Value> attributes);

private:
    ClassObject &add(Ref<ClassObject> cls);
    ClassObject &ofObject(const Value &value);
    ClassObject &ofScriptObject(const ScriptObject &object) const;

    Heap &m_heap;
    std::vector<ClassObject *> m_known;
    QList<Ref<ClassObject>> m_owned;
    QHash<QString, ClassObject *> m_byName;
    QHash<const ExceptionType *, ClassObject *> m_byException;
    std::vector<std::unique_ptr<ExceptionType>> m_userExceptions;
};

} // namespace deferscope::script
