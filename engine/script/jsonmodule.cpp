// SPDX-License-Identifier: MIT
#include "modules.h"

#include "engine/script/interpreter.h"
#include "engine/script/operations.h"

#include <cmath>
#include <limits>

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

const ExceptionType &decodeError()
{
    static const ExceptionType type(u"JSONDecodeError"_s, u"json.decoder"_s, &exceptions::valueError());
    return type;
}

constexpr int MaximumDepth = 400;

// ---- dumps ----

struct Style
{
    QString itemSeparator = u", "_s;
    QString keySeparator = u": "_s;
    QString indent; ///< of one level; null: all on one line
    bool sortsKeys = false;
    bool isAscii = true;
    Value otherwise; ///< called for what JSON does not know
};

QString quoted(const QString &text, bool isAscii)
{
    QString result = u"\""_s;
    for (const QChar c : text) {
        const ushort code = c.unicode();
        if (c == u'"' || c == u'\\')
            result += u'\\' + QString(c);
        else if (c == u'\n')
            result += u"\\n"_s;
        else if (c == u'\r')
            result += u"\\r"_s;
        else if (c == u'\t')
            result += u"\\t"_s;
        else if (c == u'\b')
            result += u"\\b"_s;
        else if (c == u'\f')
            result += u"\\f"_s;
        else if (code < 0x20 || (isAscii && code > 0x7e))
            result += u"\\u%1"_s.arg(code, 4, 16, QChar(u'0'));
        else
            result += c;
    }
    return result + u'"';
}

class Encoder
{
public:
    Encoder(Interpreter &vm, const Style &style)
        : m_vm(vm)
        , m_style(style)
    {
    }

    QString encode(const Value &value, int level = 0);

private:
    QString ofFloat(double number) const;
    QString ofKey(const Value &key);
    QString joined(const QStringList &items, QChar open, QChar close, int level) const;

    Interpreter &m_vm;
    const Style &m_style;
};

QString Encoder::ofFloat(double number) const
{
    if (std::isnan(number))
        return u"NaN"_s;
    if (std::isinf(number))
        return number > 0 ? u"Infinity"_s : u"-Infinity"_s;
    return reprOfFloat(number);
}

QString Encoder::ofKey(const Value &key)
{
    if (key.kind() == Value::Kind::String)
        return key.toString();
    if (key.isNone() || key.kind() == Value::Kind::Bool || isNumber(key))
        return encode(key);
    raiseTypeError(u"keys must be str, int, float, bool or None, not %1"_s.arg(key.typeName()));
}

QString Encoder::joined(const QStringList &items, QChar open, QChar close, int level) const
{
    if (items.isEmpty())
        return QString(open) + close;
    if (m_style.indent.isNull())
        return open + items.join(m_style.itemSeparator) + close;
    const QString inner = u'\n' + m_style.indent.repeated(level + 1);
    return open + inner + items.join(m_style.itemSeparator + inner) + u'\n' + m_style.indent.repeated(level)
        + close;
}

QString Encoder::encode(const Value &value, int level)
{
    m_vm.spend(1);
    if (level > MaximumDepth)
        raise(exceptions::recursionError(),
              u"maximum recursion depth exceeded while encoding a JSON object"_s);
    switch (value.kind()) {
    case Value::Kind::None: return u"null"_s;
    case Value::Kind::Bool: return value.toBool() ? u"true"_s : u"false"_s;
    case Value::Kind::Int: return QString::number(value.toInt());
    case Value::Kind::Float: return ofFloat(value.toFloat());
    case Value::Kind::String: return quoted(value.toString(), m_style.isAscii);
    case Value::Kind::Object: break;
    }
    QStringList items;
    if (const Sequence *sequence = asSequence(value)) {
        for (const Value &item : sequence->items)
            items << encode(item, level + 1);
        return joined(items, u'[', u']', level);
    }
    if (const auto *dict = as<DictObject>(value)) {
        QList<std::pair<QString, QString>> pairs;
        for (const DictObject::Entry &entry : dict->entries()) {
            if (entry.isAlive)
                pairs.append({ofKey(entry.key), encode(entry.value, level + 1)});
        }
        if (m_style.sortsKeys)
            std::stable_sort(pairs.begin(), pairs.end(),
                             [](const auto &a, const auto &b) { return a.first < b.first; });
        for (const auto &[key, text] : std::as_const(pairs))
            items << quoted(key, m_style.isAscii) + m_style.keySeparator + text;
        return joined(items, u'{', u'}', level);
    }
    if (!m_style.otherwise.isNone())
        return encode(m_vm.call(m_style.otherwise, {{value}, {}}), level + 1);
    raiseTypeError(u"Object of type %1 is not JSON serializable"_s.arg(value.typeName()));
}

