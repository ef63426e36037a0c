// SPDX-License-Identifier: MIT
#include "classes.h"

#include "engine/script/dict.h"
#include "engine/script/iterators.h"
#include "engine/script/library.h"

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

Classes::Classes(Heap &heap)
    : m_heap(heap)
{
    for (const ClassSpec &spec : library::builtinClasses())
        define(spec);
    for (const ClassSpec &spec : library::twistedClasses())
        define(spec);
    for (const ExceptionType *type : errors::builtins())
        forException(*type);
}

ClassObject &Classes::add(QExplicitlySharedDataPointer<ClassObject> cls)
{
    m_byName.insert(cls->qualifiedName(), cls.data());
    m_owned.append(cls);
    return *cls;
}

ClassObject &Classes::define(const ClassSpec &spec)
{
    ClassObject *base = spec.name == u"object" ? nullptr : &named(spec.base.isEmpty() ? u"object" : spec.base);
    QExplicitlySharedDataPointer<ClassObject> cls(
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
    QExplicitlySharedDataPointer<ClassObject> cls(new ClassObject(m_heap, type.name(), type.module(), &base));
    cls->exceptionType = &type;
    const ClassSpec &common = library::exceptionClass();
    if (!type.base()) {
        cls->properties = common.properties;
        cls->construct = ObjectRef(new NativeObject(m_heap, common.construct, QString()));
        for (const NativeSpec &method : common.methods)
            cls->attributes.insert(method.name.toString(), ObjectRef(new NativeObject(m_heap, method, cls->name)));
    }
    m_byException.insert(&type, cls.data());
    return add(std::move(cls));
}

ClassObject &Classes::defineUserClass(const QString &name, ClassObject &base, QHash<QString, Value> attributes)
{
    QExplicitlySharedDataPointer<ClassObject> cls(new ClassObject(m_heap, name, u"__main__"_s, &base));
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

ClassObject &Classes::of(const Value &value) const
{
    switch (value.kind()) {
    case Value::Kind::None: return named(u"NoneType");
    case Value::Kind::Bool: return named(u"bool");
    case Value::Kind::Int: return named(u"int");
    case Value::Kind::Float: return named(u"float");
    case Value::Kind::String: return named(u"str");
    case Value::Kind::Object: return ofObject(value);
    }
    Q_UNREACHABLE();
}

ClassObject &Classes::ofObject(const Value &value) const
{
    switch (value.object()->kind()) {
    case Object::Kind::Deferred:
        return value.typeName() == u"DeferredList" ? named(u"twisted.internet.defer.DeferredList")
                                                   : named(u"twisted.internet.defer.Deferred");
    case Object::Kind::Failure: return named(u"twisted.python.failure.Failure");
    case Object::Kind::Exception:
        if (ClassObject *cls = m_byException.value(&asException(value)->type()))
            return *cls;
        return const_cast<Classes *>(this)->forException(asException(value)->type());
    case Object::Kind::List: return named(u"list");
    case Object::Kind::Tuple: return named(u"tuple");
    case Object::Kind::Foreign: return ofScriptObject(*static_cast<ScriptObject *>(value.object()));
    }
    Q_UNREACHABLE();
}

ClassObject &Classes::ofScriptObject(const ScriptObject &object) const
{
    switch (object.scriptKind()) {
    case ScriptKind::Instance: return static_cast<const InstanceObject &>(object).cls;
    case ScriptKind::Dict: return named(u"dict");
    case ScriptKind::Range: return named(u"range");
    case ScriptKind::Slice: return named(u"slice");
    case ScriptKind::Module: return named(u"module");
    case ScriptKind::Class: return named(u"type");
    case ScriptKind::DelayedCall: return named(u"twisted.internet.base.DelayedCall");
    case ScriptKind::Clock: return named(u"twisted.internet.task.Clock");
    case ScriptKind::LoopingCall: return named(u"twisted.internet.task.LoopingCall");
    case ScriptKind::Partial: return named(u"functools.partial");
    case ScriptKind::Super: return named(u"super");
    case ScriptKind::TextStream: return named(u"_io.TextIOWrapper");
    case ScriptKind::Iterator: return named(u"iterator");
    case ScriptKind::DictView: return named(u"dict_view");
    case ScriptKind::Function: return named(u"function");
    case ScriptKind::Native:
        return named(static_cast<const NativeObject &>(object).spec.signature.isEmpty() ? u"builtin_function_or_method"
                                                                                       : u"function");
    case ScriptKind::BoundMethod: return named(object.typeName());
    case ScriptKind::Cell:
    case ScriptKind::Held: return named(u"object");
    }
    Q_UNREACHABLE();
}

} // namespace deferscope::script
