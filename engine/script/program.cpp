// SPDX-License-Identifier: MIT
#include "program.h"

#include "engine/script/compiler.h"
#include "engine/script/syntaxnames.h"
#include "engine/syntax/parser.h"
#include "engine/script/refusal.h"

namespace deferscope::script {

Program::Program(QString file, QString text, std::shared_ptr<const Code> code)
    : m_file(std::move(file))
    , m_text(std::move(text))
    , m_code(std::move(code))
{
}

std::variant<Program, Diagnostic> Program::compile(const QString &text, const QString &file)
{
    const Module module = parse(text);
    if (!module.isWhole())
        return module.problems.constFirst();
    try {
        return Program(file, text, Compiler(file).compile(module));
    } catch (const Refusal &refusal) {
        return refusal.diagnostic;
    }
}

} // namespace deferscope::script
