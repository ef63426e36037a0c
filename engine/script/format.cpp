// SPDX-License-Identifier: MIT
#include "formatspec.h"
#include "operations.h"

#include "engine/script/interpreter.h"
#include "engine/script/text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Takes a format specification apart, from its beginning to its end.
class SpecReader
{
public:
    SpecReader(const QString &text, const QString &typeName)
        : m_text(text)
        , m_typeName(typeName)
    {
    }

    FormatSpec read()
    {
        readAlignment();
        if (isOneOf(u"+- "))
            m_spec.sign = take();
        if (peek() == u'#')
            m_spec.isAlternate = !take().isNull();
        readZero();
        m_spec.width = number();
        if (isOneOf(u",_"))
            m_spec.grouping = take();
        if (peek() == u'.') {
            take();
            if (!peek().isDigit())
                raiseValueError(u"Format specifier missing precision"_s);
            m_spec.precision = number();
        }
        if (!peek().isNull())
            m_spec.type = take();
        if (!peek().isNull()) {
            raiseValueError(
                u"Invalid format specifier '%1' for object of type '%2'"_s.arg(m_text, m_typeName));
        }
        checkGrouping();
        return m_spec;
    }

private:
    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar();
    }
    QChar take() { return m_text.at(m_at++); }
    bool isOneOf(QStringView characters, qsizetype ahead = 0) const
    {
        return !peek(ahead).isNull() && characters.contains(peek(ahead));
    }

    void readAlignment()
    {
        m_hasFill = isOneOf(u"<>=^", 1);
        if (m_hasFill)
            m_spec.fill = take();
        if (isOneOf(u"<>=^"))
            m_spec.alignment = take();
    }

    void readZero()
    {
        if (peek() != u'0')
            return;
        take();
        if (!m_hasFill)
            m_spec.fill = u'0';
        if (!m_hasFill && m_spec.alignment.isNull() && m_typeName != u"str") {
            m_spec.alignment = u'=';
            m_spec.isZeroPadded = true;
        }
    }

    int number()
    {
        qint64 value = 0;
        while (peek().isDigit() && value < FormatSpec::MaximumWidth)
            value = value * 10 + take().digitValue();
        if (value >= FormatSpec::MaximumWidth)
            raiseValueError(u"Too many decimal digits in format string"_s);
        return static_cast<int>(value);
    }

    void checkGrouping() const
    {
        if (m_spec.grouping.isNull())
            return;
        const QChar type = m_spec.type.isNull() && m_typeName == u"str" ? QChar(u's') : m_spec.type;
        const QStringView allowed = m_spec.grouping == u',' ? u"deEfFgG%" : u"deEfFgG%boxX";
        if (!type.isNull() && !allowed.contains(type))
            raiseValueError(u"Cannot specify '%1' with '%2'."_s.arg(m_spec.grouping).arg(type));
    }

    const QString &m_text;
    const QString &m_typeName;
    FormatSpec m_spec;
    bool m_hasFill = false;
    qsizetype m_at = 0;
};

} // namespace

FormatSpec FormatSpec::parse(const QString &text, const QString &typeName)
{
    return SpecReader(text, typeName).read();
}

QString FormatSpec::padded(const QString &prefix, const QString &body, QChar standard) const
{
    const qsizetype missing = width - text::length(body) - prefix.size();
    if (missing <= 0)
        return prefix + body;
    const QChar used = alignment.isNull() ? standard : alignment;
    if (used == u'=')
        return prefix + QString(missing, fill) + body;
    if (used == u'<')
        return prefix + body + QString(missing, fill);
    if (used == u'>')
        return QString(missing, fill) + prefix + body;
    return QString(missing / 2, fill) + prefix + body + QString(missing - missing / 2, fill);
}

namespace {

QString written(double magnitude, std::chars_format form, int precision)
{
    QByteArray buffer(precision + 350, Qt::Uninitialized);
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, form, precision);
    return QString::fromLatin1(buffer.constData(), end.ptr - buffer.constData());
}

