// SPDX-License-Identifier: MIT
#include "filetext.h"

#include <QRegularExpression>
#include <QStringConverter>

#include <algorithm>

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestCookie = 512; ///< with what stands before it
constexpr QByteArrayView Mark = "\xef\xbb\xbf";

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
            u"Deferscope opens Python scripts, saved as text."_s};
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

/// The encoding that one of the first two lines names; empty for UTF-8.
QByteArray codecOf(QStringView text)
{
    static const QRegularExpression cookie(u"^[ \\t\\f]*#.*?coding[:=][ \\t]*([-\\w.]+)"_s);
    static const QRegularExpression blank(u"^[ \\t\\f]*(#.*)?$"_s);
    const QStringList lines
        = withPlainLineEnds(text.first(std::min(text.size(), LongestCookie)).toString()).split(u'\n');
    for (qsizetype i = 0; i < std::min<qsizetype>(2, lines.size()); ++i) {
        if (const auto match = cookie.match(lines.at(i)); match.hasMatch()) {
            const QString name = match.captured(1).toLower().replace(u'_', u'-');
            const bool isUtf8 = name == u"utf8" || name.startsWith(u"utf-8") || name.endsWith(u"ascii");
            const bool isLatin1 = name == u"latin-1" || name == u"iso-latin-1";
            return isUtf8 ? QByteArray() : isLatin1 ? "iso-8859-1" : name.toLatin1();
        }
        if (!blank.match(lines.at(i)).hasMatch())
            break;
    }
    return {};
}

std::variant<QString, Diagnostic> decodeUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    if (decoder.hasError())
        return unreadable(bytes.first(firstInvalid(bytes)),
                          u"this is not text in UTF-8: the byte here belongs to no character"_s);
    return text;
}

std::variant<QString, Diagnostic> decodeAs(const QByteArray &codec, QByteArrayView bytes)
{
    QStringDecoder decoder(codec.constData());
    QStringEncoder encoder(codec.constData());
    const QString name = QString::fromLatin1(codec);
    if (!decoder.isValid() || !encoder.isValid())
        return unreadable({}, u"the file says that it is in %1, which is no encoding known here"_s.arg(name));
    const QString text = decoder(bytes);
    if (const QByteArray again = encoder(text); again != bytes)
        return unreadable({}, u"this is not text in %1, which the file says it is in"_s.arg(name));
    return text;
}

/// The one that most lines have.
QString lineEndOf(const QString &text)
{
    const qsizetype windows = text.count(u"\r\n"_s);
    const qsizetype macs = text.count(u'\r') - windows;
    const qsizetype plain = text.count(u'\n') - windows;
    return windows > std::max(macs, plain) ? u"\r\n"_s : macs > plain ? u"\r"_s : u"\n"_s;
}

} // namespace

std::variant<FileText, Diagnostic> decodeFile(QByteArrayView bytes)
{
    if (bytes.size() > MaximumBytes) {
        return Diagnostic{Diagnostic::Kind::Unreadable,
                          {},
                          u"this file is larger than %1 MB"_s.arg(MaximumBytes / 1024 / 1024),
                          u"A script that is shown step by step is much smaller; is this the right file?"_s};
    }
    TextFormat format;
    format.hasMark = bytes.startsWith(Mark);
    if (format.hasMark)
        bytes = bytes.sliced(Mark.size());
    if (const qsizetype zero = bytes.indexOf('\0'); zero >= 0)
        return unreadable(bytes.first(zero), u"this is not a text file: it holds a zero byte here"_s);
    const QByteArrayView head = bytes.first(std::min(bytes.size(), LongestCookie));
    const QByteArray codec = format.hasMark ? QByteArray() : codecOf(QString::fromLatin1(head));
    const auto decoded = codec.isEmpty() ? decodeUtf8(bytes) : decodeAs(codec, bytes);
    if (const auto *diagnostic = std::get_if<Diagnostic>(&decoded))
        return *diagnostic;
    const QString &text = std::get<QString>(decoded);
    format.lineEnd = lineEndOf(text);
    return FileText{withPlainLineEnds(text), format};
}

std::variant<QString, Diagnostic> decode(QByteArrayView bytes)
{
    auto file = decodeFile(bytes);
    if (auto *text = std::get_if<FileText>(&file))
        return std::move(text->text);
    return std::get<Diagnostic>(file);
}

std::optional<QByteArray> encode(const QString &text, const TextFormat &format)
{
    const QString lines = format.lineEnd == u"\n" ? text : QString(text).replace(u"\n"_s, format.lineEnd);
    const QByteArray codec = format.hasMark ? QByteArray() : codecOf(text);
    if (codec.isEmpty())
        return (format.hasMark ? Mark.toByteArray() : QByteArray()) + lines.toUtf8();
    QStringEncoder encoder(codec.constData());
    const QByteArray bytes = encoder.isValid() ? encoder(lines) : QByteArray();
    return encoder.isValid() && !encoder.hasError() ? std::optional(bytes) : std::nullopt;
}

} // namespace deferscope::syntax
