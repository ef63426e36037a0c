// SPDX-License-Identifier: MIT
#include "formatspec.h"
#include "operations.h"

#include "engine/script/interpreter.h"

#include <cmath>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Python's `format % arguments`.
class PercentFormatter
{
public:
    PercentFormatter(Interpreter &vm, const QString &format, const Value &arguments)
        : m_vm(vm)
        , m_format(format)
        , m_arguments(arguments)
        , m_tuple(asTuple(arguments))
        , m_holding(vm)
    {
    }

    QString run()
    {
        while (m_at < m_format.size()) {
            const QChar c = m_format.at(m_at++);
            if (c != u'%')
                m_text += c;
            else
                convert();
        }
        const bool isMapping = as<DictObject>(m_arguments);
        const bool isUsed = m_tuple ? m_next == m_tuple->items.size()
                                    : m_next > 0 || m_usedMapping || isMapping || asList(m_arguments);
        if (!isUsed)
            raiseTypeError(u"not all arguments converted during string formatting"_s);
        return m_text;
    }

private:
    QChar peek() const { return m_at < m_format.size() ? m_format.at(m_at) : QChar(); }

    void convert()
    {
        std::optional<Value> named;
        if (peek() == u'(')
            named = namedArgument();
        FormatSpec spec;
        readFlags(spec);
        if (peek().isNull())
            raiseValueError(u"incomplete format"_s);
        const qsizetype place = m_at;
        spec.type = m_format.at(m_at++);
        if (spec.type == u'%') {
            m_text += u'%';
            return;
        }
        append(converted(spec, named ? *named : nextArgument(), place));
    }

