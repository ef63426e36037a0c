// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandpalette.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const QAction *action) { return action->text().remove(u'&').remove(u'…'); }

QString keysOf(const QAction *action)
{
    QStringList keys;
    for (const QKeySequence &key : action->shortcuts())
        keys << key.toString(QKeySequence::NativeText);
    return keys.join(u", "_s);
}

bool matches(const QAction *action, const QString &typed)
{
    const QString words = nameOf(action) + u' ' + action->statusTip();
    const QStringList wanted = typed.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(wanted.cbegin(), wanted.cend(),
                       [&words](const QString &word) { return words.contains(word, Qt::CaseInsensitive); });
}

} // namespace

CommandPalette::CommandPalette(const QList<QAction *> &actions, const QList<QAction *> &all,
                               Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_actions(actions)
    , m_all(all)
    , m_settings(settings)
{
    setWindowTitle(tr("Find a command"));
    resize(640, 460);
    m_field.setPlaceholderText(tr("What do you want to do?"));
    m_field.setAccessibleName(tr("Words of a command"));
    m_field.setClearButtonEnabled(true);
    m_field.installEventFilter(this);
    m_list.setAccessibleName(tr("Commands"));
    m_list.setObjectName(u"commands"_s);
    m_list.setUniformRowHeights(true);
    m_list.setRootIsDecorated(false);
    m_list.setHeaderHidden(true);
    m_list.setColumnCount(2);
    m_list.header()->setStretchLastSection(false);
    m_list.header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list.header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *rebind = new QPushButton(tr("Change its &keys…"));
    rebind->setAutoDefault(false);
    auto *hint = new QLabel(tr("Enter does it, Up and Down choose."));
    hint->setObjectName(u"caption"_s);
    auto *below = new QHBoxLayout;
    below->addWidget(hint, 1);
    below->addWidget(rebind);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(8);
    column->addWidget(&m_field);
    column->addWidget(&m_list, 1);
    column->addLayout(below);
    connect(&m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(&m_field, &QLineEdit::returnPressed, this, &CommandPalette::choose);
    connect(&m_list, &QTreeWidget::itemDoubleClicked, this, &CommandPalette::choose);
    connect(rebind, &QPushButton::clicked, this, &CommandPalette::changeKeys);
    filter({});
}

void CommandPalette::filter(const QString &typed)
{
    const QAction *before = current();
    m_list.clear();
    int row = 0;
    for (QAction *action : std::as_const(m_actions)) {
        if (!action->isVisible() || !action->isEnabled() || !matches(action, typed))
            continue;
        auto *item = new QTreeWidgetItem(&m_list, {nameOf(action), keysOf(action)});
        item->setToolTip(0, action->statusTip());
        item->setData(0, Qt::UserRole, QVariant::fromValue<QObject *>(action));
        if (action == before)
            row = m_list.topLevelItemCount() - 1;
    }
    m_list.setCurrentItem(m_list.topLevelItem(typed.isEmpty() ? row : 0));
}

QAction *CommandPalette::current() const
{
    const QTreeWidgetItem *item = m_list.currentItem();
    return item ? qobject_cast<QAction *>(item->data(0, Qt::UserRole).value<QObject *>()) : nullptr;
}

void CommandPalette::choose()
{
    m_chosen = current();
    if (m_chosen)
        accept();
}

void CommandPalette::changeKeys()
{
    QAction *action = current();
    if (!action)
        return;
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Keys of: %1").arg(nameOf(action)));
    auto *edit = new QKeySequenceEdit(action->shortcut(), &dialog);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, &dialog);
    auto *column = new QVBoxLayout(&dialog);
    column->addWidget(new QLabel(tr("Press the keys:")));
    column->addWidget(edit);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QKeySequence keys = edit->keySequence();
    const auto owner = std::find_if(m_all.cbegin(), m_all.cend(), [&](const QAction *other) {
        return other != action && !keys.isEmpty() && other->shortcuts().contains(keys);
    });
    if (owner != m_all.cend()) {
        QMessageBox::warning(
            this, tr("Keys in use"),
            tr("%1 belongs to: %2.").arg(keys.toString(QKeySequence::NativeText), nameOf(*owner)));
        return;
    }
    action->setShortcuts(keys.isEmpty() ? QList<QKeySequence>() : QList{keys});
    m_settings.setKeys(*action);
    filter(m_field.text());
}

/// The field keeps the keyboard; the list is walked from there.
bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *press = static_cast<QKeyEvent *>(event);
        const int by = press->key() == Qt::Key_Down ? 1 : press->key() == Qt::Key_Up ? -1 : 0;
        if (by != 0) {
            const int row = m_list.indexOfTopLevelItem(m_list.currentItem()) + by;
            m_list.setCurrentItem(m_list.topLevelItem(qBound(0, row, m_list.topLevelItemCount() - 1)));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace deferscope::ui
