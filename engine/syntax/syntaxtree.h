// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/diagnostic.h"

#include <QList>
#include <QStringList>

#include <memory>
#include <variant>

/// The syntax tree of a script: plain, immutable nodes that are shared between versions of a document.
///
/// It models Python 3.11. What it does not model, patterns of `case` or what is nested deeper than anybody
/// writes, and what is in error, it keeps as opaque text. Literals keep the text that they were written as,
/// and statements the whole text of their lines with the comments and blank lines above them, so that the
/// printer gives an author's text back, byte for byte.
namespace deferscope::syntax {

struct Expression;
struct Statement;
using ExpressionPtr = std::shared_ptr<const Expression>;
using StatementPtr = std::shared_ptr<const Statement>;
using Block = QList<StatementPtr>;

// ---- expressions ----

enum class BinaryOperator {
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    MatrixMultiply,
    BitOr,
    BitAnd,
    BitXor,
    ShiftLeft,
    ShiftRight
};
enum class UnaryOperator { Plus, Minus, Not, Invert };
enum class BooleanOperator { And, Or };
enum class CompareOperator { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Is, IsNot, In, NotIn };

struct NoneLiteral
{
};
struct EllipsisLiteral
{
};
struct BoolLiteral
{
    bool value;
};
struct NumberLiteral
{
    QString text;
    bool isFloat;
    bool isImaginary;
}; ///< the text as written, underscores included
/// Adjacent literals, `'a' "b"`, are parts of one.
struct StringLiteral
{
    struct Part
    {
        QString text;  ///< as written, prefix and quotes included
        QString value; ///< decoded; of bytes the characters U+0000 to U+00FF
    };
    QList<Part> parts;
    bool isBytes = false;
    bool hasNamedCharacters = false; ///< `\N{…}` stands in the values as written
};
/// An f-string, possibly joined with plain literals. `text` is all of it as written.
struct FormattedString
{
    struct Field;
    struct Piece
    {
        QString text; ///< decoded literal text, when field is null
        std::shared_ptr<const Field> field;
    };
    struct Field
    {
        ExpressionPtr expression;
        QString debugText;          ///< `x=`, as written, of a field with a trailing `=`
        QChar conversion;           ///< 'r', 's', 'a', or null
        QList<Piece> specification; ///< of the format, may hold fields; empty when there is none
    };
    QString text;
    QList<Piece> pieces;
    bool hasNamedCharacters = false; ///< as of StringLiteral
};
struct Name
{
    QString id;
    Range word = {}; ///< without the parentheses that may stand round it
};
struct Attribute
{
    ExpressionPtr object;
    QString name;
    Range nameRange;
};
struct Subscript
{
    ExpressionPtr object;
    ExpressionPtr index;
};
struct Slice
{
    ExpressionPtr lower;
    ExpressionPtr upper;
    ExpressionPtr step;
}; ///< only as a Subscript's index; each may be null
struct Argument
{
    enum class Kind { Positional, Keyword, Star, DoubleStar };
    Kind kind = Kind::Positional;
    QString name; ///< Keyword
    ExpressionPtr value;
};
struct Call
{
    ExpressionPtr function;
    QList<Argument> arguments;
    Position end = {}; ///< behind its bracket: no other call ends there
};
struct Binary
{
    BinaryOperator op;
    ExpressionPtr left;
    ExpressionPtr right;
};
struct Unary
{
    UnaryOperator op;
    ExpressionPtr operand;
};
struct Boolean
{
    BooleanOperator op;
    QList<ExpressionPtr> operands;
};
struct Compare
{
    ExpressionPtr left;
    QList<CompareOperator> ops;
    QList<ExpressionPtr> operands;
};
struct Conditional
{
    ExpressionPtr test;
    ExpressionPtr body;
    ExpressionPtr orElse;
};
struct Parameter
{
    enum class Kind { Positional, PositionalOnly, KeywordOnly, Star, DoubleStar };
    Kind kind = Kind::Positional;
    QString name;
    ExpressionPtr annotation;   ///< may be null
    ExpressionPtr defaultValue; ///< may be null
    Range range;                ///< of the name, with its stars
    Range word = {};            ///< of the name alone
};
struct Lambda
{
    QList<Parameter> parameters;
    ExpressionPtr body;
};
struct TupleDisplay
{
    QList<ExpressionPtr> items;
}; ///< with or without parentheses: see Expression::parentheses
struct ListDisplay
{
    QList<ExpressionPtr> items;
};
struct SetDisplay
{
    QList<ExpressionPtr> items;
};
struct DictDisplay
{
    QList<std::pair<ExpressionPtr, ExpressionPtr>> items;
}; ///< a null key is `**value`
struct Starred
{
    ExpressionPtr value;
};
struct Comprehension
{
    enum class Kind { List, Set, Dict, Generator };
    struct For
    {
        ExpressionPtr target;
        ExpressionPtr iterable;
        QList<ExpressionPtr> conditions;
        bool isAsync = false;
    };
    Kind kind = Kind::List;
    ExpressionPtr element;
    ExpressionPtr value; ///< of a dict's element
    QList<For> clauses;
};
struct Await
{
    ExpressionPtr value;
};
struct Yield
{
    ExpressionPtr value;
}; ///< value may be null
struct YieldFrom
{
    ExpressionPtr value;
};
struct Walrus
{
    ExpressionPtr target;
    ExpressionPtr value;
};

/// A name, and where it stands.
struct NamePlace
{
    QString name;
    Range range;
};
/// What is kept as text alone.
struct Opaque
{
    QString text;
    QList<NamePlace> names; ///< that it seems to use or to bind
};

struct Expression
{
    using Node = std::variant<NoneLiteral, EllipsisLiteral, BoolLiteral, NumberLiteral, StringLiteral,
                              FormattedString, Name, Attribute, Subscript, Slice, Call, Binary, Unary,
                              Boolean, Compare, Conditional, Lambda, TupleDisplay, ListDisplay, SetDisplay,
                              DictDisplay, Starred, Comprehension, Await, Yield, YieldFrom, Walrus, Opaque>;
    Range range;
    int parentheses = 0; ///< pairs written round it
    Node node;
};

// ---- statements ----

/// How its author wrote a statement, or a clause such as `else:`. Code that makes a statement leaves it as it
/// is; then the printer sets it in the regular way.
struct Layout
{
    QStringList leading;   ///< the lines above it that hold a comment or nothing, whole
    QString indentation;   ///< the white space before it
    bool isJoined = false; ///< something stands before it on its line
    QString joint;         ///< what joins it to that: `; `, or the space behind a `:`
    QString written;  ///< itself; of a compound statement the header with its decorators, up to the colon
    QString trailing; ///< the rest of its line: spaces and a comment
};

struct ExpressionStatement
{
    ExpressionPtr value;
};
struct Assign
{
    QList<ExpressionPtr> targets;
    ExpressionPtr value;
}; ///< a = b = value
struct AnnotatedAssign
{
    ExpressionPtr target;
    ExpressionPtr annotation;
    ExpressionPtr value;
}; ///< value may be null
struct AugmentedAssign
{
    ExpressionPtr target;
    BinaryOperator op;
    ExpressionPtr value;
};
struct Return
{
    ExpressionPtr value;
}; ///< may be null
struct Raise
{
    ExpressionPtr exception;
    ExpressionPtr cause;
}; ///< each may be null
struct Pass
{
};
struct Break
{
};
struct Continue
{
};
struct Delete
{
    QList<ExpressionPtr> targets;
};
struct Assert
{
    ExpressionPtr test;
    ExpressionPtr message;
}; ///< message may be null
struct Global
{
    QList<NamePlace> names;
};
struct Nonlocal
{
    QList<NamePlace> names;
};
struct ImportName
{
    QString name;
    QString alias; ///< empty when there is none
    Range range;   ///< of all of it
    Range bound;   ///< of the word that is bound by it
};
struct Import
{
    QList<ImportName> names;
};
struct ImportFrom
{
    QString module;
    int dots = 0;
    QList<ImportName> names;
    bool parenthesized = false;
}; ///< a name may be `*`
struct If
{
    ExpressionPtr test;
    Block body;
    Block orElse;
    bool elseIsElif = false;
    Layout elseLayout;
};
struct For
{
    ExpressionPtr target;
    ExpressionPtr iterable;
    Block body;
    Block orElse;
    bool isAsync = false;
    Layout elseLayout;
};
struct While
{
    ExpressionPtr test;
    Block body;
    Block orElse;
    Layout elseLayout;
};
struct ExceptHandler
{
    ExpressionPtr type; ///< may be null
    QString name;       ///< may be empty
    Block body;
    Range range;
    Layout layout;
    Range nameRange = {};
};
struct Try
{
    Block body;
    QList<ExceptHandler> handlers;
    Block orElse;
    Block finally;
    Layout elseLayout;
    Layout finallyLayout;
    bool isOfGroups = false; ///< the handlers are `except*`
};
struct WithItem
{
    ExpressionPtr context;
    ExpressionPtr target;
}; ///< target may be null
struct With
{
    QList<WithItem> items;
    Block body;
    bool isAsync = false;
};
struct FunctionDefinition
{
    QString name;
    Range nameRange;
    QList<Parameter> parameters;
    ExpressionPtr returns; ///< annotation, may be null
    QList<ExpressionPtr> decorators;
    Block body;
    bool isAsync = false;
};
struct ClassDefinition
{
    QString name;
    Range nameRange;
    QList<Argument> bases;
    QList<ExpressionPtr> decorators;
    Block body;
};

struct Match
{
    ExpressionPtr subject;
    Block body; ///< of Cases
};
struct Case
{
    ExpressionPtr pattern; ///< Opaque
    ExpressionPtr guard;   ///< may be null
    Block body;
};
/// A statement that is kept as text, or the header of one.
struct OpaqueStatement
{
    QString text;
    QList<NamePlace> names; ///< that it seems to use or to bind
    bool isError = false;   ///< Python does not take it either
    Block body;             ///< what is indented below it
};

struct Statement
{
    using Node
        = std::variant<ExpressionStatement, Assign, AnnotatedAssign, AugmentedAssign, Return, Raise, Pass,
                       Break, Continue, Delete, Assert, Global, Nonlocal, Import, ImportFrom, If, For, While,
                       Try, With, FunctionDefinition, ClassDefinition, Match, Case, OpaqueStatement>;
    Range range;   ///< of the whole statement, its block included
    Layout layout; ///< of its text, or of its header's when it has blocks
    Node node;
};

/// A whole script.
struct Module
{
    Block body;
    QStringList ending;          ///< the lines behind the last statement, as Layout::leading
    bool endsWithNewline = true; ///< of a text that is not empty
    QList<Diagnostic> problems;  ///< why statements are in error, one for each, in the order of the text

    bool isWhole() const { return problems.isEmpty(); } ///< no statement is in error
};

} // namespace deferscope::syntax