    Value namedArgument()
    {
        const auto *mapping = as<DictObject>(m_arguments);
        if (!mapping)
            raiseTypeError(u"format requires a mapping"_s);
        const qsizetype end = m_format.indexOf(u')', m_at);
        if (end < 0)
            raiseValueError(u"incomplete format key"_s);
        const Value key = m_format.mid(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        m_usedMapping = true;
        return subscript(m_vm, m_arguments, key);
    }

    void readFlags(FormatSpec &spec)
    {
        for (bool isFlag = true; isFlag;) {
            const QChar c = peek();
            isFlag = true;
            if (c == u'-')
                spec.alignment = u'<';
            else if (c == u'0' && spec.alignment.isNull())
                spec.isZeroPadded = true;
            else if (c == u'+' || (c == u' ' && spec.sign != u'+'))
                spec.sign = c;
            else if (c == u'#')
                spec.isAlternate = true;
            else
                isFlag = c == u'0' || c == u' ';
            m_at += isFlag ? 1 : 0;
        }
        spec.width = number();
        if (spec.width < 0) {
            spec.alignment = u'<';
            spec.width = -spec.width;
        }
        if (peek() == u'.') {
            ++m_at;
            spec.precision = qMax(0, number());
        }
        while (peek() == u'l' || peek() == u'h' || peek() == u'L')
            ++m_at;
    }

    int number()
    {
        if (peek() == u'*') {
            ++m_at;
            const Value given = nextArgument();
            if (!isInteger(given))
                raiseTypeError(u"* wants int"_s);
            return static_cast<int>(qBound(-qint64(FormatSpec::MaximumWidth), toInteger(given),
                                           qint64(FormatSpec::MaximumWidth)));
        }
        qint64 value = 0;
        while (peek().isDigit() && value < FormatSpec::MaximumWidth)
            value = value * 10 + m_format.at(m_at++).digitValue();
        if (value >= FormatSpec::MaximumWidth)
            raiseValueError(u"width too big"_s);
        return static_cast<int>(value);
    }

    Value nextArgument()
    {
        if (m_tuple) {
            if (m_next >= m_tuple->items.size())
                raiseTypeError(u"not enough arguments for format string"_s);
            return m_tuple->items.at(m_next++);
        }
        if (m_next++ > 0)
            raiseTypeError(u"not enough arguments for format string"_s);
        return m_arguments;
    }

    QString converted(FormatSpec spec, const Value &value, qsizetype place)
    {
        switch (spec.type.unicode()) {
        case 's': return textual(spec, strOf(m_vm, value));
        case 'r': return textual(spec, reprOf(m_vm, value));
        case 'a': return textual(spec, asciiOf(reprOf(m_vm, value)));
        case 'c': return textual(spec, character(value));
        case 'd':
        case 'i':
        case 'u': return integer(spec, value, 10);
        case 'o': return integer(spec, value, 8);
        case 'x':
        case 'X': return integer(spec, value, 16);
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G': return floating(spec, value);
        default:
            raiseValueError(u"unsupported format character '%1' (0x%2) at index %3"_s.arg(spec.type)
                                .arg(spec.type.unicode(), 0, 16)
                                .arg(place));
        }
    }

    QString textual(const FormatSpec &spec, const QString &text)
    {
        return spec.padded(
            {}, spec.precision >= 0 ? text.first(qMin<qsizetype>(spec.precision, text.size())) : text, u'>');
    }

    QString character(const Value &value)
    {
        if (value.kind() == Value::Kind::String && value.toString().toUcs4().size() == 1)
            return value.toString();
        if (!isInteger(value))
            raiseTypeError(u"%c requires int or char"_s);
        const auto code = static_cast<char32_t>(toInteger(value));
        return QString::fromUcs4(&code, 1);
    }

    QString sign(const FormatSpec &spec, bool isNegative)
    {
        return isNegative ? u"-"_s : spec.sign.isNull() ? QString() : QString(spec.sign);
    }

    QString padded(FormatSpec spec, const QString &sign, const QString &digits)
    {
        if (spec.isZeroPadded && spec.alignment.isNull()) {
            spec.fill = u'0';
            spec.alignment = u'=';
        }
        return spec.padded(sign, digits, u'>');
    }

    QString integer(const FormatSpec &spec, const Value &value, int base)
    {
        if (!isInteger(value) && (base != 10 || value.kind() != Value::Kind::Float)) {
            raiseTypeError(u"%%1 format: %2 is required, not %3"_s.arg(spec.type).arg(
                base == 10 ? u"a real number"_s : u"an integer"_s, value.typeName()));
        }
        const qint64 number = isInteger(value) ? toInteger(value) : static_cast<qint64>(value.toFloat());
        const quint64 magnitude
            = number < 0 ? quint64(0) - static_cast<quint64>(number) : static_cast<quint64>(number);
        QString digits = QString::number(magnitude, base).rightJustified(qMax(0, spec.precision), u'0');
        if (spec.type == u'X')
            digits = digits.toUpper();
        const QString prefix = spec.isAlternate && base != 10 ? u'0' + QString(spec.type) : QString();
        return padded(spec, sign(spec, number < 0) + prefix, digits);
    }

    QString floating(const FormatSpec &spec, const Value &value)
    {
        if (!isNumber(value))
            raiseTypeError(u"must be real number, not %1"_s.arg(value.typeName()));
        const double number = toNumber(value);
        const QString digits = digitsOf(std::abs(number), spec.type, spec.precision < 0 ? 6 : spec.precision,
                                        spec.isAlternate);
        return padded(spec, sign(spec, std::signbit(number)), digits);
    }

    void append(const QString &text)
    {
        m_holding.grow(text.size() * qint64(sizeof(QChar)));
        m_text += text;
    }

    Interpreter &m_vm;
    const QString &m_format;
    const Value &m_arguments;
    const Sequence *m_tuple;
    Holding m_holding;
    QString m_text{u""_s};
    qsizetype m_at = 0;
    qsizetype m_next = 0;
    bool m_usedMapping = false;
};

} // namespace

QString percentFormat(Interpreter &vm, const QString &format, const Value &arguments)
{
    return PercentFormatter(vm, format, arguments).run();
}

} // namespace deferscope::script
