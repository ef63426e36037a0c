// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/building/editdialog.h"
#include "ui/building/functionform.h"

#include <QComboBox>
#include <QTabWidget>

namespace deferscope::ui {

/// What a new link is and does: its kind, its functions by name, and what they do when they are new.
class NewLinkDialog final : public EditDialog
{
    Q_OBJECT

public:
    NewLinkDialog(const edit::Source &source, const edit::Spot &spot, edit::LinkKind kind,
                  const FormChoices &choices, const Theme &theme, QWidget *parent);

    QString name() const;

protected:
    edit::Result result() const override;
    QString problem() const override;

private:
    struct Half
    {
        QWidget *page;
        QComboBox *name;
        FunctionForm *form;
    };

    Half half(const QString &stem, const FormChoices &choices);
    QList<const Half *> halves() const; ///< those that the kind has
    edit::FunctionSpec specOf(const Half &half) const;
    bool isNew(const Half &half) const;
    void arrange();

    edit::Spot m_spot;
    QComboBox *m_kind;
    QTabWidget *m_halves;
    Half m_first;
    Half m_second;
};

/// What the functions of a link that is there do.
class LinkDialog final : public EditDialog
{
    Q_OBJECT

public:
    LinkDialog(const edit::Source &source, const edit::Place &link, const FormChoices &choices,
               const Theme &theme, QWidget *parent);

    bool hasFunctions() const { return !m_halves.isEmpty(); }

protected:
    edit::Result result() const override;
    QString problem() const override;

private:
    struct Half
    {
        edit::LinkSide side;
        FunctionForm *form;
        edit::FunctionText before;
    };

    edit::Place m_link;
    QList<Half> m_halves;
};

} // namespace deferscope::ui
