// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/stringsearch.h"
#include "engine/script/text.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

const QString &self(const Arguments &arguments) { return arguments.at(0).toString(); }

const QString &textArgument(const Arguments &arguments, qsizetype index, const QString &function)
{
    const Value &value = arguments.at(index);
    if (value.kind() != Value::Kind::String)
        raiseTypeError(u"%1 argument must be str, not %2"_s.arg(function, value.typeName()));
    return value.toString();
}

// ---- letters ----

Value lower(Interpreter &, const Arguments &arguments) { return self(arguments).toLower(); }
Value upper(Interpreter &, const Arguments &arguments) { return self(arguments).toUpper(); }

Value capitalize(Interpreter &, const Arguments &arguments)
{
    const QString &text = self(arguments);
    return text.isEmpty() ? text : text.first(1).toUpper() + text.sliced(1).toLower();
}

Value title(Interpreter &, const Arguments &arguments)
{
    QString result = self(arguments);
    bool inWord = false;
    for (QChar &c : result) {
        c = inWord ? c.toLower() : c.toTitleCase();
        inWord = c.isLetter();
    }
    return result;
}

Value swapcase(Interpreter &, const Arguments &arguments)
{
    QString result;
    for (const QChar c : self(arguments))
        result += c.isUpper() ? QString(c).toLower() : QString(c).toUpper();
    return result;
}

bool isEvery(const QString &text, bool (*holds)(QChar))
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), holds);
}

Value isalpha(Interpreter &, const Arguments &arguments)
{
    return isEvery(self(arguments), [](QChar c) { return c.isLetter(); });
}
Value isdigit(Interpreter &, const Arguments &arguments)
{
    return isEvery(self(arguments), [](QChar c) { return c.isDigit(); });
}
Value isalnum(Interpreter &, const Arguments &arguments)
{
    return isEvery(self(arguments), [](QChar c) { return c.isLetterOrNumber(); });
}
Value isspace(Interpreter &, const Arguments &arguments)
{
    return isEvery(self(arguments), [](QChar c) { return c.isSpace(); });
}
Value isupper(Interpreter &, const Arguments &arguments)
{
    const QString &text = self(arguments);
    return text.toUpper() == text && text.toLower() != text;
}
Value islower(Interpreter &, const Arguments &arguments)
{
    const QString &text = self(arguments);
    return text.toLower() == text && text.toUpper() != text;
}
Value isidentifier(Interpreter &, const Arguments &arguments)
{
    const QString &text = self(arguments);
    const auto isPart = [](QChar c) { return c.isLetterOrNumber() || c == u'_'; };
    return !text.isEmpty() && !text.at(0).isDigit() && std::all_of(text.cbegin(), text.cend(), isPart);
}

// ---- width ----

QString strip(const Arguments &arguments, const QString &function, bool atStart, bool atEnd)
{
    const QString &text = self(arguments);
    const bool hasCharacters = arguments.size() > 1 && !arguments.at(1).isNone();
    if (hasCharacters && arguments.at(1).kind() != Value::Kind::String)
        raiseTypeError(u"%1 arg must be None or str"_s.arg(function));
    const QString characters = hasCharacters ? arguments.at(1).toString() : QString();
    const auto goes = [&](QChar c) { return hasCharacters ? characters.contains(c) : c.isSpace(); };
    qsizetype first = 0;
    qsizetype last = text.size();
    while (atStart && first < last && goes(text.at(first)))
        ++first;
    while (atEnd && last > first && goes(text.at(last - 1)))
        --last;
    return first == last ? u""_s : text.sliced(first, last - first);
}

Value stripBoth(Interpreter &, const Arguments &arguments)
{
    return strip(arguments, u"strip"_s, true, true);
}
Value stripLeft(Interpreter &, const Arguments &arguments)
{
    return strip(arguments, u"lstrip"_s, true, false);
}
Value stripRight(Interpreter &, const Arguments &arguments)
{
    return strip(arguments, u"rstrip"_s, false, true);
}

