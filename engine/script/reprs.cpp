// SPDX-License-Identifier: MIT
#include "operations.h"

#include "engine/deferred/deferredlist.h"
#include "engine/script/dict.h"
#include "engine/script/interpreter.h"
#include "engine/script/set.h"
#include "engine/script/texts.h"
#include "engine/script/twistederrors.h"

#include <QSet>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Writes repr() in full, unlike Object::repr() of lists and dicts, and with what the script's classes say.
class Writer
{
public:
    explicit Writer(Interpreter &vm)
        : m_vm(vm)
        , m_holding(vm)
    {
    }

    QString text() && { return std::move(m_text); }

    void write(const Value &value)
    {
        if (const Sequence *sequence = asSequence(value))
            writeSequence(*sequence);
        else if (const auto *dict = as<DictObject>(value))
            writeDict(*dict);
        else if (const auto *set = as<SetObject>(value))
            writeSet(*set);
        else if (const auto *view = as<DictView>(value))
            writeView(*view);
        else if (const Exception *exception = asException(value))
            writeException(*exception);
        else if (value.isFailure())
            append(reprOfFailure(m_vm, toFailure(value)));
        else
            append(textOf(value));
    }

private:
    void append(const QString &text)
    {
        m_holding.grow(text.size() * qint64(sizeof(QChar)));
        m_text += text;
    }

    QString textOf(const Value &value)
    {
        const auto *instance = as<InstanceObject>(value);
        const Value *method = instance ? instance->cls.lookUp(u"__repr__"_s) : nullptr;
        return method && as<FunctionObject>(*method) ? textFrom(*method, value) : deferscope::repr(value);
    }

    QString textFrom(const Value &method, const Value &value)
    {
        const Value text = m_vm.call(method, {{value}, {}});
        if (text.kind() != Value::Kind::String)
            raiseTypeError(u"__repr__ returned non-string (type %1)"_s.arg(text.typeName()));
        return text.toString();
    }

    void writeItems(const QList<Value> &items)
    {
        for (qsizetype i = 0; i < items.size(); ++i) {
            if (i > 0)
                append(u", "_s);
            m_vm.spend(1);
            write(items.at(i));
        }
    }

    bool enter(const Object *object, const QString &placeholder)
    {
        if (m_open.contains(object)) {
            append(placeholder);
            return false;
        }
        if (m_open.size() >= MaximumDepth)
            raise(exceptions::recursionError(),
                  u"maximum recursion depth exceeded while getting the repr of an object"_s);
        m_open.insert(object);
        return true;
    }

    void writeSequence(const Sequence &sequence)
    {
        const bool isList = sequence.kind() == Object::Kind::List;
        if (!enter(&sequence, isList ? u"[...]"_s : u"(...)"_s))
            return;
        append(isList ? u"["_s : u"("_s);
        const QList<Value> items = sequence.items;
        writeItems(items);
        if (isList)
            append(u"]"_s);
        else
            append(items.size() == 1 ? u",)"_s : u")"_s);
        m_open.remove(&sequence);
    }

    void writeDict(const DictObject &dict)
    {
        if (!enter(&dict, u"{...}"_s))
            return;
        append(u"{"_s);
        bool isFirst = true;
        const auto entries = dict.entries();
        for (const DictObject::Entry &entry : entries) {
            if (!entry.isAlive)
                continue;
            if (!std::exchange(isFirst, false))
                append(u", "_s);
            m_vm.spend(1);
            write(entry.key);
            append(u": "_s);
            write(entry.value);
        }
        append(u"}"_s);
        m_open.remove(&dict);
    }

    void writeSet(const SetObject &set)
    {
        const QList<Value> values = set.values();
        if (values.isEmpty()) {
            append(set.typeName() + u"()"_s);
            return;
        }
        append(set.isFrozen ? u"frozenset({"_s : u"{"_s);
        writeItems(values);
        append(set.isFrozen ? u"})"_s : u"}"_s);
    }

    void writeView(const DictView &view)
    {
        append(view.typeName() + u"(["_s);
        QList<Value> parts;
        for (const DictObject::Entry &entry : view.dict->entries()) {
            if (entry.isAlive)
                parts.append(view.partOf(entry));
        }
        writeItems(parts);
        append(u"])"_s);
    }

    void writeException(const Exception &exception)
    {
        const auto *own = dynamic_cast<const UserException *>(&exception);
        if (own || typeid(exception) == typeid(ScriptException) || typeid(exception) == typeid(Exception)) {
            const Value value = ObjectRef(const_cast<Exception *>(&exception));
            const Value *method = own ? own->cls.lookUp(u"__repr__"_s) : nullptr;
            if (method && as<FunctionObject>(*method)) {
                append(textFrom(*method, value));
                return;
            }
            append(exception.typeName() + u'(');
            writeItems(exception.args);
            append(u")"_s);
        } else if (const auto *first = dynamic_cast<const FirstError *>(&exception)) {
            append(u"FirstError[#%1, "_s.arg(first->index));
            write(Value(ObjectRef(first->subFailure.value())));
            append(u"]"_s);
        } else {
            append(exception.repr());
        }
    }

    static constexpr qsizetype MaximumDepth = 200;
    Interpreter &m_vm;
    Holding m_holding;
    QString m_text{u""_s};
    QSet<const Object *> m_open;
};

} // namespace

QString reprOf(Interpreter &vm, const Value &value)
{
    Writer writer(vm);
    writer.write(value);
    return std::move(writer).text();
}

namespace {

/// What the script's own class says, if it does.
std::optional<QString> userText(Interpreter &vm, const ClassObject &cls, const Value &value)
{
    const Value *method = cls.lookUp(u"__str__"_s);
    if (!method || !as<FunctionObject>(*method))
        return std::nullopt;
    const Value text = vm.call(*method, {{value}, {}});
    if (text.kind() != Value::Kind::String)
        raiseTypeError(u"__str__ returned non-string (type %1)"_s.arg(text.typeName()));
    return text.toString();
}

QString strOfException(Interpreter &vm, const Exception &exception)
{
    const QString explanation = errors::explanationOf(exception.type());
    if (!explanation.isEmpty()) {
        QString text = explanation;
        for (const Value &argument : exception.args)
            text += (text == explanation ? u": "_s : u" "_s) + strOf(vm, argument);
        return text + u'.';
    }
    if (const auto *first = dynamic_cast<const FirstError *>(&exception))
        return u"FirstError[#%1, %2]"_s.arg(first->index).arg(strOfFailure(vm, first->subFailure));
    const bool isPlain = typeid(exception) == typeid(ScriptException)
        || typeid(exception) == typeid(UserException) || typeid(exception) == typeid(Exception);
    if (!isPlain)
        return exception.str();
    if (exception.args.isEmpty())
        return u""_s;
    if (exception.args.size() > 1)
        return reprOf(vm, vm.tuple(exception.args));
    const bool isKey = exception.type().isA(errors::keyError());
    return isKey ? reprOf(vm, exception.args.constFirst()) : strOf(vm, exception.args.constFirst());
}

} // namespace

QString strOf(Interpreter &vm, const Value &value)
{
    if (value.kind() == Value::Kind::String)
        return value.toString();
    const Exception *exception = asException(value);
    const auto *instance = as<InstanceObject>(value);
    const auto *own = dynamic_cast<const UserException *>(exception);
    if (instance || own) {
        if (auto text = userText(vm, instance ? instance->cls : own->cls, value))
            return *text;
    }
    if (exception)
        return strOfException(vm, *exception);
    return value.isFailure() ? strOfFailure(vm, toFailure(value)) : reprOf(vm, value);
}

} // namespace deferscope::script
