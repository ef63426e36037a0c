// SPDX-License-Identifier: GPL-3.0-or-later
#include "words.h"

#include "engine/trace/traceline.h"

#include <QCoreApplication>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

QString secondsText(double seconds)
{
    QString number = QString::number(seconds, 'f', 3);
    while (number.endsWith(u'0') && number.at(number.size() - 2) != u'.')
        number.chop(1);
    return QCoreApplication::translate("Words", "%1 s", "seconds").arg(number);
}

QString elided(const QString &text, int limit)
{
    return text.size() <= limit ? text : text.first(qMax(0, limit - 1)) + u'…';
}

QString valueWords(const Trace &trace, const ValueText &value, int limit)
{
    switch (value.kind) {
    case ValueText::Kind::NoResult: return QCoreApplication::translate("Words", "no result");
    case ValueText::Kind::Deferred: return elided(displayName(trace, value.deferred), limit);
    case ValueText::Kind::Value:
    case ValueText::Kind::None:
    case ValueText::Kind::Failure: return elided(value.text.simplified(), limit);
    }
    Q_UNREACHABLE();
}

LinkInfo linkOf(const Trace &trace, const LinkSnapshot &link)
{
    if (link.added >= 0 && trace.at(link.added).kind == EventKind::Add)
        return trace.link(trace.at(link.added));
    LinkInfo info;
    info.purpose = link.purpose;
    return info;
}

QString sideName(const LinkInfo &link, Side side)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Words", text); };
    switch (link.purpose) {
    case LinkPurpose::User: break;
    case LinkPurpose::HandOver: return tr(QT_TRANSLATE_NOOP("Words", "the hand-over"));
    case LinkPurpose::Chain: return tr(QT_TRANSLATE_NOOP("Words", "the chainDeferred() entry"));
    case LinkPurpose::Collect: return tr(QT_TRANSLATE_NOOP("Words", "the list's entry"));
    case LinkPurpose::Translate: return tr(QT_TRANSLATE_NOOP("Words", "the timeout's entry"));
    case LinkPurpose::Disarm: return tr(QT_TRANSLATE_NOOP("Words", "the timer's off switch"));
    case LinkPurpose::Unwrap: return tr(QT_TRANSLATE_NOOP("Words", "gatherResults' unwrapping"));
    case LinkPurpose::Await: return tr(QT_TRANSLATE_NOOP("Words", "the coroutine's entry"));
    case LinkPurpose::Redirect: return tr(QT_TRANSLATE_NOOP("Words", "the cancelled coroutine's entry"));
    }
    const QString &name = (side == Side::Callback || link.isBoth ? link.callback : link.errback).name;
    return name.isEmpty() ? tr(QT_TRANSLATE_NOOP("Words", "an unnamed function")) : name;
}

} // namespace deferscope::ui