Value dumps(Interpreter &vm, const Arguments &arguments)
{
    Style style;
    const Value &indent = arguments.at(2);
    if (isInteger(indent))
        style.indent = QString(qMax(qsizetype(0), qsizetype(toInteger(indent))), u' ') + u""_s;
    else if (indent.kind() == Value::Kind::String)
        style.indent = indent.toString();
    if (!indent.isNone()) {
        style.itemSeparator = u","_s;
        if (style.indent.isNull())
            style.indent = u""_s;
    }
    if (const Sequence *separators = asSequence(arguments.at(3));
        separators && separators->items.size() == 2) {
        style.itemSeparator = strOf(vm, separators->items.at(0));
        style.keySeparator = strOf(vm, separators->items.at(1));
    }
    style.sortsKeys = isTrue(vm, arguments.at(1));
    style.isAscii = isTrue(vm, arguments.at(4));
    style.otherwise = arguments.at(5);
    const QString text = Encoder(vm, style).encode(arguments.at(0));
    vm.reserve(text.size() * qint64(sizeof(QChar)));
    return text;
}

// ---- loads ----

class Decoder
{
public:
    Decoder(Interpreter &vm, const QString &text)
        : m_vm(vm)
        , m_text(text)
    {
    }

    Value decode()
    {
        skip();
        Value value = read(0);
        skip();
        if (m_at != m_text.size())
            fail(u"Extra data"_s, m_at);
        return value;
    }

private:
    [[noreturn]] void fail(const QString &message, qsizetype at) const
    {
        const QStringView before = QStringView(m_text).first(at);
        const qsizetype line = before.count(u'\n') + 1;
        const qsizetype column = at - before.lastIndexOf(u'\n');
        raise(decodeError(), u"%1: line %2 column %3 (char %4)"_s.arg(message).arg(line).arg(column).arg(at));
    }
    QChar peek() const { return m_at < m_text.size() ? m_text.at(m_at) : QChar(); }
    void skip()
    {
        while (m_at < m_text.size() && QStringView(u" \t\n\r").contains(m_text.at(m_at)))
            ++m_at;
    }
    bool accept(QStringView word)
    {
        const bool isThere = QStringView(m_text).sliced(m_at).startsWith(word);
        m_at += isThere ? word.size() : 0;
        return isThere;
    }
    Value read(int depth);
    Value list(int depth);
    Value object(int depth);
    Value number();
    QString string();

    Interpreter &m_vm;
    const QString &m_text;
    qsizetype m_at = 0;
};

Value Decoder::read(int depth)
{
    m_vm.spend(1);
    m_vm.reserve(sizeof(Value));
    if (depth > MaximumDepth)
        raise(exceptions::recursionError(),
              u"maximum recursion depth exceeded while decoding a JSON document"_s);
    if (peek() == u'"')
        return string();
    if (accept(u"{"))
        return object(depth);
    if (accept(u"["))
        return list(depth);
    if (accept(u"null"))
        return {};
    if (accept(u"true"))
        return true;
    if (accept(u"false"))
        return false;
    if (accept(u"NaN"))
        return std::numeric_limits<double>::quiet_NaN();
    if (accept(u"Infinity"))
        return std::numeric_limits<double>::infinity();
    if (accept(u"-Infinity"))
        return -std::numeric_limits<double>::infinity();
    return number();
}

