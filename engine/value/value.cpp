// SPDX-License-Identifier: MIT
#include "value.h"

#include "freelist.h"

#include <array>
#include <charconv>
#include <cmath>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

/// Decimal digits and the exponent of the first of them, out of to_chars' `d.ddde±xx`.
QString pythonNotation(QStringView scientific)
{
    const qsizetype e = scientific.indexOf(u'e');
    const int exponent = scientific.sliced(e + 1).toInt();
    QString digits = scientific.first(e).toString().remove(u'.');
    QString sign;
    if (digits.startsWith(u'-')) {
        sign = u"-"_s;
        digits.remove(0, 1);
    }
    if (exponent < -4 || exponent >= 16) {
        QString mantissa = digits.first(1);
        if (digits.size() > 1)
            mantissa += u'.' + digits.sliced(1);
        const QString power = QString::number(std::abs(exponent)).rightJustified(2, u'0');
        return sign + mantissa + (exponent < 0 ? u"e-"_s : u"e+"_s) + power;
    }
    if (exponent < 0)
        return sign + u"0."_s + QString(qsizetype(-exponent - 1), u'0') + digits;
    if (digits.size() <= exponent + 1)
        return sign + digits.leftJustified(exponent + 1, u'0') + u".0"_s;
    return sign + digits.first(exponent + 1) + u'.' + digits.sliced(exponent + 1);
}

QString escaped(char32_t c, QChar quote)
{
    switch (c) {
    case U'\n': return u"\\n"_s;
    case U'\r': return u"\\r"_s;
    case U'\t': return u"\\t"_s;
    case U'\\': return u"\\\\"_s;
    default: break;
    }
    if (c == quote.unicode())
        return u'\\' + QString(quote);
    if (QChar::isPrint(c) && !(QChar::isSpace(c) && c != U' '))
        return QString::fromUcs4(&c, 1);
    if (c < 0x100)
        return u"\\x"_s + QString::number(c, 16).rightJustified(2, u'0');
    if (c < 0x10000)
        return u"\\u"_s + QString::number(c, 16).rightJustified(4, u'0');
    return u"_s\\U"_s + QString::number(c, 16).rightJustified(8, u'0');
}

QString joined(const QList<Value> &items)
{
    QStringList texts;
    for (const Value &item : items)
        texts.append(repr(item));
    return texts.join(u", "_s);
}

} // namespace

QString reprOfFloat(double value)
{
    if (std::isnan(value))
        return u"nan"_s;
    if (std::isinf(value))
        return value < 0 ? u"-inf"_s : u"inf"_s;
    std::array<char, 64> buffer;
    const auto result
        = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    return pythonNotation(QString::fromLatin1(buffer.data(), result.ptr - buffer.data()));
}

QString reprOfString(const QString &text)
{
    const QChar quote = text.contains(u'\'') && !text.contains(u'"') ? u'"' : u'\'';
    QString result(quote);
    for (const char32_t c : text.toUcs4())
        result += escaped(c, quote);
    return result + quote;
}

void Value::destroyContent() noexcept
{
    if (m_kind == Kind::String)
        m_string.~QString();
    else
        m_object.~ObjectRef();
}

bool operator==(const Value &a, const Value &b)
{
    if (a.m_kind != b.m_kind)
        return false;
    switch (a.m_kind) {
    case Value::Kind::None: return true;
    case Value::Kind::Bool: return a.m_bool == b.m_bool;
    case Value::Kind::Int: return a.m_int == b.m_int;
    case Value::Kind::Float: return a.m_float == b.m_float;
    case Value::Kind::String: return a.m_string == b.m_string;
    case Value::Kind::Object: return a.m_object == b.m_object;
    }
    Q_UNREACHABLE();
}

QString Value::typeName() const
{
    switch (kind()) {
    case Kind::None: return u"NoneType"_s;
    case Kind::Bool: return u"bool"_s;
    case Kind::Int: return u"int"_s;
    case Kind::Float: return u"float"_s;
    case Kind::String: return u"str"_s;
    case Kind::Object: return object()->typeName();
    }
    Q_UNREACHABLE();
}

QString repr(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::None: return u"None"_s;
    case Value::Kind::Bool: return value.toBool() ? u"True"_s : u"False"_s;
    case Value::Kind::Int: return QString::number(value.toInt());
    case Value::Kind::Float: return reprOfFloat(value.toFloat());
    case Value::Kind::String: return reprOfString(value.toString());
    case Value::Kind::Object: return value.object()->repr();
    }
    Q_UNREACHABLE();
}

QString str(const Value &value)
{
    if (value.kind() == Value::Kind::String)
        return value.toString();
    if (value.kind() == Value::Kind::Object)
        return value.object()->str();
    return repr(value);
}

QString Sequence::typeName() const { return kind() == Kind::List ? u"list"_s : u"tuple"_s; }

QString Sequence::repr() const
{
    if (m_beingShown)
        return kind() == Kind::List ? u"[...]"_s : u"(...)"_s;
    m_beingShown = true;
    const QString inside = joined(items);
    m_beingShown = false;
    if (kind() == Kind::List)
        return u'[' + inside + u']';
    return items.size() == 1 ? u'(' + inside + u",)"_s : u'(' + inside + u')';
}

void *Sequence::operator new(size_t size)
{
    return size == sizeof(Sequence) ? FreeList<sizeof(Sequence)>::take() : ::operator new(size);
}

void Sequence::operator delete(void *memory, size_t size)
{
    if (size == sizeof(Sequence))
        FreeList<sizeof(Sequence)>::give(memory);
    else
        ::operator delete(memory);
}

Value listOf(QList<Value> items) { return ObjectRef(new Sequence(Object::Kind::List, std::move(items))); }
Value tupleOf(QList<Value> items) { return ObjectRef(new Sequence(Object::Kind::Tuple, std::move(items))); }

} // namespace deferscope