/// \a share of what is missing goes to the left: 0 none, 1 half, 2 all of it.
Value justify(Interpreter &vm, const Arguments &arguments, int share)
{
    const QString &text = self(arguments);
    const qint64 width = indexFrom(arguments.at(1));
    const QString fill = arguments.size() > 2 ? strOf(vm, arguments.at(2)) : u" "_s;
    if (text::length(fill) != 1)
        raiseTypeError(u"The fill character must be exactly one character long"_s);
    const qint64 missing = width - text::length(text);
    if (missing <= 0)
        return text;
    vm.reserve(missing * qint64(sizeof(QChar)));
    const qint64 left = share == 0 ? 0 : share == 2 ? missing : missing / 2 + (missing & width & 1);
    return fill.repeated(left) + text + fill.repeated(missing - left);
}

Value ljust(Interpreter &vm, const Arguments &arguments) { return justify(vm, arguments, 0); }
Value center(Interpreter &vm, const Arguments &arguments) { return justify(vm, arguments, 1); }
Value rjust(Interpreter &vm, const Arguments &arguments) { return justify(vm, arguments, 2); }

Value zfill(Interpreter &vm, const Arguments &arguments)
{
    const QString &text = self(arguments);
    const qint64 missing = indexFrom(arguments.at(1)) - text::length(text);
    if (missing <= 0)
        return text;
    vm.reserve(missing * qint64(sizeof(QChar)));
    const bool hasSign = text.startsWith(u'-') || text.startsWith(u'+');
    return text.first(hasSign ? 1 : 0) + QString(missing, u'0') + text.sliced(hasSign ? 1 : 0);
}

Value expandtabs(Interpreter &, const Arguments &arguments)
{
    const qint64 size = arguments.size() > 1 ? indexFrom(arguments.at(1)) : 8;
    QString result(u""_s);
    qint64 column = 0;
    for (const QChar c : self(arguments)) {
        if (c == u'\t' && size > 0) {
            const qint64 spaces = size - column % size;
            result += QString(spaces, u' ');
            column += spaces;
        } else if (c != u'\t') {
            result += c;
            column = c == u'\n' || c == u'\r' ? 0 : column + 1;
        }
    }
    return result;
}

// ---- putting together ----

Value join(Interpreter &vm, const Arguments &arguments)
{
    if (!isIterable(arguments.at(1)))
        raiseTypeError(u"can only join an iterable"_s);
    const QString &between = self(arguments);
    const Holding holding(vm);
    QString result(u""_s);
    qsizetype number = 0;
    forEach(vm, arguments.at(1), [&](const Value &item) {
        if (item.kind() != Value::Kind::String)
            raiseTypeError(
                u"sequence item %1: expected str instance, %2 found"_s.arg(number).arg(item.typeName()));
        holding.grow((item.toString().size() + between.size()) * qint64(sizeof(QChar)));
        if (number++ > 0)
            result += between;
        result += item.toString();
        return true;
    });
    return result;
}

Value formatWith(Interpreter &vm, const Arguments &arguments)
{
    return braceFormat(vm, self(arguments), {arguments.positional.sliced(1), arguments.keywords});
}

Value replace(Interpreter &vm, const Arguments &arguments)
{
    const QString &text = self(arguments);
    const QString &before = textArgument(arguments, 1, u"replace()"_s);
    const QString &after = textArgument(arguments, 2, u"replace()"_s);
    qint64 left = arguments.size() > 3 ? indexFrom(arguments.at(3)) : -1;
    const Holding holding(vm);
    QString result(u""_s);
    qsizetype at = 0;
    while (left != 0) {
        const qsizetype found = text.indexOf(before, at);
        if (found < 0 || found > text.size())
            break;
        holding.grow((found - at + after.size() + 1) * qint64(sizeof(QChar)));
        result += text.mid(at, found - at) + after;
        at = found + before.size();
        --left;
        if (before.isEmpty()) {
            if (found >= text.size())
                return result;
            result += text.at(at++);
        }
    }
    return result + text.mid(at);
}

