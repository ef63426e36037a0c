// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery.h"

#include "exampledelegate.h"

#include <QDir>
#include <QFile>
#include <QKeyEvent>

// A static library's resources are left out of the program unless somebody asks for them; the macro must
// stand outside every namespace.
static void initializeExamples() { Q_INIT_RESOURCE(examples); }

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

Example read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a shipped example is missing: %s", qPrintable(path));
    Example example{QFileInfo(path).fileName(), {}, {}, QString::fromUtf8(file.readAll())};
    QStringList comment;
    for (const QString &line : example.text.split(u'\n')) {
        if (!line.startsWith(u'#'))
            break;
        if (!line.contains(u"SPDX"_s))
            comment.append(line.mid(1).trimmed());
    }
    const QString words = comment.join(u' ').simplified();
    const qsizetype end = words.indexOf(u". "_s);
    example.title = words.isEmpty() ? example.file : words.first(end < 0 ? words.size() : end + 1);
    example.description = end < 0 ? QString() : words.sliced(end + 2);
    return example;
}

} // namespace

QList<Example> shippedExamples()
{
    initializeExamples();
    QList<Example> examples;
    const QDir directory(u":/examples"_s);
    for (const QString &name : directory.entryList({u"*.py"_s}, QDir::Files, QDir::Name))
        examples.append(read(directory.filePath(name)));
    return examples;
}

Gallery::Gallery(const Theme &theme, QWidget *parent)
    : QListWidget(parent)
    , m_examples(shippedExamples())
{
    setAccessibleName(tr("Examples"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setResizeMode(QListView::Adjust); // a narrower card is a higher one
    setItemDelegate(new ExampleDelegate(this));
    for (const Example &example : std::as_const(m_examples)) {
        auto *item = new QListWidgetItem(example.title, this);
        item->setToolTip(example.description);
        item->setData(Qt::AccessibleDescriptionRole, example.description);
        item->setData(Qt::StatusTipRole, example.file);
    }
    setCurrentRow(0);
    setTheme(theme);
    connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { choose(row(item)); });
}

void Gallery::setTheme(const Theme &theme)
{
    setPalette(theme.palette());
    setFont(theme.body);
    static_cast<ExampleDelegate *>(itemDelegate())->setTheme(theme);
    viewport()->update();
}

// Not itemActivated(): some platforms activate on a click too, and the example would be chosen twice.
void Gallery::keyPressEvent(QKeyEvent *event)
{
    const bool isChoice = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isChoice && currentRow() >= 0)
        choose(currentRow());
    else
        QListWidget::keyPressEvent(event);
}

void Gallery::choose(int row) { Q_EMIT exampleChosen(m_examples.at(row).text, m_examples.at(row).file); }

} // namespace deferscope::ui
