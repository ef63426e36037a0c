// SPDX-License-Identifier: MIT
#include "compiler.h"

#include "engine/script/refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// The value of an integer literal; refused when it needs more than 64 bits.
qint64 integerOf(const QString &text, const Range &range)
{
    QString digits = text;
    digits.remove(u'_');
    const QString prefix = digits.first(qMin(2, digits.size())).toLower();
    const int base = prefix == u"0x" ? 16 : prefix == u"0o" ? 8 : prefix == u"0b" ? 2 : 10;
    bool ok = false;
    const qint64 value = (base == 10 ? digits : digits.sliced(2)).toLongLong(&ok, base);
    if (!ok)
        refuseUnsupported(range, u"integers of more than 64 bits are not run here"_s);
    return value;
}

} // namespace

void Compiler::compile(const ExpressionPtr &expression)
{
    std::visit([&](const auto &node) { compileNode(node, *expression); }, expression->node);
}

void Compiler::compileAll(const QList<ExpressionPtr> &expressions)
{
    for (const ExpressionPtr &expression : expressions)
        compile(expression);
}

void Compiler::compileNode(const NoneLiteral &, const Expression &) { out().emitConstant({}); }
void Compiler::compileNode(const BoolLiteral &node, const Expression &) { out().emitConstant(node.value); }

void Compiler::compileNode(const EllipsisLiteral &, const Expression &expression)
{
    refuseUnsupported(expression.range, u"the ellipsis '...' is not run"_s, u"Write pass or None"_s);
}

void Compiler::compileNode(const NumberLiteral &node, const Expression &expression)
{
    if (node.isImaginary)
        refuseUnsupported(expression.range, u"complex numbers are not run"_s);
    if (node.isFloat)
        out().emitConstant(QString(node.text).remove(u'_').toDouble());
    else
        out().emitConstant(integerOf(node.text, expression.range));
}

void Compiler::compileNode(const StringLiteral &node, const Expression &expression)
{
    if (node.isBytes)
        refuseUnsupported(expression.range, u"bytes are not run yet"_s, u"Use a str"_s);
    QString text(u""_s);
    for (const StringLiteral::Part &part : node.parts)
        text += part.value;
    out().emitConstant(text);
}

void Compiler::compileNode(const FormattedString &node, const Expression &) { compilePieces(node.pieces); }

void Compiler::compilePieces(const QList<FormattedString::Piece> &pieces)
{
    int count = 0;
    for (const FormattedString::Piece &piece : pieces) {
        if (piece.field) {
            count += compileField(*piece.field);
        } else {
            out().emitConstant(piece.text);
            ++count;
        }
    }
    out().emit(Op::BuildString, count);
}

int Compiler::compileField(const FormattedString::Field &field)
{
    const bool shows = !field.debugText.isEmpty();
    if (shows)
        out().emitConstant(field.debugText);
    compile(field.expression);
    int flags = field.conversion.unicode();
    if (shows && flags == 0 && field.specification.isEmpty())
        flags = 'r';
    if (!field.specification.isEmpty()) {
        compilePieces(field.specification);
        flags |= FormatFlag::HasSpecification;
    }
    emitAt(field.expression->range.begin, Op::FormatValue, flags);
    return shows ? 2 : 1;
}

void Compiler::compileNode(const Name &node, const Expression &expression)
{
    setSite(expression.range.begin);
    loadName(node.id);
}

void Compiler::compileNode(const Attribute &node, const Expression &)
{
    checkModuleAttribute(node);
    compile(node.object);
    emitAt(node.nameRange.begin, Op::LoadAttribute, out().nameIndex(node.name));
}

void Compiler::compileNode(const Subscript &node, const Expression &expression)
{
    compile(node.object);
    compile(node.index);
    emitAt(expression.range.begin, Op::LoadSubscript);
}

