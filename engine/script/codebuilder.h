// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/bytecode.h"

#include <QHash>

namespace deferscope::script {

/// Writes the instructions of one Code. Jumps and handlers name labels, which may be placed later.
class CodeBuilder
{
public:
    using Label = int;

    CodeBuilder()
        : m_code(std::make_shared<Code>())
    {
    }

    Code &code() { return *m_code; }

    void setSite(const Site &site); ///< of the instructions that follow
    quint32 siteIndex() const { return m_site; }
    void setSiteIndex(quint32 index) { m_site = index; }

    void emit(Op op, qint32 argument = 0);
    void emitConstant(const Value &value) { emit(Op::LoadConstant, constant(value)); }
    void emitNamed(Op op, const QString &name) { emit(op, nameIndex(name)); }

    Label newLabel();
    void place(Label label);
    void jump(Op op, Label target);
    int here() const { return static_cast<int>(m_code->instructions.size()); }

    int constant(const Value &value);
    int nameIndex(const QString &name);
    int keywordsIndex(const QStringList &names);

    /// Exceptions from [begin, here) go to \a target. Inner ranges must be added before those round them.
    void addHandler(int begin, Label target, int stackDepth, int handledDepth);

    std::shared_ptr<const Code> finish();

private:
    std::shared_ptr<Code> m_code;
    std::vector<int> m_labels; ///< addresses; -1 until placed
    std::vector<int> m_jumps;  ///< instructions whose argument is a label
    QHash<Site, quint32> m_siteIds;
    QHash<QString, int> m_nameIds;
    quint32 m_site = 0;
};

} // namespace deferscope::script
