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

FormatSpec FormatSpec::parse(const QString &text, const QString &typeName)
{
    FormatSpec spec;
    const auto isAlignment = [](QChar c) { return QStringView(u"<>=^").contains(c); };
    qsizetype at = 0;
    const auto next = [&] { return at < text.size() ? text.at(at) : QChar(); };
    const auto number = [&] {
        qint64 value = 0;
        while (next().isDigit() && value < MaximumWidth)
            value = value * 10 + text.at(at++).digitValue();
        if (value >= MaximumWidth)
            raiseValueError(u"Too many decimal digits in format string"_s);
        return static_cast<int>(value);
    };
    if (text.size() > 1 && isAlignment(text.at(1))) {
        spec.fill = text.at(0);
        spec.alignment = text.at(1);
        at = 2;
    } else if (isAlignment(next())) {
        spec.alignment = text.at(at++);
    }
    if (QStringView(u"+- ").contains(next()) && !next().isNull())
        spec.sign = text.at(at++);
    if (next() == u'#') {
        spec.isAlternate = true;
        ++at;
    }
    if (next() == u'0') {
        if (spec.alignment.isNull()) {
            spec.fill = u'0';
            spec.alignment = u'=';
            spec.isZeroPadded = true;
        }
        ++at;
    }
    spec.width = number();
    if (next() == u',' || next() == u'_')
        spec.grouping = text.at(at++);
    if (next() == u'.') {
        ++at;
        if (!next().isDigit())
            raiseValueError(u"Format specifier missing precision"_s);
        spec.precision = number();
    }
    if (!next().isNull())
        spec.type = text.at(at++);
    if (at < text.size())
        raiseValueError(u"Invalid format specifier '%1' for object of type '%2'"_s.arg(text, typeName));
    return spec;
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

QString digitsOf(double magnitude, QChar type, int precision, bool isAlternate)
{
    if (std::isnan(magnitude))
        return type.isUpper() ? u"NAN"_s : u"nan"_s;
    if (std::isinf(magnitude))
        return type.isUpper() ? u"INF"_s : u"inf"_s;
    const QChar kind = type.toLower();
    const auto form = kind == u'e' ? std::chars_format::scientific
        : kind == u'f'             ? std::chars_format::fixed
                                   : std::chars_format::general;
    const int used = kind == u'g' && precision == 0 ? 1 : precision;
    QByteArray buffer(used + 350, Qt::Uninitialized);
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, form, used);
    QString digits = QString::fromLatin1(buffer.constData(), end.ptr - buffer.constData());
    if (isAlternate && !digits.contains(u'.') && !digits.contains(u'e'))
        digits += u'.';
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

QString formatFloat(double value, FormatSpec spec, const QString &typeName)
{
    const QString sign = signOf(std::signbit(value) && !std::isnan(value), spec.sign);
    const double magnitude = std::abs(value);
    if (spec.type.isNull() && spec.precision < 0)
        return finish(spec, sign, reprOfFloat(magnitude), 3);
    if (spec.type == u'%') {
        const QString digits
            = digitsOf(magnitude * 100, u'f', spec.precision < 0 ? 6 : spec.precision, spec.isAlternate);
        return finish(spec, sign, digits + u'%', 3);
    }
    const bool isGeneral = spec.type.isNull() || spec.type == u'n';
    const QChar type = isGeneral ? u'g' : spec.type;
    if (!QStringView(u"eEfFgG").contains(type))
        raiseUnknownCode(type, typeName);
    QString digits = digitsOf(magnitude, type, spec.precision < 0 ? 6 : spec.precision, spec.isAlternate);
    if (spec.type.isNull() && std::isfinite(value) && !digits.contains(u'.') && !digits.contains(u'e'))
        digits += u".0"_s; // without a type a float stays recognisable
    return finish(spec, sign, digits, 3);
}

QString formatInteger(Interpreter &vm, const Value &value, FormatSpec spec)
{
    const qint64 number = toInteger(value);
    const QChar type = spec.type.isNull() ? u'd' : spec.type;
    if (QStringView(u"eEfFgG%").contains(type))
        return formatFloat(static_cast<double>(number), spec, value.typeName());
    if (spec.precision >= 0)
        raiseValueError(u"Precision not allowed in integer format specifier"_s);
    if (type == u'c') {
        const auto character = static_cast<char32_t>(number);
        return spec.padded({}, QString::fromUcs4(&character, 1), u'<');
    }
    const int base = type == u'd' || type == u'n' ? 10
        : type == u'b'                            ? 2
        : type == u'o'                            ? 8
        : type.toLower() == u'x'                  ? 16
                                                  : 0;
    if (base == 0)
        raiseUnknownCode(type, value.typeName());
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
    if (!spec.sign.isNull())
        raiseValueError(u"Sign not allowed in string format specifier"_s);
    if (spec.alignment == u'=' && !spec.isZeroPadded)
        raiseValueError(u"'=' alignment not allowed in string format specifier"_s);
    vm.reserve(spec.width * qint64(sizeof(QChar)));
    FormatSpec used = spec;
    if (used.isZeroPadded)
        used.alignment = u'<';
    const qsizetype length = text::length(text);
    const QString shown
        = spec.precision >= 0 && spec.precision < length ? text::slice(text, 0, 1, spec.precision) : text;
    return used.padded({}, shown, u'<');
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
        if (value.kind() == Value::Kind::Bool && spec.type.isNull() && spec.width == 0)
            return strOf(vm, value);
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
