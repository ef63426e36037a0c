// SPDX-License-Identifier: GPL-3.0-or-later
#include "keyssheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

QString wordsOf(const QAction *action) { return action->text().remove(u'&').remove(u'…'); }

/// A group of keys, one row each, below its heading.
class KeyTable final : public QGridLayout
{
public:
    explicit KeyTable(const QString &heading)
    {
        setHorizontalSpacing(16);
        setVerticalSpacing(4);
        setColumnStretch(0, 1);
        auto *label = new QLabel(heading);
        label->setObjectName(u"keyGroup"_s);
        addWidget(label, 0, 0, 1, 2);
    }

    void add(const QString &words, const QStringList &keys)
    {
        const int row = rowCount();
        auto *caps = new QHBoxLayout;
        caps->setSpacing(4);
        for (const QString &key : keys) {
            auto *cap = new QLabel(key);
            cap->setObjectName(u"keyCap"_s);
            caps->addWidget(cap);
        }
        addWidget(new QLabel(words), row, 0);
        addLayout(caps, row, 1, Qt::AlignRight);
    }

    void add(const QList<QAction *> &actions)
    {
        for (const QAction *action : actions) {
            QStringList keys;
            for (const QKeySequence &key : action->shortcuts())
                keys << key.toString(QKeySequence::NativeText);
            add(wordsOf(action), keys);
        }
    }
};

KeyTable *tableOf(const QString &heading, const QList<QAction *> &actions)
{
    auto *table = new KeyTable(heading);
    table->add(actions);
    return table;
}

} // namespace

KeysSheet::KeysSheet(const Actions &a, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    auto *left = new QVBoxLayout;
    left->setSpacing(20);
    left->addLayout(tableOf(tr("Play"), {a.toggle, a.play, a.pause, a.restart, a.realTime, a.further}));
    left->addLayout(
        tableOf(tr("Go"), {a.back, a.forward, a.first, a.reset, a.last, a.chainPrevious, a.chainNext}));
    left->addLayout(tableOf(tr("Speed"), {a.slower, a.faster, a.normalSpeed}));
    left->addLayout(tableOf(tr("Change"),
                            {a.undo, a.redo, a.duplicatePiece, a.cutPiece, a.copyPiece, a.pastePiece,
                             a.moveUp, a.moveDown, a.fireByHand, a.failByHand, a.cancelByHand}));
    left->addStretch();
    auto *railway = new KeyTable(tr("Railway"));
    railway->add(tr("Choose a Deferred"), {tr("Up"), tr("Down")});
    railway->add({a.zoomIn, a.zoomOut, a.zoomReset, a.fit});
    railway->add(tr("Zoom"), {tr("wheel")});
    railway->add(tr("Move"), {tr("drag")});
    auto *right = new QVBoxLayout;
    right->setSpacing(20);
    right->addLayout(railway);
    right->addLayout(tableOf(tr("Build"),
                             {a.quickAdd, a.addDeferred, a.addCallback, a.addErrback, a.addBoth, a.addPair,
                              a.gather, a.makeList, a.editPiece, a.removePiece}));
    right->addLayout(tableOf(tr("Window"), {a.find, a.dark, a.reducedMotion, a.restoreLayout}));
    right->addLayout(
        tableOf(tr("File and help"), {a.newScript, a.open, a.save, a.gallery, a.palette, a.keys}));
    right->addStretch();
    auto *columns = new QHBoxLayout;
    columns->setSpacing(48);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(16);
    layout->addLayout(columns, 1);
    layout->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    buttons->button(QDialogButtonBox::Close)->setFocus();
}

} // namespace deferscope::ui
