// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace deferscope::ui;

namespace {

using Matrix = std::array<std::array<double, 3>, 3>;
using Triple = std::array<double, 3>;

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

Triple linearOf(const QColor &color)
{
    return {linear(double(color.redF())), linear(double(color.greenF())), linear(double(color.blueF()))};
}

Triple product(const Matrix &matrix, const Triple &vector)
{
    Triple result{};
    for (size_t row = 0; row < 3; ++row)
        for (size_t column = 0; column < 3; ++column)
            result[row] += matrix[row][column] * vector[column];
    return result;
}

double luminance(const QColor &color)
{
    const Triple rgb = linearOf(color);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

/// WCAG 2's contrast ratio.
double contrast(const QColor &a, const QColor &b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

/// CIE L*a*b* of a colour in linear sRGB.
Triple lab(const Triple &rgb)
{
    constexpr Matrix ToXyz{{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}};
    constexpr Triple White{0.9505, 1.0, 1.089};
    Triple f = product(ToXyz, rgb);
    for (size_t i = 0; i < 3; ++i) {
        const double t = std::max(0.0, f[i]) / White[i];
        f[i] = t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

/// How different two colours look to somebody who sees through \a vision.
double difference(const QColor &a, const QColor &b, const Matrix &vision)
{
    const Triple one = lab(product(vision, linearOf(a)));
    const Triple two = lab(product(vision, linearOf(b)));
    return std::hypot(one[0] - two[0], one[1] - two[1], one[2] - two[2]);
}

// Machado, Oliveira and Fernandes (2009), severity 1.
constexpr Matrix Protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix Deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix Tritanopia{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
constexpr Matrix FullColour{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

} // namespace

class tst_Theme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
    void glyphsAreVisible_data();
    void glyphsAreVisible();
    void meaningsDiffer_data();
    void meaningsDiffer();
    void usedRailsStandOutInGrey();
    void fadedTextIsStillReadable();
};

void tst_Theme::textIsReadable_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const Theme &t : {Theme::light(), Theme::dark()}) {
        const QByteArray mode = t.isDark ? "dark: " : "light: ";
        const auto row = [&](const char *what, const QColor &text, const QColor &ground) {
            QTest::newRow((mode + what).constData()) << text << ground;
        };
        row("text on the canvas", t.text, t.canvas);
        row("text on a surface", t.text, t.surface);
        row("text in a box that ran", t.text, t.callbackFill);
        row("text in an errback that ran", t.text, t.errbackFill);
        row("text in a hand-over", t.text, t.waitingFill);
        row("text on the current line", t.text, t.currentLine);
        row("muted on the canvas", t.textMuted, t.canvas);
        row("muted on a surface", t.textMuted, t.surface);
        row("muted on a raised surface", t.textMuted, t.raised);
        row("waiting badge", t.waitingText, t.waitingFill);
        row("waits-for label", t.waitingText, t.canvas);
        row("callbacks", t.callback, t.canvas);
        row("errbacks", t.errback, t.canvas);
    }
}

void tst_Theme::textIsReadable()
{
    QFETCH(QColor, text);
    QFETCH(QColor, ground);
    const double ratio = contrast(text, ground);
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void tst_Theme::glyphsAreVisible_data()
{
    QTest::addColumn<QColor>("glyph");
    QTest::addColumn<QColor>("ground");
    for (const Theme &t : {Theme::light(), Theme::dark()}) {
        const QByteArray mode = t.isDark ? "dark: " : "light: ";
        const auto row = [&](const char *what, const QColor &glyph, const QColor &ground) {
            QTest::newRow((mode + what).constData()) << glyph << ground;
        };
        row("tick of a callback", t.callback, t.callbackFill);
        row("tick of an errback", t.errback, t.errbackFill);
        row("cross on its notch", t.isDark ? t.canvas : t.surface, t.errback);
        row("Deferred as a value", t.deferredValue, t.surface);
        row("result left behind", t.textFaint, t.canvas);
        row("the way a result went", t.textFaint, t.canvas);
        row("waits-for line", t.waitingLine(), t.canvas);
        row("changed", t.changed, t.canvas);
        row("finished well", t.ok, t.surface);
        for (int chain = 0; chain < 8; ++chain)
            row(("identity " + QByteArray::number(chain)).constData(), t.identity(chain), t.surface);
    }
}

void tst_Theme::glyphsAreVisible()
{
    QFETCH(QColor, glyph);
    QFETCH(QColor, ground);
    const double ratio = contrast(glyph, ground);
    QVERIFY2(ratio >= 3, qPrintable(QString::number(ratio)));
}

void tst_Theme::meaningsDiffer_data()
{
    QTest::addColumn<QColor>("one");
    QTest::addColumn<QColor>("other");
    QTest::addColumn<QString>("seenAs");
    for (const Theme &t : {Theme::light(), Theme::dark()}) {
        const std::array<std::pair<const char *, QColor>, 5> meanings{{{"callback", t.callback},
                                                                       {"errback", t.errback},
                                                                       {"waiting", t.waiting},
                                                                       {"a Deferred", t.deferredValue},
                                                                       {"history", t.history}}};
        // In shades of grey five hues of a contrast that is fit for text cannot be 20 apart: there the side,
        // the sign and the style of the line tell them apart.
        for (const char *vision : {"full colour", "protanopia", "deuteranopia", "tritanopia"})
            for (size_t a = 0; a < meanings.size(); ++a)
                for (size_t b = a + 1; b < meanings.size(); ++b)
                    QTest::addRow("%s, %s: %s, %s", t.isDark ? "dark" : "light", vision, meanings[a].first,
                                  meanings[b].first)
                        << meanings[a].second << meanings[b].second << QString::fromLatin1(vision);
    }
}

void tst_Theme::meaningsDiffer()
{
    QFETCH(QColor, one);
    QFETCH(QColor, other);
    QFETCH(QString, seenAs);
    const Matrix &vision = seenAs == u"protanopia" ? Protanopia
        : seenAs == u"deuteranopia"                ? Deuteranopia
        : seenAs == u"tritanopia"                  ? Tritanopia
                                                   : FullColour;
    const double apart = difference(one, other, vision);
    QVERIFY2(apart >= 20, qPrintable(QString::number(apart)));
}

void tst_Theme::usedRailsStandOutInGrey()
{
    for (const Theme &t : {Theme::light(), Theme::dark()}) {
        for (const QColor &rail : {t.callback, t.errback}) {
            const double apart = std::abs(lab(linearOf(rail))[0] - lab(linearOf(t.history))[0]);
            QVERIFY2(apart >= 20, qPrintable(QString::number(apart)));
        }
    }
}

void tst_Theme::fadedTextIsStillReadable()
{
    for (const Theme &t : {Theme::light().faded(), Theme::dark().faded()}) {
        QVERIFY(contrast(t.text, t.canvas) >= 4.5);
        QVERIFY(contrast(t.callbackText(), t.canvas) >= 4.5);
        QVERIFY(contrast(t.errbackText(), t.canvas) >= 4.5);
        QVERIFY(contrast(t.text, t.surface) >= 4.5);
        QVERIFY(contrast(t.text, t.callbackFill) >= 4.5);
        QVERIFY(contrast(t.text, t.errbackFill) >= 4.5);
        QVERIFY(t.callback != (t.isDark ? Theme::dark() : Theme::light()).callback);
    }
}

QTEST_MAIN(tst_Theme)
#include "tst_theme.moc"