void Compiler::compileNode(const Slice &node, const Expression &)
{
    for (const ExpressionPtr &bound : {node.lower, node.upper, node.step}) {
        if (bound)
            compile(bound);
        else
            out().emitConstant({});
    }
    out().emit(Op::BuildSlice);
}

void Compiler::compileNode(const Binary &node, const Expression &expression)
{
    if (node.op == BinaryOperator::MatrixMultiply)
        refuseUnsupported(expression.range, u"the operator '@' is not run"_s);
    compile(node.left);
    compile(node.right);
    emitAt(expression.range.begin, Op::Binary, static_cast<int>(node.op));
}

void Compiler::compileNode(const Unary &node, const Expression &expression)
{
    compile(node.operand);
    emitAt(expression.range.begin, Op::Unary, static_cast<int>(node.op));
}

void Compiler::compileNode(const Boolean &node, const Expression &)
{
    const auto end = out().newLabel();
    for (qsizetype i = 0; i < node.operands.size(); ++i) {
        compile(node.operands.at(i));
        if (i + 1 < node.operands.size())
            out().jump(node.op == BooleanOperator::And ? Op::JumpIfFalseOrPop : Op::JumpIfTrueOrPop, end);
    }
    out().place(end);
}

void Compiler::compileNode(const Compare &node, const Expression &expression)
{
    compile(node.left);
    const auto cleanUp = out().newLabel();
    const qsizetype last = node.operands.size() - 1;
    for (qsizetype i = 0; i < last; ++i) {
        compile(node.operands.at(i));
        out().emit(Op::Duplicate);
        out().emit(Op::RotateThree);
        emitAt(expression.range.begin, Op::Compare, static_cast<int>(node.ops.at(i)));
        out().jump(Op::JumpIfFalseOrPop, cleanUp);
    }
    compile(node.operands.at(last));
    emitAt(expression.range.begin, Op::Compare, static_cast<int>(node.ops.at(last)));
    if (last == 0)
        return;
    const auto end = out().newLabel();
    out().jump(Op::Jump, end);
    out().place(cleanUp);
    out().emit(Op::Swap);
    out().emit(Op::Pop);
    out().place(end);
}

void Compiler::compileNode(const Conditional &node, const Expression &)
{
    const auto otherwise = out().newLabel();
    const auto end = out().newLabel();
    jumpUnless(node.test, otherwise);
    compile(node.body);
    out().jump(Op::Jump, end);
    out().place(otherwise);
    compile(node.orElse);
    out().place(end);
}

void Compiler::compileDisplay(const QList<ExpressionPtr> &items, Op build)
{
    const auto isStarred
        = [](const ExpressionPtr &item) { return std::holds_alternative<Starred>(item->node); };
    const auto star = std::find_if(items.cbegin(), items.cend(), isStarred);
    const auto leading = static_cast<int>(star - items.cbegin());
    compileAll(items.first(leading));
    if (star == items.cend()) {
        out().emit(build, leading);
        return;
    }
    out().emit(Op::BuildList, leading);
    for (auto item = star; item != items.cend(); ++item) {
        if (const auto *starred = std::get_if<Starred>(&(*item)->node)) {
            compile(starred->value);
            emitAt((*item)->range.begin, Op::ListExtend);
        } else {
            compile(*item);
            out().emit(Op::ListAppend, 1);
        }
    }
    if (build == Op::BuildTuple)
        out().emit(Op::ListToTuple);
}

void Compiler::compileNode(const TupleDisplay &node, const Expression &)
{
    compileDisplay(node.items, Op::BuildTuple);
}
void Compiler::compileNode(const ListDisplay &node, const Expression &)
{
    compileDisplay(node.items, Op::BuildList);
}

namespace {

bool isConstant(const ExpressionPtr &item)
{
    return std::holds_alternative<NumberLiteral>(item->node)
        || std::holds_alternative<StringLiteral>(item->node)
        || std::holds_alternative<BoolLiteral>(item->node) || std::holds_alternative<NoneLiteral>(item->node);
}

} // namespace

