// SPDX-License-Identifier: GPL-3.0-or-later
#include "codepane.h"

#include <QFile>
#include <QFileInfo>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int NumberMargin = 0;
constexpr int ArrowMargin = 1;
constexpr qsizetype LargestHighlighted = 1'000'000; ///< characters: colouring more would hold up the window

/// QScintilla asks for a size in points, the theme's fonts have one in pixels.
QFont inPoints(QFont font, const QPaintDevice &device)
{
    font.setPointSizeF(font.pixelSize() * 72.0 / device.logicalDpiY());
    return font;
}

/// Token kinds of the Python lexer that share a look.
void colour(QsciLexerPython &lexer, const Theme &theme, const QFont &font)
{
    const auto set = [&](std::initializer_list<int> styles, const QColor &color) {
        for (const int style : styles)
            lexer.setColor(color, style);
    };
    lexer.setDefaultColor(theme.text);
    lexer.setDefaultPaper(theme.surface);
    lexer.setDefaultFont(font);
    lexer.setPaper(theme.surface, -1);
    lexer.setColor(theme.text, -1);
    lexer.setFont(font, -1);
    set({QsciLexerPython::Comment, QsciLexerPython::CommentBlock}, theme.textMuted);
    set({QsciLexerPython::Keyword}, theme.deferredValue);
    set({QsciLexerPython::DoubleQuotedString, QsciLexerPython::SingleQuotedString,
         QsciLexerPython::TripleSingleQuotedString, QsciLexerPython::TripleDoubleQuotedString,
         QsciLexerPython::SingleQuotedFString, QsciLexerPython::DoubleQuotedFString,
         QsciLexerPython::TripleSingleQuotedFString, QsciLexerPython::TripleDoubleQuotedFString},
        theme.ok);
    set({QsciLexerPython::Number}, theme.waitingText);
    set({QsciLexerPython::FunctionMethodName, QsciLexerPython::ClassName}, theme.callback);
}

} // namespace

CodePane::CodePane(const Session &session, const ViewState &viewState, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_viewState(viewState)
    , m_theme(theme)
    , m_header(tr("Code"))
    , m_lexer(new QsciLexerPython(&m_editor))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(&m_header);
    layout->addWidget(&m_editor);
    buildEditor();
    setTheme(theme);
    loadText();
    connect(&m_editor, &QsciScintilla::textChanged, this, [this] {
        if (m_isLoading)
            return;
        m_sinceTyping.start();
        Q_EMIT typed(m_editor.text());
    });
    m_telling.setSingleShot(true);
    connect(&m_telling, &QTimer::timeout, this, &CodePane::showDiagnostic);
    connect(&session, &Session::programChanged, this, &CodePane::loadText);
    connect(&session, &Session::traceReset, this, &CodePane::showStep);
    connect(&session, &Session::stateChanged, this, &CodePane::showStep);
    connect(&session, &Session::traceGrew, this, &CodePane::showStep);
    connect(&viewState, &ViewState::stepChanged, this, &CodePane::showStep);
}

void CodePane::buildEditor()
{
    m_editor.setAccessibleName(tr("Code"));
    m_editor.setFrameShape(QFrame::NoFrame);
    m_editor.setUtf8(true);
    m_editor.setAcceptDrops(false); // what is dropped is the window's
    m_editor.setCaretLineVisible(false);
    m_editor.setIndentationsUseTabs(false);
    m_editor.setIndentationWidth(4);
    m_editor.setTabIndents(true);
    m_editor.setBackspaceUnindents(true);
    m_editor.setAutoIndent(true);
    m_editor.setEolMode(QsciScintilla::EolUnix);
    // What is undone is the document's business: a change of the canvas is one of the text as well.
    m_editor.SendScintilla(QsciScintilla::SCI_SETUNDOCOLLECTION, 0);
    for (const auto command : {QsciCommand::Undo, QsciCommand::Redo, QsciCommand::LineDuplicate,
                               QsciCommand::LineTranspose, QsciCommand::SelectionDuplicate})
        m_editor.standardCommands()->find(command)->setKey(0);
    m_editor.setFolding(QsciScintilla::NoFoldStyle);
    m_editor.setMarginType(NumberMargin, QsciScintilla::NumberMargin);
    m_editor.setMarginType(ArrowMargin, QsciScintilla::SymbolMargin);
    m_editor.setMarginWidth(ArrowMargin, 18);
    m_editor.setMarginMarkerMask(ArrowMargin, 1 << CurrentArrow);
    m_editor.setMarginMarkerMask(NumberMargin, 0);
    m_editor.setTabWidth(4);
    m_editor.setExtraAscent(3);
    m_editor.setExtraDescent(3);
    m_editor.markerDefine(QsciScintilla::Background, CurrentLine);
    m_editor.markerDefine(QsciScintilla::RightTriangle, CurrentArrow);
    m_editor.markerDefine(QsciScintilla::Background, RefusedLine);
    m_editor.setAnnotationDisplay(QsciScintilla::AnnotationIndented);
    m_editor.SendScintilla(QsciScintilla::SCI_SETSCROLLWIDTHTRACKING, 1);
    m_editor.SendScintilla(QsciScintilla::SCI_SETSCROLLWIDTH, 1);
}