Value removePrefix(Interpreter &, const Arguments &arguments)
{
    const QString &prefix = textArgument(arguments, 1, u"removeprefix()"_s);
    return self(arguments).startsWith(prefix) ? self(arguments).sliced(prefix.size()) : self(arguments);
}

Value removeSuffix(Interpreter &, const Arguments &arguments)
{
    const QString &suffix = textArgument(arguments, 1, u"removesuffix()"_s);
    return !suffix.isEmpty() && self(arguments).endsWith(suffix) ? self(arguments).chopped(suffix.size())
                                                                 : self(arguments);
}

constexpr NativeSpec Methods[] = {
    {.name = u"capitalize", .function = capitalize},
    {.name = u"casefold", .function = lower},
    {.name = u"center", .function = center, .minimum = 1, .maximum = 2},
    {.name = u"count", .function = strings::count, .minimum = 1, .maximum = 3},
    {.name = u"endswith", .function = strings::endsWith, .minimum = 1, .maximum = 3},
    {.name = u"expandtabs", .function = expandtabs, .minimum = 0, .maximum = 1},
    {.name = u"find", .function = strings::find, .minimum = 1, .maximum = 3},
    {.name = u"format", .function = formatWith, .takesAnything = true},
    {.name = u"index", .function = strings::index, .minimum = 1, .maximum = 3},
    {.name = u"isalnum", .function = isalnum},
    {.name = u"isalpha", .function = isalpha},
    {.name = u"isdigit", .function = isdigit},
    {.name = u"isdecimal", .function = isdigit},
    {.name = u"isidentifier", .function = isidentifier},
    {.name = u"islower", .function = islower},
    {.name = u"isnumeric", .function = isdigit},
    {.name = u"isspace", .function = isspace},
    {.name = u"isupper", .function = isupper},
    {.name = u"join", .function = join, .minimum = 1, .maximum = 1},
    {.name = u"ljust", .function = ljust, .minimum = 1, .maximum = 2},
    {.name = u"lower", .function = lower},
    {.name = u"lstrip", .function = stripLeft, .minimum = 0, .maximum = 1},
    {.name = u"partition", .function = strings::partition, .minimum = 1, .maximum = 1},
    {.name = u"removeprefix", .function = removePrefix, .minimum = 1, .maximum = 1},
    {.name = u"removesuffix", .function = removeSuffix, .minimum = 1, .maximum = 1},
    {.name = u"replace", .function = replace, .minimum = 2, .maximum = 3},
    {.name = u"rfind", .function = strings::findLast, .minimum = 1, .maximum = 3},
    {.name = u"rindex", .function = strings::indexLast, .minimum = 1, .maximum = 3},
    {.name = u"rjust", .function = rjust, .minimum = 1, .maximum = 2},
    {.name = u"rpartition", .function = strings::partitionLast, .minimum = 1, .maximum = 1},
    {.name = u"rsplit", .function = strings::splitLast, .takesAnything = true},
    {.name = u"rstrip", .function = stripRight, .minimum = 0, .maximum = 1},
    {.name = u"split", .function = strings::split, .takesAnything = true},
    {.name = u"splitlines", .function = strings::splitLines, .takesAnything = true},
    {.name = u"startswith", .function = strings::startsWith, .minimum = 1, .maximum = 3},
    {.name = u"strip", .function = stripBoth, .minimum = 0, .maximum = 1},
    {.name = u"swapcase", .function = swapcase},
    {.name = u"title", .function = title},
    {.name = u"upper", .function = upper},
    {.name = u"zfill", .function = zfill, .minimum = 1, .maximum = 1},
};

} // namespace

std::span<const NativeSpec> stringMethods() { return Methods; }

} // namespace deferscope::script::library
