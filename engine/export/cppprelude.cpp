// SPDX-License-Identifier: MIT
#include "cppprelude.h"

#include <QList>

namespace deferscope::exporting {

using namespace Qt::StringLiterals;

namespace {

struct Helper
{
    QString name;
    QStringList needs;
    QString text;
};

const QList<Helper> &helpers()
{
    static const QList<Helper> all{
        {u"operands"_s, {}, uR"(/// Two values, evaluated from left to right.
struct Two
{
    Value left;
    Value right;
    bool areTexts() const { return left.kind() == Value::Kind::String && right.kind() == Value::Kind::String; }
    bool areInts() const { return left.kind() == Value::Kind::Int && right.kind() == Value::Kind::Int; }
};

[[noreturn]] void unsupported(const char *sign, const Two &two)
{
    throw RaisedError(exceptions::typeError(),
                      u"unsupported operand type(s) for %1: '%2' and '%3'"_s.arg(
                          QLatin1String(sign), two.left.typeName(), two.right.typeName()));
}

bool isNumber(const Value &value)
{
    return value.kind() == Value::Kind::Int || value.kind() == Value::Kind::Float;
}
)"_s},
        {u"seconds"_s, {}, uR"(double seconds(const Value &value)
{
    return value.kind() == Value::Kind::Int ? double(value.toInt()) : value.toFloat();
}
)"_s},
        {u"print"_s, {}, uR"(void print(const QList<Value> &values)
{
    QStringList texts;
    for (const Value &value : values)
        texts << str(value);
    std::puts(qPrintable(texts.join(u' ')));
    std::fflush(stdout);
}
)"_s},
        {u"join"_s, {}, uR"(QString join(const QList<Value> &pieces)
{
    QString text;
    for (const Value &piece : pieces)
        text += str(piece);
    return text;
}
)"_s},
        {u"plus"_s, {u"operands"_s, u"seconds"_s}, uR"(Value plus(const Two &two)
{
    if (two.areTexts())
        return two.left.toString() + two.right.toString();
    if (two.areInts())
        return two.left.toInt() + two.right.toInt();
    if (isNumber(two.left) && isNumber(two.right))
        return seconds(two.left) + seconds(two.right);
    if (two.left.kind() == Value::Kind::String)
        throw RaisedError(exceptions::typeError(),
                          u"can only concatenate str (not \"%1\") to str"_s.arg(two.right.typeName()));
    unsupported("+", two);
}
)"_s},
        {u"minus"_s, {u"operands"_s, u"seconds"_s}, uR"(Value minus(const Two &two)
{
    if (two.areInts())
        return two.left.toInt() - two.right.toInt();
    if (isNumber(two.left) && isNumber(two.right))
        return seconds(two.left) - seconds(two.right);
    unsupported("-", two);
}
)"_s},
        {u"times"_s, {u"operands"_s, u"seconds"_s}, uR"(Value times(const Two &two)
{
    if (two.areInts())
        return two.left.toInt() * two.right.toInt();
    if (isNumber(two.left) && isNumber(two.right))
        return seconds(two.left) * seconds(two.right);
    if (two.left.kind() == Value::Kind::String && two.right.kind() == Value::Kind::Int)
        return two.left.toString().repeated(qMax<qint64>(0, two.right.toInt()));
    unsupported("*", two);
}
)"_s},
        {u"equal"_s, {u"operands"_s, u"seconds"_s}, uR"(bool equal(const Two &two)
{
    if (isNumber(two.left) && isNumber(two.right) && !two.areInts())
        return seconds(two.left) == seconds(two.right);
    return two.left == two.right;
}
)"_s},
        {u"order"_s, {u"operands"_s, u"seconds"_s}, uR"(int order(const Two &two)
{
    if (two.areTexts())
        return two.left.toString().compare(two.right.toString());
    if (!isNumber(two.left) || !isNumber(two.right))
        unsupported("<", two);
    const double difference = seconds(two.left) - seconds(two.right);
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}
)"_s},
        {u"isTrue"_s, {}, uR"(bool isTrue(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::None: return false;
    case Value::Kind::Bool: return value.toBool();
    case Value::Kind::Int: return value.toInt() != 0;
    case Value::Kind::Float: return value.toFloat() != 0;
    case Value::Kind::String: return !value.toString().isEmpty();
    case Value::Kind::Object: break;
    }
    const auto *sequence = value.as<Sequence>();
    return !sequence || !sequence->items.isEmpty();
}
)"_s},
        {u"itemsOf"_s, {}, uR"(QList<Value> &itemsOf(const Value &value)
{
    auto *sequence = value.as<Sequence>();
    if (!sequence)
        throw RaisedError(exceptions::typeError(), u"'%1' object is not iterable"_s.arg(value.typeName()));
    return sequence->items;
}
)"_s},
        {u"item"_s, {u"operands"_s, u"itemsOf"_s}, uR"(Value item(const Two &two)
{
    const QList<Value> &items = itemsOf(two.left);
    const qint64 index = two.right.toInt();
    return items.at(index < 0 ? items.size() + index : index);
}
)"_s},
        {u"deferredIn"_s, {}, uR"(Deferred deferredIn(const Value &value)
{
    const auto deferred = Deferred::from(value);
    if (!deferred)
        throw RaisedError(exceptions::typeError(), u"'%1' object is no Deferred"_s.arg(value.typeName()));
    return *deferred;
}
)"_s},
    };
    return all;
}

QSet<QString> withNeeds(QSet<QString> wanted)
{
    for (qsizetype before = -1; before != wanted.size();) {
        before = wanted.size();
        for (const Helper &helper : helpers()) {
            if (wanted.contains(helper.name))
                wanted.unite(QSet<QString>(helper.needs.cbegin(), helper.needs.cend()));
        }
    }
    return wanted;
}

QString paragraph(const QStringList &lines)
{
    return lines.isEmpty() ? QString() : lines.join(u'\n') + u"\n\n"_s;
}

} // namespace

QString cppProgram(const CppParts &parts)
{
    QString text
        = u"// Link with Deferscope::Engine, of find_package(Deferscope).\n"
          "#include <engine/deferscope.h>\n\n"
          "#include <QCoreApplication>\n\n"
          "#include <cstdio>\n\n"
          "using namespace deferscope;\n"
          "using namespace Qt::StringLiterals;\n\n"
          "namespace {\n\n"
          "[[maybe_unused]] QtClock &reactor()\n{\n    static QtClock clock;\n    return clock;\n}\n\n"_s;
    const QSet<QString> wanted = withNeeds(parts.helpers);
    for (const Helper &helper : helpers()) {
        if (wanted.contains(helper.name))
            text += helper.text + u'\n';
    }
    text += paragraph(parts.exceptions) + paragraph(parts.variables) + paragraph(parts.declarations);
    if (!parts.functions.isEmpty())
        text += parts.functions.join(u'\n') + u'\n';
    text += u"} // namespace\n\n"
            "int main(int argc, char **argv)\n{\n"
            "    QCoreApplication app(argc, argv);\n"_s;
    return text + parts.body.join(u'\n') + u"\n    return 0;\n}\n"_s;
}

} // namespace deferscope::exporting
