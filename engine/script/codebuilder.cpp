// SPDX-License-Identifier: MIT
#include "codebuilder.h"

namespace deferscope::script {

void CodeBuilder::setSite(const Site &site)
{
    const auto known = m_siteIds.constFind(site);
    if (known != m_siteIds.cend()) {
        m_site = *known;
        return;
    }
    m_site = static_cast<quint32>(m_code->sites.size());
    m_code->sites.append(site);
    m_siteIds.insert(site, m_site);
}

void CodeBuilder::emit(Op op, qint32 argument)
{
    m_code->instructions.push_back({op, argument});
    m_code->siteOf.push_back(m_site);
}

CodeBuilder::Label CodeBuilder::newLabel()
{
    m_labels.push_back(-1);
    return static_cast<Label>(m_labels.size() - 1);
}

void CodeBuilder::place(Label label) { m_labels[static_cast<size_t>(label)] = here(); }

void CodeBuilder::jump(Op op, Label target)
{
    m_jumps.push_back(here());
    emit(op, target);
}

int CodeBuilder::constant(const Value &value)
{
    const auto index = m_code->constants.indexOf(value);
    if (index >= 0)
        return static_cast<int>(index);
    m_code->constants.append(value);
    return static_cast<int>(m_code->constants.size() - 1);
}

int CodeBuilder::nameIndex(const QString &name)
{
    const auto known = m_nameIds.constFind(name);
    if (known != m_nameIds.cend())
        return *known;
    const int index = static_cast<int>(m_code->names.size());
    m_code->names.append(name);
    m_nameIds.insert(name, index);
    return index;
}

int CodeBuilder::keywordsIndex(const QStringList &names)
{
    const auto index = m_code->keywords.indexOf(names);
    if (index >= 0)
        return static_cast<int>(index);
    m_code->keywords.append(names);
    return static_cast<int>(m_code->keywords.size() - 1);
}

void CodeBuilder::addHandler(int begin, Label target, int stackDepth, int handledDepth)
{
    if (begin < here())
        m_code->handlers.push_back({begin, here(), target, stackDepth, handledDepth});
}

std::shared_ptr<const Code> CodeBuilder::finish()
{
    const auto address = [this](int label) { return m_labels[static_cast<size_t>(label)]; };
    for (const int jump : m_jumps) {
        Instruction &instruction = m_code->instructions[static_cast<size_t>(jump)];
        instruction.argument = address(instruction.argument);
    }
    for (Handler &handler : m_code->handlers)
        handler.target = address(handler.target);
    return m_code;
}

} // namespace deferscope::script
