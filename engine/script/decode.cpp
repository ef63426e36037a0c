// SPDX-License-Identifier: MIT
#include "parser.h"

#include <QStringDecoder>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

QString withPlainLineEnds(QString text)
{
    text.replace(u"\r\n"_s, u"\n"_s);
    text.replace(u'\r', u'\n');
    return text;
}

Diagnostic unreadable(QByteArrayView before, const QString &message)
{
    const QString text = withPlainLineEnds(QString::fromUtf8(before));
    const qsizetype lineStart = text.lastIndexOf(u'\n') + 1;
    const Position position{int(text.count(u'\n')) + 1, int(text.sliced(lineStart).toUcs4().size()) + 1};
    return {Diagnostic::Kind::Unreadable,
            {position, position},
            message,
            u"Deferscope opens Python scripts, saved as text in UTF-8."_s};
}

/// How many bytes the UTF-8 character at the start of \a bytes has; 0 when it is none.
qsizetype characterLength(QByteArrayView bytes)
{
    const auto first = uchar(bytes.front());
    const qsizetype length = first < 0x80 ? 1
        : first >= 0xc2 && first < 0xe0   ? 2
        : first >= 0xe0 && first < 0xf0   ? 3
        : first >= 0xf0 && first < 0xf5   ? 4
                                          : 0;
    if (length == 0 || length > bytes.size())
        return 0;
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes.first(length));
    return decoder.hasError() || text.isEmpty() ? 0 : length;
}

qsizetype firstInvalid(QByteArrayView bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        if (uchar(bytes.at(at)) < 0x80) {
            ++at;
            continue;
        }
        const qsizetype length = characterLength(bytes.sliced(at));
        if (length == 0)
            return at;
        at += length;
    }
    return bytes.size();
}

} // namespace

std::variant<QString, Diagnostic> decode(QByteArrayView bytes)
{
    if (bytes.size() > MaximumBytes) {
        return Diagnostic{Diagnostic::Kind::Unreadable,
                          {},
                          u"this file is larger than %1 MB"_s.arg(MaximumBytes / 1024 / 1024),
                          u"A script that is shown step by step is much smaller; is this the right file?"_s};
    }
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes = bytes.sliced(3);
    if (const qsizetype zero = bytes.indexOf('\0'); zero >= 0)
        return unreadable(bytes.first(zero), u"this is not a text file: it holds a zero byte here"_s);
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    if (decoder.hasError())
        return unreadable(bytes.first(firstInvalid(bytes)),
                          u"this is not text in UTF-8: the byte here belongs to no character"_s);
    return withPlainLineEnds(text);
}

} // namespace deferscope::script