void Compiler::compileNode(const SetDisplay &node, const Expression &expression)
{
    // CPython makes one of three constants or more at once and copies it: its table is another one then.
    const bool isCopied
        = node.items.size() >= 3 && std::all_of(node.items.cbegin(), node.items.cend(), isConstant);
    out().emit(Op::BuildSet);
    if (isCopied)
        out().emit(Op::BuildSet);
    for (const ExpressionPtr &item : node.items) {
        if (const auto *starred = std::get_if<Starred>(&item->node)) {
            compile(starred->value);
            emitAt(item->range.begin, Op::SetExtend);
        } else {
            compile(item);
            emitAt(expression.range.begin, Op::SetAdd, 1);
        }
    }
    if (isCopied)
        out().emit(Op::SetExtend);
}

void Compiler::compileNode(const DictDisplay &node, const Expression &expression)
{
    out().emit(Op::BuildDict);
    for (const auto &[key, value] : node.items) {
        if (key)
            compile(key);
        compile(value);
        emitAt(expression.range.begin, key ? Op::DictInsert : Op::DictUpdate, 1);
    }
}

void Compiler::compileNode(const Starred &, const Expression &expression)
{
    refuseSyntax(expression.range, u"can't use starred expression here"_s);
}

void Compiler::compileNode(const Await &node, const Expression &expression)
{
    if (m_unit->scope->kind != Scope::Kind::Function)
        refuseSyntax(expression.range, u"'await' outside function"_s);
    if (m_unit->scope->name == u"<comprehension>")
        refuseUnsupported(expression.range, u"'await' inside a comprehension is not run"_s,
                          u"Write a loop"_s);
    if (!m_unit->scope->isAsync)
        refuseSyntax(expression.range, u"'await' outside async function"_s);
    compileDelegation(node.value, expression, true);
}

void Compiler::compileNode(const Yield &node, const Expression &expression)
{
    checkYield(expression, u"yield"_s);
    if (node.value)
        compile(node.value);
    else
        out().emitConstant({});
    emitAt(expression.range.begin, Op::Yield);
}

void Compiler::compileNode(const YieldFrom &node, const Expression &expression)
{
    checkYield(expression, u"yield from"_s);
    compileDelegation(node.value, expression, false);
}

void Compiler::checkYield(const Expression &expression, const QString &word) const
{
    if (m_unit->scope->kind != Scope::Kind::Function)
        refuseSyntax(expression.range, u"'%1' outside function"_s.arg(word.section(u' ', 0, 0)));
    if (m_unit->scope->name == u"<comprehension>")
        refuseSyntax(expression.range, u"'yield' inside a comprehension"_s);
    if (m_unit->scope->isAsync) {
        refuseUnsupported(expression.range, u"'%1' in an 'async def' is not run"_s.arg(word),
                          u"Await a Deferred, or collect the values in a list"_s);
    }
}

/// `yield from` and `await`: every value that the other object yields is yielded here, until it has a result.
void Compiler::compileDelegation(const ExpressionPtr &value, const Expression &expression, bool isAwait)
{
    compile(value);
    emitAt(expression.range.begin, Op::GetDelegate, isAwait ? 1 : 0);
    out().emitConstant({});
    const auto again = out().newLabel();
    const auto end = out().newLabel();
    out().place(again);
    out().jump(Op::YieldFrom, end);
    out().emit(Op::Yield, YieldFlag::Delegated);
    out().jump(Op::Jump, again);
    out().place(end);
}

void Compiler::compileNode(const Walrus &node, const Expression &expression)
{
    if (m_unit->scope->name == u"<comprehension>")
        refuseUnsupported(expression.range, u"':=' inside a comprehension is not run"_s, u"Write a loop"_s);
    compile(node.value);
    out().emit(Op::Duplicate);
    store(node.target);
}

} // namespace deferscope::script
