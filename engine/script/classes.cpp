// SPDX-License-Identifier: MIT
#include "classes.h"

#include "engine/script/descriptors.h"
#include "engine/script/generator.h"

#include "engine/script/dict.h"
#include "engine/script/iterators.h"
#include "engine/script/library.h"
#include "engine/script/set.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

// ---- ClassObject ----

ClassObject::ClassObject(Heap &heap, QString className, QString classModule, ClassObject *classBase)
    : ScriptObject(heap, Type)
    , name(std::move(className))
    , module(std::move(classModule))
    , base(classBase)
{
    if (base) {
        exceptionType = base->exceptionType;
        construct = base->construct;
    }
}

QString ClassObject::repr() const { return u"<class '%1'>"_s.arg(qualifiedName()); }

void ClassObject::visit(const std::function<void(const Value &)> &visitor) const
{
    std::for_each(attributes.cbegin(), attributes.cend(), visitor);
}

const Value *ClassObject::lookUp(const QString &attribute) const
{
    for (const ClassObject *cls = this; cls; cls = cls->base) {
        const auto found = cls->attributes.constFind(attribute);
        if (found != cls->attributes.cend())
            return &*found;
    }
    return nullptr;
}

const PropertySpec *ClassObject::property(const QString &attribute) const
{
    for (const ClassObject *cls = this; cls; cls = cls->base) {
        for (const PropertySpec &candidate : cls->properties) {
            if (candidate.name == attribute)
                return &candidate;
        }
    }
    return nullptr;
}

bool ClassObject::isA(const ClassObject &other) const
{
    for (const ClassObject *cls = this; cls; cls = cls->base) {
        if (cls == &other)
            return true;
    }
    return false;
}

// ---- objects of the script's classes ----

InstanceObject::~InstanceObject()
{
    QList<Value> values = attributes.values();
    attributes.clear();
    bury(std::move(values));
}

QString InstanceObject::repr() const { return u"<%1 object at %2>"_s.arg(cls.qualifiedName(), address()); }

QString SuperObject::repr() const
{
    return u"<super: <class '%1'>, <%2 object>>"_s.arg(owner.qualifiedName(), self.typeName());
}

void InstanceObject::visit(const std::function<void(const Value &)> &visitor) const
{
    std::for_each(attributes.cbegin(), attributes.cend(), visitor);
}

UserException::UserException(Heap &heap, ClassObject &exceptionClass, QList<Value> arguments)
    : ScriptException(*exceptionClass.exceptionType, std::move(arguments))
    , Tracked(heap)
    , cls(exceptionClass)
{
}

UserException::~UserException()
{
    QList<Value> values = attributes.values() + args;
    attributes.clear();
    args.clear();
    bury(std::move(values));
}

void UserException::visit(const std::function<void(const Value &)> &visitor) const
{
    std::for_each(attributes.cbegin(), attributes.cend(), visitor);
    std::for_each(args.cbegin(), args.cend(), visitor);
}

void UserException::clear()
{
    attributes.clear();
    args.clear();
}

// ---- Classes ----

namespace {

/// The qualified names of Classes::Known, in its order.
constexpr QStringView KnownNames[] = {
    u"NoneType",
    u"bool",
    u"int",
    u"float",
    u"str",
    u"list",
    u"tuple",
    u"dict",
    u"range",
    u"slice",
    u"module",
    u"type",
    u"function",
    u"builtin_function_or_method",
    u"method",
    u"iterator",
    u"generator",
    u"coroutine",
    u"dict_view",
    u"functools.partial",
    u"super",
    u"object",
    u"twisted.internet.defer.Deferred",
    u"twisted.internet.defer.DeferredList",
    u"twisted.python.failure.Failure",
    u"twisted.internet.base.DelayedCall",
    u"twisted.internet.task.Clock",
    u"twisted.internet.task.LoopingCall",
    u"_io.TextIOWrapper",
    u"set",
    u"frozenset",
    u"property",
    u"staticmethod",
    u"classmethod",
    u"twisted.internet.defer.DeferredLock",
    u"twisted.internet.defer.DeferredSemaphore",
    u"twisted.internet.defer.DeferredQueue",
    u"random.Random",
};

} // namespace

Classes::Classes(Heap &heap)
    : m_heap(heap)
{
    for (const ClassSpec &spec : library::builtinClasses())
        define(spec);
    for (const ClassSpec &spec : library::twistedClasses())
        define(spec);
    for (const QStringView name : KnownNames)
        m_known.push_back(&named(name));
    for (const ExceptionType *type : errors::builtins())
        forException(*type);
}

ClassObject &Classes::add(Ref<ClassObject> cls)
{
    m_byName.insert(cls->qualifiedName(), cls.data());
    m_owned.append(cls);
    return *cls;
}

ClassObject &Classes::define(const ClassSpec &spec)
{
    ClassObject *base
        = spec.name == u"object" ? nullptr : &named(spec.base.isEmpty() ? u"object" : spec.base);
    Ref<ClassObject> cls(
        new ClassObject(m_heap, spec.name.toString(), spec.module.toString(), base));
    cls->properties = spec.properties;
    cls->construct = spec.construct.function
        ? Value(ObjectRef(new NativeObject(m_heap, spec.construct, QString())))
        : unbound();
    const QString owner = spec.methodsOf.isEmpty() ? cls->name : spec.methodsOf.toString();
    for (const NativeSpec &method : spec.methods)
        cls->attributes.insert(method.name.toString(), ObjectRef(new NativeObject(m_heap, method, owner)));
    return add(std::move(cls));
}

