// SPDX-License-Identifier: GPL-3.0-or-later
#include "treetext.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

QString text(const ExpressionPtr &expression);
QString text(const Block &block);

template <typename List, typename Writer> QString listed(const List &list, Writer writer)
{
    QStringList parts;
    for (const auto &one : list)
        parts.append(writer(one));
    return u'[' + parts.join(u' ') + u']';
}

QString texts(const QList<ExpressionPtr> &list)
{
    return listed(list, [](const ExpressionPtr &one) { return text(one); });
}

QString node(const QString &name, const QStringList &fields)
{
    return name + u'(' + fields.join(u' ') + u')';
}

/// As Python's json.dumps() writes it.
QString quoted(const QString &value)
{
    QString result(u'"');
    for (const QChar c : value) {
        const qsizetype special = QStringView(u"\"\\\n\r\t\f\b").indexOf(c);
        if (special >= 0)
            result += u'\\' + QString(u"\"\\nrtfb"_s.at(special));
        else if (c.unicode() < 0x20 || c.unicode() > 0x7e)
            result += u"\\u"_s + QString::number(c.unicode(), 16).rightJustified(4, u'0');
        else
            result += c;
    }
    return result + u'"';
}

QString nameOrNone(const QString &name) { return name.isEmpty() ? u"-"_s : quoted(name); }
QString number(bool value) { return value ? u"1"_s : u"0"_s; }

QString name(BinaryOperator op)
{
    static const QStringList names{u"Add"_s,    u"Sub"_s,    u"Mult"_s,    u"Div"_s,   u"FloorDiv"_s,
                                   u"Mod"_s,    u"Pow"_s,    u"MatMult"_s, u"BitOr"_s, u"BitAnd"_s,
                                   u"BitXor"_s, u"LShift"_s, u"RShift"_s};
    return names.at(int(op));
}

QString name(CompareOperator op)
{
    static const QStringList names{u"Eq"_s,  u"NotEq"_s, u"Lt"_s,    u"LtE"_s, u"Gt"_s,
                                   u"GtE"_s, u"Is"_s,    u"IsNot"_s, u"In"_s,  u"NotIn"_s};
    return names.at(int(op));
}

QString argument(const Parameter &parameter)
{
    return node(u"arg"_s, {quoted(parameter.name), text(parameter.annotation)});
}

QString text(const QList<Parameter> &parameters)
{
    QStringList positionalOnly;
    QStringList positional;
    QStringList keywordOnly;
    QStringList keywordDefaults;
    QStringList defaults;
    QString star = u"-"_s;
    QString doubleStar = u"-"_s;
    for (const Parameter &one : parameters) {
        switch (one.kind) {
        case Parameter::Kind::PositionalOnly: positionalOnly.append(argument(one)); break;
        case Parameter::Kind::Positional: positional.append(argument(one)); break;
        case Parameter::Kind::KeywordOnly: keywordOnly.append(argument(one)); break;
        case Parameter::Kind::Star: star = argument(one); break;
        case Parameter::Kind::DoubleStar: doubleStar = argument(one); break;
        }
        if (one.kind == Parameter::Kind::KeywordOnly)
            keywordDefaults.append(text(one.defaultValue));
        else if (one.defaultValue)
            defaults.append(text(one.defaultValue));
    }
    const auto list = [](const QStringList &parts) { return u'[' + parts.join(u' ') + u']'; };
    return node(u"arguments"_s,
                {list(positionalOnly), list(positional), star, list(keywordOnly), list(keywordDefaults),
                 doubleStar, list(defaults)});
}

/// The two lists of a call or a class: what goes by place, what goes by name.
QString text(const QList<Argument> &arguments)
{
    QStringList positional;
    QStringList named;
    for (const Argument &one : arguments) {
        switch (one.kind) {
        case Argument::Kind::Positional: positional.append(text(one.value)); break;
        case Argument::Kind::Star: positional.append(node(u"Starred"_s, {text(one.value)})); break;
        case Argument::Kind::Keyword:
            named.append(node(u"keyword"_s, {quoted(one.name), text(one.value)}));
            break;
        case Argument::Kind::DoubleStar: named.append(node(u"keyword"_s, {u"-"_s, text(one.value)})); break;
        }
    }
    return u'[' + positional.join(u' ') + u"] ["_s + named.join(u' ') + u']';
}

