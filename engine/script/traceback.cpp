// SPDX-License-Identifier: MIT
#include "traceback.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const Exception &exception)
{
    const bool isOfScript = exception.type().module() == u"__main__";
    return isOfScript ? exception.type().name() : exception.type().qualifiedName();
}

QString placesOf(const QList<Site> &places, const SourceLines &source)
{
    QString text;
    for (const Site &place : places) {
        const QString function = place.function.isEmpty() ? u"<module>"_s : place.function;
        text += u"  File \"%1\", line %2, in %3\n"_s.arg(place.file).arg(place.line).arg(function);
        const QString line = source.at(place.line);
        if (!line.isEmpty())
            text += u"    "_s + line + u'\n';
    }
    return text;
}

QString lastLineOf(const Exception &exception, const QString &message)
{
    return message.isEmpty() ? nameOf(exception) : nameOf(exception) + u": "_s + message;
}

} // namespace

QString textOf(const Exception &exception, const SourceLines &source,
               const std::function<QString(const Exception &)> &messageOf)
{
    // From the newest to the oldest by iteration, then printed the other way round.
    QStringList parts;
    QList<const Exception *> seen;
    const Exception *current = &exception;
    while (current && !seen.contains(current)) {
        seen.append(current);
        const QString header
            = current->traceback.isEmpty() ? QString() : u"Traceback (most recent call last):\n"_s;
        parts.prepend(header + placesOf(current->traceback, source)
                      + lastLineOf(*current, messageOf(*current)) + u'\n');
        const Exception *older = current->cause ? current->cause.data() : nullptr;
        if (older) {
            parts.prepend(u"\nThe above exception was the direct cause of the following exception:\n\n"_s);
        } else if (current->context && !current->hidesContext) {
            older = current->context.data();
            parts.prepend(u"\nDuring handling of the above exception, another exception occurred:\n\n"_s);
        }
        if (older && seen.contains(older))
            parts.removeFirst();
        current = older;
    }
    return parts.join(QString());
}

} // namespace deferscope::script