void CodePane::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_header.setTheme(theme);
    const QFont font = inPoints(theme.code, m_editor);
    colour(*m_lexer, theme, font);
    applyLexer(m_editor.length());
    m_editor.setPaper(theme.surface);
    m_editor.setColor(theme.text);
    m_editor.setFont(font);
    m_editor.setMarginsFont(font);
    m_editor.setMarginsForegroundColor(theme.textFaint);
    m_editor.setMarginsBackgroundColor(theme.surface);
    m_editor.setMarginBackgroundColor(ArrowMargin, theme.surface);
    m_editor.setMarkerBackgroundColor(theme.currentLine, CurrentLine);
    m_editor.setMarkerBackgroundColor(theme.callback, CurrentArrow);
    m_editor.setMarkerForegroundColor(theme.callback, CurrentArrow);
    m_editor.setMarkerBackgroundColor(theme.errbackFill, RefusedLine);
    m_editor.setCaretForegroundColor(theme.text);
    m_editor.setSelectionBackgroundColor(theme.selection);
    m_editor.setSelectionForegroundColor(theme.isDark ? theme.canvas : theme.text);
    showDiagnostic();
}

void CodePane::applyLexer(qsizetype length)
{
    QsciLexer *wanted = length <= LargestHighlighted ? m_lexer : nullptr;
    if (m_editor.lexer() != wanted)
        m_editor.setLexer(wanted);
}

void CodePane::loadText()
{
    m_sources.clear();
    showFile({});
    showStep();
    showDiagnostic();
}

/// The document when it is empty.
void CodePane::showFile(const QString &file)
{
    m_file = file;
    const bool isDocument = file.isEmpty() && !m_session.isReadOnly();
    const QString name = QFileInfo(file.isEmpty() ? m_session.file() : file).fileName();
    m_header.setTitle(name.isEmpty()   ? tr("No script yet")
                          : isDocument ? name
                                       : tr("%1, for reading").arg(name));
    const QString text = file.isEmpty() ? m_session.text() : sourceOf(file);
    applyLexer(text.size());
    m_editor.setReadOnly(false);
    replaceText(text);
    m_editor.setReadOnly(!isDocument);
    m_editor.setMarginWidth(NumberMargin,
                            QString(std::max(2, int(QString::number(m_editor.lines()).size())) + 1, u'0'));
    markLine(0); // a new text has no markers
}

/// What stands in \a file now, which need not be what ran.
QString CodePane::sourceOf(const QString &file)
{
    constexpr qint64 Most = 4 * 1024 * 1024;
    if (const auto known = m_sources.constFind(file); known != m_sources.cend())
        return *known;
    QFile source(file);
    const QString text = source.open(QIODevice::ReadOnly)
        ? QString::fromUtf8(source.read(Most)).replace(u"\r\n"_s, u"\n"_s)
        : tr("# %1\n# is not on this computer, or cannot be read.").arg(file);
    return *m_sources.insert(file, text);
}