/// Without the zeros at the end of the digits before an exponent, and without the point if nothing follows
/// it.
QString withoutTrailingZeros(const QString &digits)
{
    const qsizetype e = digits.indexOf(u'e');
    const QString exponent = e < 0 ? QString() : digits.sliced(e);
    QString mantissa = e < 0 ? digits : digits.first(e);
    if (!mantissa.contains(u'.'))
        return digits;
    while (mantissa.endsWith(u'0'))
        mantissa.chop(1);
    if (mantissa.endsWith(u'.'))
        mantissa.chop(1);
    return mantissa + exponent;
}

QString withPoint(const QString &digits)
{
    if (digits.contains(u'.'))
        return digits;
    const qsizetype e = digits.indexOf(u'e');
    return e < 0 ? digits + u'.' : digits.first(e) + u'.' + digits.sliced(e);
}

/// The form g: \a limit is the exponent from which on the form e is taken.
QString general(double magnitude, int precision, int limit, bool isAlternate)
{
    const QString scientific = written(magnitude, std::chars_format::scientific, precision - 1);
    const int exponent = scientific.sliced(scientific.indexOf(u'e') + 1).toInt();
    const bool takesExponent = exponent < -4 || exponent >= limit;
    const QString digits
        = takesExponent ? scientific : written(magnitude, std::chars_format::fixed, precision - 1 - exponent);
    return isAlternate ? withPoint(digits) : withoutTrailingZeros(digits);
}

} // namespace

QString digitsOf(double magnitude, QChar type, int precision, bool isAlternate)
{
    if (std::isnan(magnitude))
        return type.isUpper() ? u"NAN"_s : u"nan"_s;
    if (std::isinf(magnitude))
        return type.isUpper() ? u"INF"_s : u"inf"_s;
    const QChar kind = type.toLower();
    QString digits;
    if (kind == u'g') {
        digits = general(magnitude, qMax(1, precision), qMax(1, precision), isAlternate);
    } else {
        digits = written(magnitude, kind == u'e' ? std::chars_format::scientific : std::chars_format::fixed,
                         precision);
        digits = isAlternate ? withPoint(digits) : digits;
    }
    return type.isUpper() ? digits.toUpper() : digits;
}

