// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QListWidget>

namespace deferscope::ui {

/// A script that comes with the program.
struct Example
{
    QString file;        ///< without a folder: `03-chaining.py`
    QString title;       ///< the first sentence of the comment that it begins with
    QString description; ///< the rest of that comment
    QString text;
};

QList<Example> shippedExamples(); ///< in order of their file names

/// The shipped examples to choose from, a card each: a click or Enter chooses one.
class Gallery final : public QListWidget
{
    Q_OBJECT

public:
    explicit Gallery(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);

Q_SIGNALS:
    void exampleChosen(const QString &text, const QString &file);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(int row);

    QList<Example> m_examples;
};

} // namespace deferscope::ui