/// Only the part that differs, so that the cursor and what is in view stay where they are.
void CodePane::replaceText(const QString &text)
{
    const QByteArray before = m_editor.text().toUtf8();
    const QByteArray after = text.toUtf8();
    if (before == after)
        return;
    const QScopedValueRollback loading(m_isLoading, true);
    const qsizetype shorter = std::min(before.size(), after.size());
    const auto isContinuation = [](char byte) { return (byte & '\xC0') == '\x80'; };
    qsizetype head = 0;
    while (head < shorter && before.at(head) == after.at(head))
        ++head;
    while (head > 0
           && ((head < before.size() && isContinuation(before.at(head)))
               || (head < after.size() && isContinuation(after.at(head)))))
        --head;
    qsizetype tail = 0;
    while (tail < shorter - head && before.at(before.size() - 1 - tail) == after.at(after.size() - 1 - tail))
        ++tail;
    while (tail > 0 && isContinuation(after.at(after.size() - tail)))
        --tail;
    const QByteArray middle = after.sliced(head, after.size() - head - tail);
    m_editor.SendScintilla(QsciScintilla::SCI_SETTARGETSTART, static_cast<unsigned long>(head));
    m_editor.SendScintilla(QsciScintilla::SCI_SETTARGETEND, static_cast<unsigned long>(before.size() - tail));
    m_editor.SendScintilla(QsciScintilla::SCI_REPLACETARGET, static_cast<unsigned long>(middle.size()),
                           middle.constData());
}

void CodePane::showStep()
{
    const Site place = placeOfStep();
    if (place.line == 0 || m_session.isDocument(place.file)) {
        if (!m_file.isEmpty() && (place || !m_session.isReadOnly()))
            showFile({});
        return markLine(place.line);
    }
    if (m_session.origin() == Origin::Lab)
        return markLine(0); // in a module that the document imports
    if (m_file != place.file)
        showFile(place.file);
    markLine(place.line);
}

/// At the end of a run that an exception has ended, where it was raised.
Site CodePane::placeOfStep() const
{
    const EventIndex step = m_viewState.step();
    const Trace &trace = m_session.trace();
    const auto ending = m_session.ending();
    if (step == trace.size() && ending && ending->kind == Ending::Kind::UncaughtException && ending->place)
        return ending->place;
    return step > 0 && step <= trace.size() ? trace.site(m_session.replay().at(step).site) : Site();
}

void CodePane::markLine(int line)
{
    if (line == m_markedLine)
        return;
    m_editor.markerDeleteAll(CurrentLine);
    m_editor.markerDeleteAll(CurrentArrow);
    m_markedLine = line;
    if (line == 0)
        return;
    m_editor.markerAdd(line - 1, CurrentLine);
    m_editor.markerAdd(line - 1, CurrentArrow);
    bringIntoView(line);
}

void CodePane::bringIntoView(int line)
{
    m_editor.ensureLineVisible(line - 1);
    const int first = m_editor.firstVisibleLine();
    const int visible = int(m_editor.SendScintilla(QsciScintilla::SCI_LINESONSCREEN));
    if (line - 1 < first || line - 1 >= first + visible)
        m_editor.setFirstVisibleLine(std::max(0, line - 1 - visible / 2));
}

/// Not between two keys: what is being written is rarely right before it is finished.
void CodePane::showDiagnostic()
{
    constexpr int Rest = 500; // milliseconds
    m_editor.clearAnnotations();
    m_editor.markerDeleteAll(RefusedLine);
    const auto &diagnostic = m_session.diagnostic();
    if (!diagnostic || !m_file.isEmpty())
        return;
    if (m_sinceTyping.isValid() && m_sinceTyping.elapsed() < Rest)
        return m_telling.start(Rest);
    const int line = std::clamp(diagnostic->line - 1, 0, std::max(0, m_editor.lines() - 1));
    m_editor.markerAdd(line, RefusedLine);
    m_editor.annotate(line, diagnostic->message,
                      QsciStyle(-1, tr("Refused"), m_theme.errback, m_theme.errbackFill,
                                inPoints(m_theme.body, m_editor)));
    bringIntoView(line + 1);
}

void CodePane::showPlace(const QString &file, int line)
{
    const QString wanted = m_session.isDocument(file) ? QString() : file;
    if (wanted != m_file && (wanted.isEmpty() || QFileInfo::exists(wanted)))
        showFile(wanted);
    if (wanted == m_file)
        showLine(line);
}

void CodePane::showLine(int line)
{
    m_editor.setCursorPosition(line - 1, 0);
    bringIntoView(line);
    m_editor.setFocus();
}

} // namespace deferscope::ui
