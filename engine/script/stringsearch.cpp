// SPDX-License-Identifier: MIT
#include "stringsearch.h"

#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/text.h"

namespace deferscope::script::library::strings {

using namespace Qt::StringLiterals;

namespace {

const QString &self(const Arguments &arguments) { return arguments.at(0).toString(); }

const QString &wanted(const Arguments &arguments)
{
    if (arguments.at(1).kind() != Value::Kind::String)
        raiseTypeError(u"must be str, not %1"_s.arg(arguments.at(1).typeName()));
    return arguments.at(1).toString();
}

/// The part of the text that the optional arguments start and end select, in QString's units.
struct Part
{
    qsizetype first;
    qsizetype last;
    bool isEmpty() const { return first > last; }
};

Part partOf(const Arguments &arguments)
{
    const QString &text = self(arguments);
    const qint64 length = text::length(text);
    const auto bound = [&](qsizetype argument, qint64 otherwise) {
        if (arguments.size() <= argument || arguments.at(argument).isNone())
            return otherwise;
        const qint64 given = indexFrom(arguments.at(argument));
        return given < 0 ? qMax<qint64>(0, given + length) : given;
    };
    const qint64 first = bound(2, 0);
    const qint64 last = qMin(bound(3, length), length);
    if (first > last)
        return {1, 0};
    return {text::toUnits(text, first), text::toUnits(text, last)};
}

qsizetype search(const Arguments &arguments, bool fromEnd)
{
    const Part part = partOf(arguments);
    if (part.isEmpty())
        return -1;
    const QString &text = self(arguments);
    const QStringView searched = QStringView(text).sliced(part.first, part.last - part.first);
    const qsizetype found
        = fromEnd ? searched.lastIndexOf(wanted(arguments)) : searched.indexOf(wanted(arguments));
    if (wanted(arguments).isEmpty() && fromEnd)
        return text::toCharacters(text, part.last);
    return found < 0 ? -1 : text::toCharacters(text, part.first + found);
}

qsizetype foundOrRaise(qsizetype found)
{
    if (found < 0)
        raiseValueError(u"substring not found"_s);
    return found;
}

bool matchesAt(const Arguments &arguments, const Value &candidate, bool atEnd, const QString &function)
{
    if (candidate.kind() != Value::Kind::String) {
        raiseTypeError(u"%1 first arg must be str or a tuple of str, not %2"_s.arg(
            function, arguments.at(1).typeName()));
    }
    const Part part = partOf(arguments);
    if (part.isEmpty())
        return false;
    const QStringView text = QStringView(self(arguments)).sliced(part.first, part.last - part.first);
    return atEnd ? text.endsWith(candidate.toString()) : text.startsWith(candidate.toString());
}

bool matchesAny(const Arguments &arguments, bool atEnd, const QString &function)
{
    if (const Sequence *tuple = asTuple(arguments.at(1))) {
        return std::any_of(tuple->items.cbegin(), tuple->items.cend(), [&](const Value &candidate) {
            return matchesAt(arguments, candidate, atEnd, function);
        });
    }
    return matchesAt(arguments, arguments.at(1), atEnd, function);
}

struct SplitOptions
{
    std::optional<QString> separator;
    qint64 most = -1;
};

SplitOptions splitOptions(const Arguments &arguments, const QString &function)
{
    if (arguments.size() > 3)
        raiseTypeError(
            u"%1() takes at most 2 arguments (%2 given)"_s.arg(function).arg(arguments.size() - 1));
    Value separator = arguments.size() > 1 ? arguments.at(1) : Value();
    Value most = arguments.size() > 2 ? arguments.at(2) : Value(-1);
    for (const auto &[name, value] : arguments.keywords) {
        if (name == u"sep")
            separator = value;
        else if (name == u"maxsplit")
            most = value;
        else
            raiseTypeError(u"'%1' is an invalid keyword argument for %2()"_s.arg(name, function));
    }
    SplitOptions options{{}, indexFrom(most)};
    if (separator.isNone())
        return options;
    if (separator.kind() != Value::Kind::String)
        raiseTypeError(u"must be str or None, not %1"_s.arg(separator.typeName()));
    if (separator.toString().isEmpty())
        raiseValueError(u"empty separator"_s);
    options.separator = separator.toString();
    return options;
}

QStringList splitAtSpaces(const QString &text, qint64 most)
{
    QStringList parts;
    qsizetype at = 0;
    const auto skipSpaces = [&] {
        while (at < text.size() && text.at(at).isSpace())
            ++at;
    };
    for (skipSpaces(); at < text.size(); skipSpaces()) {
        if (most >= 0 && parts.size() == most) {
            qsizetype end = text.size();
            while (text.at(end - 1).isSpace())
                --end;
            parts.append(text.sliced(at, end - at));
            return parts;
        }
        const qsizetype begin = at;
        while (at < text.size() && !text.at(at).isSpace())
            ++at;
        parts.append(text.sliced(begin, at - begin));
    }
    return parts;
}

QStringList splitAt(const QString &text, const SplitOptions &options)
{
    if (!options.separator)
        return splitAtSpaces(text, options.most);
    QStringList parts;
    qsizetype at = 0;
    while (options.most < 0 || parts.size() < options.most) {
        const qsizetype found = text.indexOf(*options.separator, at);
        if (found < 0)
            break;
        parts.append(text.mid(at, found - at));
        at = found + options.separator->size();
    }
    parts.append(text.mid(at));
    return parts;
}

QString mirrored(const QString &text)
{
    QString result = text;
    std::reverse(result.begin(), result.end());
    return result;
}

Value toTexts(Interpreter &vm, const QStringList &parts)
{
    vm.reserve(parts.size() * qint64(sizeof(Value) + 32));
    QList<Value> values;
    for (const QString &part : parts)
        values.append(part.isNull() ? u""_s : part);
    return vm.list(std::move(values));
}

Value threeParts(Interpreter &vm, const Arguments &arguments, bool fromEnd)
{
    const QString &text = self(arguments);
    const QString &separator = wanted(arguments);
    if (separator.isEmpty())
        raiseValueError(u"empty separator"_s);
    const qsizetype found = fromEnd ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (found < 0)
        return fromEnd ? vm.tuple({u""_s, u""_s, text}) : vm.tuple({text, u""_s, u""_s});
    return vm.tuple({text.first(found), separator, text.sliced(found + separator.size())});
}

} // namespace

Value count(Interpreter &, const Arguments &arguments)
{
    const Part part = partOf(arguments);
    if (part.isEmpty())
        return 0;
    const QString searched = self(arguments).sliced(part.first, part.last - part.first);
    if (wanted(arguments).isEmpty())
        return text::length(searched) + 1;
    qsizetype found = 0;
    for (qsizetype at = searched.indexOf(wanted(arguments)); at >= 0;
         at = searched.indexOf(wanted(arguments), at + wanted(arguments).size()))
        ++found;
    return found;
}

Value endsWith(Interpreter &, const Arguments &arguments)
{
    return matchesAny(arguments, true, u"endswith"_s);
}
Value startsWith(Interpreter &, const Arguments &arguments)
{
    return matchesAny(arguments, false, u"startswith"_s);
}
Value find(Interpreter &, const Arguments &arguments) { return search(arguments, false); }
Value findLast(Interpreter &, const Arguments &arguments) { return search(arguments, true); }
Value index(Interpreter &, const Arguments &arguments) { return foundOrRaise(search(arguments, false)); }
Value indexLast(Interpreter &, const Arguments &arguments) { return foundOrRaise(search(arguments, true)); }
Value partition(Interpreter &vm, const Arguments &arguments) { return threeParts(vm, arguments, false); }
Value partitionLast(Interpreter &vm, const Arguments &arguments) { return threeParts(vm, arguments, true); }

Value split(Interpreter &vm, const Arguments &arguments)
{
    return toTexts(vm, splitAt(self(arguments), splitOptions(arguments, u"split"_s)));
}

/// As split(), read from the other end.
Value splitLast(Interpreter &vm, const Arguments &arguments)
{
    SplitOptions options = splitOptions(arguments, u"rsplit"_s);
    if (options.separator)
        options.separator = mirrored(*options.separator);
    QStringList parts = splitAt(mirrored(self(arguments)), options);
    std::reverse(parts.begin(), parts.end());
    for (QString &part : parts)
        part = mirrored(part);
    return toTexts(vm, parts);
}

Value splitLines(Interpreter &vm, const Arguments &arguments)
{
    bool keepsEnds = arguments.size() > 1 && isTrue(vm, arguments.at(1));
    for (const auto &argument : arguments.keywords)
        keepsEnds = isTrue(vm, argument.second);
    const QString &text = self(arguments);
    QStringList lines;
    qsizetype begin = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text.at(at);
        if (c != u'\n' && c != u'\r')
            continue;
        const qsizetype end = at;
        if (c == u'\r' && at + 1 < text.size() && text.at(at + 1) == u'\n')
            ++at;
        lines.append(text.sliced(begin, (keepsEnds ? at + 1 : end) - begin));
        begin = at + 1;
    }
    if (begin < text.size())
        lines.append(text.sliced(begin));
    return toTexts(vm, lines);
}

} // namespace deferscope::script::library::strings