/// Neighbouring texts as one, as Python has them.
QString text(const QList<FormattedString::Piece> &pieces)
{
    QStringList parts;
    QString literal;
    const auto flush = [&] {
        if (!literal.isEmpty())
            parts.append(quoted(std::exchange(literal, {})));
    };
    for (const FormattedString::Piece &piece : pieces) {
        if (!piece.field) {
            literal += piece.text;
            continue;
        }
        const FormattedString::Field &field = *piece.field;
        literal += field.debugText;
        flush();
        const bool isRepr
            = !field.debugText.isEmpty() && field.conversion.isNull() && field.specification.isEmpty();
        const int conversion = isRepr   ? 'r'
            : field.conversion.isNull() ? -1
                                        : int(field.conversion.unicode());
        parts.append(node(u"FormattedValue"_s,
                          {text(field.expression), QString::number(conversion),
                           field.specification.isEmpty() ? u"-"_s : text(field.specification)}));
    }
    flush();
    return node(u"JoinedStr"_s, {u'[' + parts.join(u' ') + u']'});
}

struct ExpressionWriter
{
    QString operator()(const NoneLiteral &) const { return u"None"_s; }
    QString operator()(const EllipsisLiteral &) const { return u"..."_s; }
    QString operator()(const BoolLiteral &it) const { return it.value ? u"True"_s : u"False"_s; }
    QString operator()(const NumberLiteral &it) const { return it.text; }
    QString operator()(const StringLiteral &it) const
    {
        QString value;
        for (const StringLiteral::Part &part : it.parts)
            value += part.value;
        return (it.isBytes ? u"b"_s : QString()) + quoted(value);
    }
    QString operator()(const FormattedString &it) const { return text(it.pieces); }
    QString operator()(const Name &it) const { return node(u"Name"_s, {quoted(it.id)}); }
    QString operator()(const Attribute &it) const
    {
        return node(u"Attribute"_s, {text(it.object), quoted(it.name)});
    }
    QString operator()(const Subscript &it) const
    {
        return node(u"Subscript"_s, {text(it.object), text(it.index)});
    }
    QString operator()(const Slice &it) const
    {
        return node(u"Slice"_s, {text(it.lower), text(it.upper), text(it.step)});
    }
    QString operator()(const Call &it) const
    {
        return node(u"Call"_s, {text(it.function), text(it.arguments)});
    }
    QString operator()(const Binary &it) const
    {
        return node(u"BinOp"_s, {text(it.left), name(it.op), text(it.right)});
    }
    QString operator()(const Unary &it) const
    {
        static const QStringList names{u"UAdd"_s, u"USub"_s, u"Not"_s, u"Invert"_s};
        return node(u"UnaryOp"_s, {names.at(int(it.op)), text(it.operand)});
    }
    QString operator()(const Boolean &it) const
    {
        return node(u"BoolOp"_s, {it.op == BooleanOperator::And ? u"And"_s : u"Or"_s, texts(it.operands)});
    }
    QString operator()(const Compare &it) const
    {
        const QString ops = listed(it.ops, [](CompareOperator op) { return name(op); });
        return node(u"Compare"_s, {text(it.left), ops, texts(it.operands)});
    }
    QString operator()(const Conditional &it) const
    {
        return node(u"IfExp"_s, {text(it.test), text(it.body), text(it.orElse)});
    }
    QString operator()(const Lambda &it) const
    {
        return node(u"Lambda"_s, {text(it.parameters), text(it.body)});
    }
    QString operator()(const TupleDisplay &it) const { return node(u"Tuple"_s, {texts(it.items)}); }
    QString operator()(const ListDisplay &it) const { return node(u"List"_s, {texts(it.items)}); }
    QString operator()(const SetDisplay &it) const { return node(u"Set"_s, {texts(it.items)}); }
    QString operator()(const DictDisplay &it) const
    {
        return node(u"Dict"_s,
                    {listed(it.items, [](const auto &pair) { return text(pair.first); }),
                     listed(it.items, [](const auto &pair) { return text(pair.second); })});
    }
    QString operator()(const Starred &it) const { return node(u"Starred"_s, {text(it.value)}); }
    QString operator()(const Comprehension &it) const
    {
        const QString clauses = listed(it.clauses, [](const Comprehension::For &one) {
            return node(u"comprehension"_s,
                        {text(one.target), text(one.iterable), texts(one.conditions), number(one.isAsync)});
        });
        static const QStringList names{u"ListComp"_s, u"SetComp"_s, u"DictComp"_s, u"GeneratorExp"_s};
        QStringList fields{text(it.element)};
        if (it.kind == Comprehension::Kind::Dict)
            fields.append(text(it.value));
        return node(names.at(int(it.kind)), fields << clauses);
    }
    QString operator()(const Await &it) const { return node(u"Await"_s, {text(it.value)}); }
    QString operator()(const Yield &it) const { return node(u"Yield"_s, {text(it.value)}); }
    QString operator()(const YieldFrom &it) const { return node(u"YieldFrom"_s, {text(it.value)}); }
    QString operator()(const Walrus &it) const
    {
        return node(u"NamedExpr"_s, {text(it.target), text(it.value)});
    }
    QString operator()(const Opaque &) const { return u"pattern"_s; }
};

