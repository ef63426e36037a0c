// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <variant>

namespace deferscope::ui {

/// A script that can be run: its text, and the name that it goes by.
struct Document
{
    QString text;
    QString file; ///< without folders
};

/// Why a script cannot be opened.
struct Refusal
{
    QString message; ///< with the place, where there is one: `chaining.py:3:5: …`
    QString advice;  ///< may be empty
};

std::variant<Document, Refusal> readDocument(const QString &path);
bool isRecording(const QString &path); ///< by what it begins with, whatever its name

} // namespace deferscope::ui
