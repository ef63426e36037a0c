// SPDX-License-Identifier: MIT
#pragma once

#include "engine/edit/form.h"
#include "engine/edit/outline.h"

#include <optional>
#include <variant>

/// Edits of a script: what a person does to the picture, as the smallest change of the text.
///
/// Each takes a Source and gives the new text, or says why not. Nothing is changed but the lines that have to
/// be; comments and the author's way of writing stay. A script may have errors, and be more than is
/// understood here: what is not part of an edit stays as it is. An edit that would leave one error more is
/// not made.
namespace deferscope::edit {

/// A script that was read for editing.
struct Source
{
    QString text;
    syntax::Module module;
    Outline outline;

    static Source read(const QString &text);
};

/// Why an edit cannot be made: one sentence for people.
struct Refusal
{
    QString message;
};
using Result = std::variant<QString, Refusal>;

// ---- what people type ----

/// \a typed as an expression: as it stands when it is one that the script can evaluate, else as a text in
/// quotes. Nothing typed is None.
QString asExpression(const Source &source, const QString &typed, const QStringList &variables = {});
QString asException(const Source &source, const QString &typed); ///< likewise; a text is Exception('text')
std::optional<double> asSeconds(const QString &typed);           ///< a number of at least 0
bool isName(const QString &text);                                ///< a Python identifier, and no keyword
QString freeName(const Source &source, const QString &stem);     ///< \a stem, or with a number behind it

// ---- Deferreds ----

/// How a Deferred gets its result.
struct FiringSpec
{
    enum class Kind : quint8 {
        ByHand, ///< by nobody in the script
        Later,  ///< after `seconds`
        AtOnce  ///< it is made with its result: succeed() or fail()
    };

    Kind kind = Kind::ByHand;
    bool isError = false;
    QString seconds;
    QString value; ///< an expression

    friend bool operator==(const FiringSpec &, const FiringSpec &) = default;
};

/// A Deferred as a person describes it.
struct DeferredSpec
{
    QString name;
    FiringSpec firing;
    QString canceller; ///< a function; made when there is none of that name; empty: none
    QString timeout;   ///< seconds; empty: none

    friend bool operator==(const DeferredSpec &, const DeferredSpec &) = default;
};

std::optional<DeferredSpec> specOf(const Source &source, const Place &creation);
Result addDeferred(const Source &source, const DeferredSpec &spec);
Result setDeferred(const Source &source, const Place &creation, const DeferredSpec &spec);
Result removeDeferred(const Source &source, const Place &creation); ///< with its links and firings
Result duplicateDeferred(const Source &source, const Place &creation);
Result setDelay(const Source &source, const Place &timer, double seconds); ///< of a callLater()

/// `name = defer.gatherResults([…])`, or DeferredList.
Result collect(const Source &source, const QList<Place> &creations, const QString &maker,
               const QString &name);
Result chainTo(const Source &source, const Place &from, const Place &to); ///< from.chainDeferred(to)

// ---- links ----

enum class LinkKind : quint8 { Callback, Errback, Both, Pair };

/// A function that a link calls: one of the script by its name, or a new one.
struct FunctionSpec
{
    QString name;
    Form form; ///< of a new one

    friend bool operator==(const FunctionSpec &, const FunctionSpec &) = default;
};

struct LinkSpec
{
    LinkKind kind = LinkKind::Callback;
    FunctionSpec callback; ///< of an errback too: its one function
    FunctionSpec errback;  ///< of a Pair
};

/// A place in a chain: behind or in front of one of its links. With neither it is the chain's beginning.
struct Spot
{
    Place creation;
    std::optional<Place> after;
    std::optional<Place> before;
};

Result insertLink(const Source &source, const Spot &spot, const LinkSpec &link);
Result removeLink(const Source &source, const Place &link); ///< and its function when nobody else calls it
Result copyLink(const Source &source, const Place &link, const Spot &to);
Result moveLink(const Source &source, const Place &link, const Spot &to);
Result setLinkKind(const Source &source, const Place &link, LinkKind kind); ///< not from or to a Pair

// ---- functions ----

enum class LinkSide : quint8 { First, Second }; ///< Second: the errback of a pair

/// A function of a chain, for editing.
struct FunctionText
{
    QString name;      ///< empty: a lambda
    QString parameter; ///< the first one; empty when it has none
    QString body;      ///< its lines without their common indentation; of a lambda the expression
    std::optional<Form> form;
};

/// Nothing when what is called is no function of the script, like `print`.
std::optional<FunctionText> functionOf(const Source &source, const Place &link, LinkSide side);
std::optional<FunctionText> functionNamed(const Source &source, const QString &name);
Result setForm(const Source &source, const Place &link, LinkSide side, const Form &form);
Result setBody(const Source &source, const Place &link, LinkSide side, const QString &body);
Result setFormOf(const Source &source, const QString &function, const Form &form);
Result setBodyOf(const Source &source, const QString &function, const QString &body);

} // namespace deferscope::edit