ClassObject &Classes::named(QStringView qualifiedName) const
{
    ClassObject *cls = m_byName.value(qualifiedName.toString());
    Q_ASSERT(cls);
    return *cls;
}

ClassObject &Classes::forException(const ExceptionType &type)
{
    if (ClassObject *known = m_byException.value(&type))
        return *known;
    ClassObject &base = type.base() ? forException(*type.base()) : named(u"object");
    Ref<ClassObject> cls(new ClassObject(m_heap, type.name(), type.module(), &base));
    cls->exceptionType = &type;
    const ClassSpec &common = library::exceptionClass();
    if (!type.base()) {
        cls->properties = common.properties;
        cls->construct = ObjectRef(new NativeObject(m_heap, common.construct, QString()));
        for (const NativeSpec &method : common.methods)
            cls->attributes.insert(method.name.toString(),
                                   ObjectRef(new NativeObject(m_heap, method, cls->name)));
    }
    m_byException.insert(&type, cls.data());
    return add(std::move(cls));
}

ClassObject &Classes::defineUserClass(const QString &name, ClassObject &base,
                                      QHash<QString, Value> attributes)
{
    Ref<ClassObject> cls(new ClassObject(m_heap, name, u"__main__"_s, &base));
    cls->attributes = std::move(attributes);
    cls->isUserDefined = true;
    if (base.exceptionType) {
        m_userExceptions.push_back(std::make_unique<ExceptionType>(name, u"__main__"_s, base.exceptionType));
        cls->exceptionType = m_userExceptions.back().get();
        m_byException.insert(cls->exceptionType, cls.data());
    }
    m_owned.append(cls);
    return *cls;
}

ClassObject &Classes::of(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::None: return known(Known::None);
    case Value::Kind::Bool: return known(Known::Bool);
    case Value::Kind::Int: return known(Known::Int);
    case Value::Kind::Float: return known(Known::Float);
    case Value::Kind::String: return known(Known::Str);
    case Value::Kind::Object: return ofObject(value);
    }
    Q_UNREACHABLE();
}

ClassObject &Classes::ofObject(const Value &value)
{
    switch (value.object()->kind()) {
    case Object::Kind::Deferred:
        return value.typeName() == u"DeferredList" ? known(Known::DeferredList) : known(Known::Deferred);
    case Object::Kind::Failure: return known(Known::Failure);
    case Object::Kind::Exception: return forException(asException(value)->type());
    case Object::Kind::List: return known(Known::List);
    case Object::Kind::Tuple: return known(Known::Tuple);
    case Object::Kind::Foreign: return ofScriptObject(*static_cast<ScriptObject *>(value.object()));
    }
    Q_UNREACHABLE();
}

ClassObject &Classes::ofScriptObject(const ScriptObject &object) const
{
    switch (object.scriptKind()) {
    case ScriptKind::Instance: return static_cast<const InstanceObject &>(object).cls;
    case ScriptKind::Dict: return known(Known::Dict);
    case ScriptKind::Range: return known(Known::Range);
    case ScriptKind::Slice: return known(Known::Slice);
    case ScriptKind::Module: return known(Known::Module);
    case ScriptKind::Class: return known(Known::Type);
    case ScriptKind::DelayedCall: return known(Known::DelayedCall);
    case ScriptKind::Clock: return known(Known::Clock);
    case ScriptKind::LoopingCall: return known(Known::LoopingCall);
    case ScriptKind::Partial: return known(Known::Partial);
    case ScriptKind::Super: return known(Known::Super);
    case ScriptKind::TextStream: return known(Known::TextStream);
    case ScriptKind::Set:
        return known(static_cast<const SetObject &>(object).isFrozen ? Known::FrozenSet : Known::Set);
    case ScriptKind::Lock:
        return known(object.typeName() == u"DeferredLock" ? Known::DeferredLock : Known::DeferredSemaphore);
    case ScriptKind::Queue: return known(Known::DeferredQueue);
    case ScriptKind::Random: return known(Known::Random);
    case ScriptKind::Descriptor:
        switch (static_cast<const DescriptorObject &>(object).role) {
        case DescriptorObject::Role::Property: return known(Known::Property);
        case DescriptorObject::Role::Static: return known(Known::StaticMethod);
        case DescriptorObject::Role::Class: return known(Known::ClassMethod);
        }
        Q_UNREACHABLE();
    case ScriptKind::Iterator: {
        const auto *generator = static_cast<const IteratorObject &>(object).asGenerator();
        return known(!generator                     ? Known::Iterator
                         : generator->isCoroutine() ? Known::Coroutine
                                                    : Known::Generator);
    }
    case ScriptKind::DictView: return known(Known::DictView);
    case ScriptKind::Function: return known(Known::Function);
    case ScriptKind::Native: {
        const bool isPythons = static_cast<const NativeObject &>(object).spec.signature.isEmpty();
        return known(isPythons ? Known::Native : Known::Function);
    }
    case ScriptKind::BoundMethod:
        return known(object.typeName() == u"method" ? Known::Method : Known::Native);
    case ScriptKind::Cell: return known(Known::Object);
    }
    Q_UNREACHABLE();
}

} // namespace deferscope::script
