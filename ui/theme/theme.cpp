// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme.h"

#include <array>

namespace deferscope::ui {

namespace {

QFont fontOf(const QStringList &families, QFont::StyleHint hint)
{
    QFont font;
    font.setFamilies(families);
    font.setStyleHint(hint);
    font.setPixelSize(13);
    return font;
}

void setFonts(Theme &theme)
{
    theme.body = fontOf({QStringLiteral("Inter"), QStringLiteral("DejaVu Sans")}, QFont::SansSerif);
    theme.code
        = fontOf({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")}, QFont::Monospace);
}

} // namespace

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](float from, float to) { return float(from + (to - from) * share); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

Theme Theme::light()
{
    Theme t;
    t.window = 0xe3e6eb;
    t.canvas = 0xf2f4f7;
    t.surface = 0xffffff;
    t.raised = 0xf6f7f9;
    t.border = 0xd9dde3;
    t.text = 0x1b1f26;
    t.textMuted = 0x596270;
    t.textFaint = 0x7d8591;
    t.callback = 0x0072b2;
    t.errback = 0xb84900;
    t.waiting = 0xe69f00;
    t.waitingFill = 0xfdf1d8;
    t.waitingText = 0x7a5200;
    t.deferredValue = 0x94396c;
    t.ok = 0x00795a;
    t.history = 0xb9bfc8;
    t.selection = 0x56b4e9;
    t.callbackFill = 0xdcebf5;
    t.errbackFill = 0xfae3d6;
    t.warningFill = 0xf0e442;
    t.currentLine = 0xfff3d1;
    t.changed = 0x2a8fd0;
    setFonts(t);
    return t;
}

Theme Theme::dark()
{
    Theme t;
    t.isDark = true;
    t.window = 0x0e1013;
    t.canvas = 0x16181c;
    t.surface = 0x1d2025;
    t.raised = 0x262a31;
    t.border = 0x343943;
    t.text = 0xeef0f3;
    t.textMuted = 0xa7afbb;
    t.textFaint = 0x747d8a;
    t.callback = 0x3d9fd8;
    t.errback = 0xee6f24;
    t.waiting = 0xf7cf4a;
    t.waitingFill = 0x33290f;
    t.waitingText = 0xf2c464;
    t.deferredValue = 0xd78caa;
    t.ok = 0x2fc59a;
    t.history = 0x4b525e;
    t.selection = 0x56b4e9;
    t.callbackFill = 0x14324a;
    t.errbackFill = 0x472513;
    t.warningFill = 0xf0e442;
    t.currentLine = 0x3a3220;
    t.changed = 0x6cc4f5;
    setFonts(t);
    return t;
}

Theme Theme::faded() const
{
    constexpr double Paleness = 0.6;
    Theme t = *this;
    for (QColor *color :
         {&t.callback, &t.errback, &t.waiting, &t.deferredValue, &t.ok, &t.history, &t.callbackFill,
          &t.errbackFill, &t.waitingFill, &t.warningFill, &t.surface, &t.raised})
        *color = mixed(*color, canvas, Paleness);
    t.text = t.waitingText = textMuted;
    t.fading = Paleness;
    return t;
}

QColor Theme::identity(int index) const
{
    static constexpr std::array<QRgb, 8> Light{0x0072b2, 0xa8508a, 0x00795a, 0xb36f00,
                                               0x4b5bb5, 0xc04d00, 0x3a7ca5, 0x5f6670};
    static constexpr std::array<QRgb, 8> Dark{0x3d9fd8, 0xd78cb8, 0x2fc59a, 0xe6b04d,
                                              0x8f9cf0, 0xf07c33, 0x7cc7ee, 0xa7afbb};
    return mixed(QColor::fromRgb((isDark ? Dark : Light).at(size_t(index) % Light.size())), canvas, fading);
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, surface);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, raised);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, textMuted);
    p.setColor(QPalette::Button, raised);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::ToolTipBase, raised);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Highlight, callback);
    p.setColor(QPalette::HighlightedText, isDark ? canvas : surface);
    p.setColor(QPalette::Link, callback);
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, border);
    p.setColor(QPalette::Light, raised);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, textFaint);
    return p;
}

} // namespace deferscope::ui
