// SPDX-License-Identifier: MIT
#include "objects.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

QString shortTexts(Heap &heap, qsizetype count, const std::function<QString(qsizetype)> &textOf)
{
    constexpr int MaximumDepth = 8;
    constexpr qsizetype MaximumLength = 400;
    if (heap.textDepth() >= MaximumDepth)
        return u"..."_s;
    ++heap.textDepth();
    QString texts;
    for (qsizetype i = 0; i < count; ++i) {
        if (texts.size() > MaximumLength) {
            texts += u", ..."_s;
            break;
        }
        const QString text = textOf(i);
        if (!text.isEmpty())
            texts += texts.isEmpty() ? text : u", "_s + text;
    }
    --heap.textDepth();
    return texts;
}

QString ScriptObject::address() const
{
    return u"0x7f"_s + QString::number(serial() * 64, 16).rightJustified(10, u'0');
}

// ---- SequenceObject ----

QString SequenceObject::repr() const
{
    const QString texts = shortTexts(*heap(), items.size(),
                                     [this](qsizetype index) { return deferscope::repr(items.at(index)); });
    if (kind() == Kind::List)
        return u'[' + texts + u']';
    return u"("_s + texts + (items.size() == 1 ? u",)"_s : u")"_s);
}

void SequenceObject::visit(const std::function<void(const Value &)> &visitor) const
{
    std::for_each(items.cbegin(), items.cend(), visitor);
}

// ---- FunctionObject ----

FunctionObject::FunctionObject(Heap &heap, std::shared_ptr<const Code> functionCode)
    : ScriptObject(heap, Type)
    , code(std::move(functionCode))
{
}

FunctionObject::~FunctionObject()
{
    QList<Value> values = std::exchange(defaults, {});
    values += keywordDefaults.values();
    values += attributes.values();
    for (const CellRef &cell : captured)
        values.append(Value(ObjectRef(cell)));
    clear();
    bury(std::move(values));
}

QString FunctionObject::repr() const { return u"<function %1 at %2>"_s.arg(code->qualifiedName, address()); }

void FunctionObject::visit(const std::function<void(const Value &)> &visitor) const
{
    std::for_each(defaults.cbegin(), defaults.cend(), visitor);
    std::for_each(keywordDefaults.cbegin(), keywordDefaults.cend(), visitor);
    std::for_each(attributes.cbegin(), attributes.cend(), visitor);
    visitor(inlined);
}

void FunctionObject::clear()
{
    defaults.clear();
    keywordDefaults.clear();
    attributes.clear();
    captured.clear();
    inlined = {};
}

// ---- NativeObject ----

namespace {

/// The value of a default in a NativeSpec's signature.
Value defaultOf(QStringView text)
{
    if (text == u"None")
        return {};
    if (text == u"True" || text == u"False")
        return text == u"True";
    if (text.startsWith(u'\''))
        return text.sliced(1, text.size() - 2).toString();
    return text.contains(u'.') ? Value(text.toDouble()) : Value(text.toLongLong());
}

} // namespace

NativeObject::NativeObject(Heap &heap, const NativeSpec &nativeSpec, const QString &owner)
    : ScriptObject(heap, Type)
    , spec(nativeSpec)
    , name(nativeSpec.name.toString())
    , ownerName(owner)
{
    if (spec.signature.isEmpty())
        return;
    bool keywordOnly = false;
    for (const QStringView part : spec.signature.split(QStringView(u", "))) {
        if (part == u"*") {
            keywordOnly = true;
            continue;
        }
        const bool isDoubleStar = part.startsWith(u"**");
        const bool isStar = !isDoubleStar && part.startsWith(u'*');
        const qsizetype equals = part.indexOf(u'=');
        signature.names.append(part.first(equals < 0 ? part.size() : equals).toString().remove(u'*'));
        signature.hasStar |= isStar;
        signature.hasDoubleStar |= isDoubleStar;
        if (!isStar && !isDoubleStar)
            ++(keywordOnly ? signature.keywordOnly : signature.positional);
        if (equals >= 0)
            defaults.append(defaultOf(part.sliced(equals + 1)));
    }
}

QString NativeObject::repr() const
{
    if (!spec.signature.isEmpty())
        return u"<function %1 at %2>"_s.arg(qualifiedName(), address());
    return ownerName.isEmpty() ? u"<built-in function %1>"_s.arg(name)
                               : u"<method '%1' of '%2' objects>"_s.arg(name, ownerName);
}

// ---- BoundMethod ----

QString BoundMethod::typeName() const
{
    const auto *native = as<NativeObject>(function);
    return native && native->spec.signature.isEmpty() ? u"builtin_function_or_method"_s : u"method"_s;
}

QString BoundMethod::repr() const
{
    if (const auto *native = as<NativeObject>(function)) {
        if (native->spec.signature.isEmpty())
            return u"<built-in method %1 of %2 object at %3>"_s.arg(native->name, self.typeName(), address());
        return u"<bound method %1 of %2>"_s.arg(native->qualifiedName(), deferscope::repr(self));
    }
    const auto *callee = as<FunctionObject>(function);
    return u"<bound method %1 of %2>"_s.arg(callee ? callee->code->qualifiedName : u"?"_s,
                                            deferscope::repr(self));
}

void BoundMethod::visit(const std::function<void(const Value &)> &visitor) const
{
    visitor(self);
    visitor(function);
}

void BoundMethod::clear()
{
    self = {};
    function = {};
}

// ---- the others ----

void ModuleObject::visit(const std::function<void(const Value &)> &visitor) const
{
    std::for_each(attributes.cbegin(), attributes.cend(), visitor);
}

QString RangeObject::repr() const
{
    const QString ends = u"range(%1, %2"_s.arg(start).arg(stop);
    return step == 1 ? ends + u')' : ends + u", %1)"_s.arg(step);
}

qint64 RangeObject::count() const
{
    // In unsigned numbers: the distance of two 64-bit numbers may not fit in one.
    const auto first = static_cast<quint64>(start);
    const auto last = static_cast<quint64>(stop);
    if (step > 0)
        return start < stop ? static_cast<qint64>((last - first - 1) / static_cast<quint64>(step) + 1) : 0;
    return stop < start
        ? static_cast<qint64>((first - last - 1) / (quint64(0) - static_cast<quint64>(step)) + 1)
        : 0;
}

QString SliceObject::repr() const
{
    return u"slice(%1, %2, %3)"_s.arg(deferscope::repr(lower), deferscope::repr(upper),
                                      deferscope::repr(step));
}

PartialObject::~PartialObject()
{
    QList<Value> values;
    visit([&values](const Value &value) { values.append(value); });
    arguments = {};
    function = {};
    bury(std::move(values));
}

QString PartialObject::repr() const
{
    QString text = u"functools.partial("_s + deferscope::repr(function);
    for (const Value &argument : arguments.positional)
        text += u", "_s + deferscope::repr(argument);
    for (const auto &[name, value] : arguments.keywords)
        text += u", "_s + name + u'=' + deferscope::repr(value);
    return text + u')';
}

void PartialObject::visit(const std::function<void(const Value &)> &visitor) const
{
    visitor(function);
    std::for_each(arguments.positional.cbegin(), arguments.positional.cend(), visitor);
    for (const auto &argument : arguments.keywords)
        visitor(argument.second);
}

void PartialObject::clear()
{
    function = {};
    arguments = {};
}

} // namespace deferscope::script
