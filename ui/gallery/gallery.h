// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QListWidget>

namespace deferscope::ui {

/// A script that comes with the program.
struct Example
{
    QString file;        ///< without a folder: `03-chaining.py`
    QString title;       ///< the first line of the comment that it begins with
    QString description; ///< the rest of that comment
    QString text;
};

QList<Example> shippedExamples();

/// The shipped examples to choose from.
class Gallery final : public QListWidget
{
    Q_OBJECT

public:
    explicit Gallery(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);

Q_SIGNALS:
    void exampleChosen(const QString &text, const QString &file);

private:
    void choose(int row);

    QList<Example> m_examples;
};

} // namespace deferscope::ui