QString text(const ExpressionPtr &expression)
{
    return expression ? std::visit(ExpressionWriter(), expression->node) : u"-"_s;
}

QString names(const QList<ImportName> &list)
{
    return listed(list, [](const ImportName &one) {
        return node(u"alias"_s, {quoted(one.name), nameOrNone(one.alias)});
    });
}

QString texts(const QList<NamePlace> &list)
{
    return listed(list, [](const NamePlace &one) { return quoted(one.name); });
}

struct StatementWriter
{
    QString operator()(const ExpressionStatement &it) const { return node(u"Expr"_s, {text(it.value)}); }
    QString operator()(const Assign &it) const
    {
        return node(u"Assign"_s, {texts(it.targets), text(it.value)});
    }
    QString operator()(const AnnotatedAssign &it) const
    {
        const bool isSimple = std::holds_alternative<Name>(it.target->node) && it.target->parentheses == 0;
        return node(u"AnnAssign"_s, {text(it.target), text(it.annotation), text(it.value), number(isSimple)});
    }
    QString operator()(const AugmentedAssign &it) const
    {
        return node(u"AugAssign"_s, {text(it.target), name(it.op), text(it.value)});
    }
    QString operator()(const Return &it) const { return node(u"Return"_s, {text(it.value)}); }
    QString operator()(const Raise &it) const
    {
        return node(u"Raise"_s, {text(it.exception), text(it.cause)});
    }
    QString operator()(const Pass &) const { return u"Pass()"_s; }
    QString operator()(const Break &) const { return u"Break()"_s; }
    QString operator()(const Continue &) const { return u"Continue()"_s; }
    QString operator()(const Delete &it) const { return node(u"Delete"_s, {texts(it.targets)}); }
    QString operator()(const Assert &it) const
    {
        return node(u"Assert"_s, {text(it.test), text(it.message)});
    }
    QString operator()(const Global &it) const { return node(u"Global"_s, {texts(it.names)}); }
    QString operator()(const Nonlocal &it) const { return node(u"Nonlocal"_s, {texts(it.names)}); }
    QString operator()(const Import &it) const { return node(u"Import"_s, {names(it.names)}); }
    QString operator()(const ImportFrom &it) const
    {
        return node(u"ImportFrom"_s, {nameOrNone(it.module), names(it.names), QString::number(it.dots)});
    }
    QString operator()(const If &it) const
    {
        return node(u"If"_s, {text(it.test), text(it.body), text(it.orElse)});
    }
    QString operator()(const For &it) const
    {
        return node(it.isAsync ? u"AsyncFor"_s : u"For"_s,
                    {text(it.target), text(it.iterable), text(it.body), text(it.orElse)});
    }
    QString operator()(const While &it) const
    {
        return node(u"While"_s, {text(it.test), text(it.body), text(it.orElse)});
    }
    QString operator()(const Try &it) const
    {
        const QString handlers = listed(it.handlers, [](const ExceptHandler &one) {
            return node(u"ExceptHandler"_s, {text(one.type), nameOrNone(one.name), text(one.body)});
        });
        return node(it.isOfGroups ? u"TryStar"_s : u"Try"_s,
                    {text(it.body), handlers, text(it.orElse), text(it.finally)});
    }
    QString operator()(const With &it) const
    {
        const QString items = listed(it.items, [](const WithItem &one) {
            return node(u"withitem"_s, {text(one.context), text(one.target)});
        });
        return node(it.isAsync ? u"AsyncWith"_s : u"With"_s, {items, text(it.body)});
    }
    QString operator()(const FunctionDefinition &it) const
    {
        return node(
            it.isAsync ? u"AsyncFunctionDef"_s : u"FunctionDef"_s,
            {quoted(it.name), text(it.parameters), text(it.body), texts(it.decorators), text(it.returns)});
    }
    QString operator()(const ClassDefinition &it) const
    {
        return node(u"ClassDef"_s, {quoted(it.name), text(it.bases), text(it.body), texts(it.decorators)});
    }
    QString operator()(const Match &it) const { return node(u"Match"_s, {text(it.subject), text(it.body)}); }
    QString operator()(const Case &it) const
    {
        return node(u"match_case"_s, {text(it.pattern), text(it.guard), text(it.body)});
    }
    QString operator()(const OpaqueStatement &it) const { return node(u"opaque"_s, {text(it.body)}); }
};

QString text(const Block &block)
{
    return listed(block, [](const StatementPtr &one) { return std::visit(StatementWriter(), one->node); });
}

} // namespace

QString treeText(const Module &module) { return node(u"Module"_s, {text(module.body)}); }

} // namespace deferscope::syntax