namespace {

/// With \a separator after every \a size digits of the whole part, from its right.
QString grouped(const QString &digits, QChar separator, int size)
{
    qsizetype whole = 0;
    while (whole < digits.size() && digits.at(whole).isLetterOrNumber() && digits.at(whole) != u'e')
        ++whole;
    QString result = digits;
    for (qsizetype i = whole - size; i > 0; i -= size)
        result.insert(i, separator);
    return result;
}

QString signOf(bool isNegative, QChar wanted)
{
    if (isNegative)
        return u"-"_s;
    return wanted == u'+' ? u"+"_s : wanted == u' ' ? u" "_s : QString();
}

/// Zeros between sign and digits are grouped like the digits.
QString finish(const FormatSpec &spec, const QString &sign, QString digits, int groupSize)
{
    if (spec.grouping.isNull())
        return spec.padded(sign, digits, u'>');
    if (spec.isZeroPadded) {
        while (sign.size() + grouped(digits, spec.grouping, groupSize).size() < spec.width)
            digits.prepend(u'0');
    }
    return spec.padded(sign, grouped(digits, spec.grouping, groupSize), u'>');
}

[[noreturn]] void raiseUnknownCode(QChar type, const QString &typeName)
{
    raiseValueError(u"Unknown format code '%1' for object of type '%2'"_s.arg(type).arg(typeName));
}

/// Without a type a float stays recognisable: it has a point, or an exponent.
QString untypedDigits(double magnitude, const FormatSpec &spec)
{
    if (!std::isfinite(magnitude))
        return digitsOf(magnitude, u'g', 0, false);
    if (spec.precision < 0)
        return spec.isAlternate ? withPoint(reprOfFloat(magnitude)) : reprOfFloat(magnitude);
    const int precision = qMax(1, spec.precision);
    const QString digits = general(magnitude, precision, precision - 1, spec.isAlternate);
    return digits.contains(u'.') || digits.contains(u'e') ? digits : digits + u".0"_s;
}

QString formatFloat(double value, const FormatSpec &spec, const QString &typeName)
{
    const QString sign = signOf(std::signbit(value) && !std::isnan(value), spec.sign);
    const double magnitude = std::abs(value);
    const int precision = spec.precision < 0 ? 6 : spec.precision;
    if (spec.type.isNull())
        return finish(spec, sign, untypedDigits(magnitude, spec), 3);
    if (spec.type == u'%')
        return finish(spec, sign, digitsOf(magnitude * 100, u'f', precision, spec.isAlternate) + u'%', 3);
    const QChar type = spec.type == u'n' ? QChar(u'g') : spec.type;
    if (!QStringView(u"eEfFgG").contains(type))
        raiseUnknownCode(type, typeName);
    return finish(spec, sign, digitsOf(magnitude, type, precision, spec.isAlternate), 3);
}

QString formatInteger(Interpreter &vm, const Value &value, FormatSpec spec)
{
    const qint64 number = toInteger(value);
    const QChar type = spec.type.isNull() ? u'd' : spec.type;
    if (QStringView(u"eEfFgG%").contains(type))
        return formatFloat(static_cast<double>(number), spec, value.typeName());
    if (!QStringView(u"dnboxXc").contains(type))
        raiseUnknownCode(type, value.typeName());
    if (spec.precision >= 0)
        raiseValueError(u"Precision not allowed in integer format specifier"_s);
    if (type == u'c') {
        if (number < 0 || number > 0x10ffff)
            raise(errors::overflowError(), u"%c arg not in range(0x110000)"_s);
        const auto character = static_cast<char32_t>(number);
        return spec.padded({}, QString::fromUcs4(&character, 1), u'>');
    }
    const int base = type == u'd' || type == u'n' ? 10
        : type == u'b'                            ? 2
        : type == u'o'                            ? 8
        : type.toLower() == u'x'                  ? 16
                                                  : 0;
    vm.reserve(spec.width * qint64(sizeof(QChar)));
    const quint64 magnitude
        = number < 0 ? quint64(0) - static_cast<quint64>(number) : static_cast<quint64>(number);
    QString sign = signOf(number < 0, spec.sign);
    if (spec.isAlternate && base != 10)
        sign += u'0' + QString(type);
    const QString digits = QString::number(magnitude, base);
    return finish(spec, sign, type == u'X' ? digits.toUpper() : digits, base == 10 ? 3 : 4);
}

QString formatText(Interpreter &vm, const QString &text, const FormatSpec &spec)
{
    if (!spec.type.isNull() && spec.type != u's')
        raiseUnknownCode(spec.type, u"str"_s);
    if (!spec.sign.isNull()) {
        raiseValueError(spec.sign == u' ' ? u"Space not allowed in string format specifier"_s
                                          : u"Sign not allowed in string format specifier"_s);
    }
    if (spec.isAlternate)
        raiseValueError(u"Alternate form (#) not allowed in string format specifier"_s);
    if (spec.alignment == u'=')
        raiseValueError(u"'=' alignment not allowed in string format specifier"_s);
    vm.reserve(spec.width * qint64(sizeof(QChar)));
    const qsizetype length = text::length(text);
    const QString shown
        = spec.precision >= 0 && spec.precision < length ? text::slice(text, 0, 1, spec.precision) : text;
    return spec.padded({}, shown, u'<');
}

} // namespace

QString format(Interpreter &vm, const Value &value, const QString &specification)
{
    if (const auto *instance = as<InstanceObject>(value)) {
        if (const Value *method = instance->cls.lookUp(u"__format__"_s))
            return strOf(vm, vm.call(*method, {{value, specification}, {}}));
    }
    if (specification.isEmpty())
        return strOf(vm, value);
    if (value.kind() == Value::Kind::String)
        return formatText(vm, value.toString(), FormatSpec::parse(specification, u"str"_s));
    if (isInteger(value)) {
        const FormatSpec spec = FormatSpec::parse(specification, value.typeName());
        return formatInteger(vm, value, spec);
    }
    if (value.kind() == Value::Kind::Float) {
        const FormatSpec spec = FormatSpec::parse(specification, u"float"_s);
        vm.reserve((spec.width + qMax(0, spec.precision)) * qint64(sizeof(QChar)));
        return formatFloat(value.toFloat(), spec, u"float"_s);
    }
    raiseTypeError(u"unsupported format string passed to %1.__format__"_s.arg(value.typeName()));
}

} // namespace deferscope::script
