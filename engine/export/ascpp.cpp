// SPDX-License-Identifier: MIT
#include "ascpp.h"

#include "engine/edit/walk.h"
#include "engine/export/cppprelude.h"
#include "engine/export/cppwriter.h"

#include <functional>

namespace deferscope::exporting {

using namespace edit;
using namespace syntax;
using namespace Qt::StringLiterals;

QString quoted(const QString &text)
{
    QString inside;
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'"': inside += u"\\\""_s; break;
        case u'\\': inside += u"\\\\"_s; break;
        case u'\n': inside += u"\\n"_s; break;
        case u'\t': inside += u"\\t"_s; break;
        case u'\r': inside += u"\\r"_s; break;
        default:
            if (c.unicode() < 0x20 || c.unicode() == 0x7f)
                throw NoForm{u"a control character in a text"_s};
            inside += c;
        }
    }
    return u"u\""_s + inside + u"\"_s"_s;
}

QStringList indented(const QStringList &lines)
{
    QStringList result;
    for (const QString &line : lines)
        result << (line.isEmpty() ? line : u"    "_s + line);
    return result;
}

QString CppWriter::program()
{
    note(m_source.module.body, m_module);
    // A variable of the module that a function names must live outside of main().
    for (const StatementPtr &top : m_source.module.body) {
        const std::function<void(const Statement &, bool)> look = [&](const Statement &inner, bool isInside) {
            for (const ExpressionPtr &expression : expressionsOf(inner)) {
                walk(expression, [&](const ExpressionPtr &part) {
                    if (isInside && m_module.assigned.contains(nameOf(part)))
                        m_shared.insert(nameOf(part));
                    if (const auto *written = std::get_if<Lambda>(&part->node))
                        walk(written->body, [&](const ExpressionPtr &used) {
                            if (m_module.assigned.contains(nameOf(used)))
                                m_shared.insert(nameOf(used));
                        });
                });
            }
            const bool isFunction = isInside || std::holds_alternative<FunctionDefinition>(inner.node);
            for (const Block *block : blocksOf(inner))
                for (const StatementPtr &next : *block)
                    look(*next, isFunction);
        };
        look(*top, false);
    }
    QStringList body = hoisted(m_source.module.body, m_module);
    for (const QString &line : std::as_const(body))
        m_module.declared.insert(line.section(u' ', 1).chopped(1));
    body << block(m_source.module.body);

    QStringList shared;
    QStringList names(m_shared.cbegin(), m_shared.cend());
    names.sort();
    for (const QString &name : std::as_const(names))
        shared << u"%1 %2;"_s.arg(m_module.deferreds.contains(name) ? u"Deferred"_s : u"Value"_s,
                                  spelled(name));
    return cppProgram({m_helpers, m_exceptions, shared, m_declarations, m_functions, indented(body)});
}

Result asCpp(const Source &source)
{
    try {
        return CppWriter(source).program();
    } catch (const NoForm &form) {
        return Refusal{form.what};
    }
}

} // namespace deferscope::exporting