Value Decoder::number()
{
    const qsizetype begin = m_at;
    const auto digits = [this] {
        const qsizetype first = m_at;
        while (m_at < m_text.size() && m_text.at(m_at) >= u'0' && m_text.at(m_at) <= u'9')
            ++m_at;
        return m_at > first;
    };
    accept(u"-");
    const bool isZero = peek() == u'0';
    if (isZero)
        ++m_at;
    else if (!digits()) {
        m_at = begin;
        fail(u"Expecting value"_s, begin);
    }
    bool isFloat = false;
    qsizetype end = m_at;
    if (accept(u".")) {
        isFloat = digits();
        end = isFloat ? m_at : end;
        m_at = end;
    }
    if (accept(u"e") || accept(u"E")) {
        if (!accept(u"+"))
            accept(u"-");
        const bool hasExponent = digits();
        isFloat = isFloat || hasExponent;
        m_at = hasExponent ? m_at : end;
    }
    const QString text = m_text.sliced(begin, m_at - begin);
    if (isFloat)
        return text.toDouble();
    bool fits = false;
    const qint64 value = text.toLongLong(&fits);
    if (!fits)
        raise(errors::overflowError(), u"integers of more than 64 bits are not run here"_s);
    return value;
}

QString Decoder::string()
{
    const qsizetype begin = m_at++;
    QString result;
    while (true) {
        if (m_at >= m_text.size())
            fail(u"Unterminated string starting at"_s, begin);
        const QChar c = m_text.at(m_at++);
        if (c == u'"')
            return result.isNull() ? u""_s : result;
        if (c.unicode() < 0x20)
            fail(u"Invalid control character at"_s, m_at - 1);
        if (c != u'\\') {
            result += c;
            continue;
        }
        if (m_at >= m_text.size())
            fail(u"Unterminated string starting at"_s, begin);
        const QChar escape = m_text.at(m_at++);
        constexpr QStringView Letters = u"\"\\/bfnrt";
        constexpr QStringView Meanings = u"\"\\/\b\f\n\r\t";
        if (escape == u'u') {
            bool isHex = false;
            const ushort code = QStringView(m_text).mid(m_at, 4).toUShort(&isHex, 16);
            if (!isHex || m_at + 4 > m_text.size())
                fail(u"Invalid \\uXXXX escape"_s, m_at - 1);
            m_at += 4;
            result += QChar(code);
        } else if (const qsizetype which = Letters.indexOf(escape); which >= 0) {
            result += Meanings.at(which);
        } else {
            fail(u"Invalid \\escape"_s, m_at - 2);
        }
    }
}

Value Decoder::list(int depth)
{
    QList<Value> items;
    skip();
    if (accept(u"]"))
        return m_vm.list({});
    while (true) {
        items.append(read(depth + 1));
        skip();
        if (accept(u"]"))
            return m_vm.list(items);
        if (!accept(u","))
            fail(u"Expecting ',' delimiter"_s, m_at);
        skip();
    }
}

Value Decoder::object(int depth)
{
    DictRef dict(new DictObject(m_vm.heap()));
    skip();
    if (accept(u"}"))
        return ObjectRef(dict);
    while (true) {
        if (peek() != u'"')
            fail(u"Expecting property name enclosed in double quotes"_s, m_at);
        const QString key = string();
        skip();
        if (!accept(u":"))
            fail(u"Expecting ':' delimiter"_s, m_at);
        skip();
        dict->insert(key, read(depth + 1));
        skip();
        if (accept(u"}"))
            return ObjectRef(dict);
        if (!accept(u","))
            fail(u"Expecting ',' delimiter"_s, m_at);
        skip();
    }
}

Value loads(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.at(0).kind() != Value::Kind::String)
        raiseTypeError(
            u"the JSON object must be str, bytes or bytearray, not %1"_s.arg(arguments.at(0).typeName()));
    return Decoder(vm, arguments.at(0).toString()).decode();
}

constexpr NativeSpec Functions[] = {
    {.name = u"dumps",
     .function = dumps,
     .signature = u"obj, sort_keys=False, indent=None, separators=None, ensure_ascii=True, default=None"},
    {.name = u"loads", .function = loads, .signature = u"s"},
};

} // namespace

ModuleSpec jsonModule()
{
    return {.name = u"json", .functions = Functions, .exceptions = [] { return QList{&decodeError()}; }};
}

} // namespace deferscope::script::library
