// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/syntax/filetext.h"
#include "engine/syntax/lexer.h"

#include <QElapsedTimer>
#include <QTest>

using namespace deferscope::syntax;
using namespace Qt::StringLiterals;

namespace {

QString nameOf(Token::Kind kind)
{
    switch (kind) {
    case Token::Kind::Name: return u"name"_s;
    case Token::Kind::Number: return u"number"_s;
    case Token::Kind::String: return u"string"_s;
    case Token::Kind::Operator: return u"op"_s;
    case Token::Kind::Unreadable: return u"unreadable"_s;
    case Token::Kind::Newline: return u"newline"_s;
    case Token::Kind::Indent: return u"indent"_s;
    case Token::Kind::Dedent: return u"dedent"_s;
    case Token::Kind::End: return u"end"_s;
    }
    Q_UNREACHABLE();
}

QString toLine(const Token &token)
{
    const QString place = u"%1:%2"_s.arg(token.range.begin.line).arg(token.range.begin.column);
    const bool isWord = token.kind == Token::Kind::Name || token.kind == Token::Kind::Number
        || token.kind == Token::Kind::String || token.kind == Token::Kind::Operator
        || token.kind == Token::Kind::Unreadable;
    return isWord ? place + u' ' + nameOf(token.kind) + u' ' + token.name()
                  : place + u' ' + nameOf(token.kind);
}

QStringList toLines(const Lexed &lexed)
{
    QStringList lines;
    for (const Token &token : lexed.tokens)
        lines.append(toLine(token));
    return lines;
}

void row(const char *name, const QString &text, const QStringList &expected)
{
    QTest::newRow(name) << text << expected;
}

} // namespace

class tst_Lexer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokens_data();
    void tokens();
    void numbersAreOneToken_data();
    void numbersAreOneToken();
    void stringsAreOneToken_data();
    void stringsAreOneToken();
    void linesAboveAToken();
    void unreadable_data();
    void unreadable();
    void unclosedBracketsTakeLinearTime_data();
    void unclosedBracketsTakeLinearTime();
    void aLongLineTakesLinearTime();

    void decodedText_data();
    void decodedText();
    void bytesComeBack_data();
    void bytesComeBack();
    void textThatItsEncodingDoesNotHaveHasNoBytes();
    void unreadableBytes_data();
    void unreadableBytes();
    void aFileThatIsTooLongIsRefused();
};

void tst_Lexer::tokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");

    row("nothing", {}, {u"1:1 end"_s});
    row("a line without its end has one", u"x"_s, {u"1:1 name x"_s, u"1:2 newline"_s, u"1:2 end"_s});
    row("longest operator first", u"a**=b//c->d:=e...f!=g"_s,
        {u"1:1 name a"_s, u"1:2 op **="_s, u"1:5 name b"_s, u"1:6 op //"_s, u"1:8 name c"_s, u"1:9 op ->"_s,
         u"1:11 name d"_s, u"1:12 op :="_s, u"1:14 name e"_s, u"1:15 op ..."_s, u"1:18 name f"_s,
         u"1:19 op !="_s, u"1:21 name g"_s, u"1:22 newline"_s, u"1:22 end"_s});
    row("a block is indented and dedented", u"if x:\n  y\nz\n"_s,
        {u"1:1 name if"_s, u"1:4 name x"_s, u"1:5 op :"_s, u"1:6 newline"_s, u"2:1 indent"_s, u"2:3 name y"_s,
         u"2:4 newline"_s, u"3:1 dedent"_s, u"3:1 name z"_s, u"3:2 newline"_s, u"3:2 end"_s});
    row("blank lines and comments do not dedent", u"if x:\n  y\n# c\n\n  z\n"_s,
        {u"1:1 name if"_s, u"1:4 name x"_s, u"1:5 op :"_s, u"1:6 newline"_s, u"2:1 indent"_s, u"2:3 name y"_s,
         u"2:4 newline"_s, u"5:3 name z"_s, u"5:4 newline"_s, u"5:4 dedent"_s, u"5:4 end"_s});
    row("lines join inside brackets", u"f(\n  a,  # c\n\nb)\n"_s,
        {u"1:1 name f"_s, u"1:2 op ("_s, u"2:3 name a"_s, u"2:4 op ,"_s, u"4:1 name b"_s, u"4:2 op )"_s,
         u"4:3 newline"_s, u"4:3 end"_s});
    row("a backslash joins lines", u"a + \\\n  b\n"_s,
        {u"1:1 name a"_s, u"1:3 op +"_s, u"2:3 name b"_s, u"2:4 newline"_s, u"2:4 end"_s});
    row("columns count characters, not bytes or code units", u"é = '😀' x"_s,
        {u"1:1 name é"_s, u"1:3 op ="_s, u"1:5 string '😀'"_s, u"1:9 name x"_s, u"1:10 newline"_s,
         u"1:10 end"_s});
    row("names that look alike are the same name", u"ﬁ"_s,
        {u"1:1 name fi"_s, u"1:2 newline"_s, u"1:2 end"_s});
    row("behind a string of several lines the column is that of its last line", u"'''a\nb''' c"_s,
        {u"1:1 string '''a\nb'''"_s, u"2:6 name c"_s, u"2:7 newline"_s, u"2:7 end"_s});
}

void tst_Lexer::tokens()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const Lexed lexed = Lexer(text).run();
    QVERIFY(lexed.problems.isEmpty());
    QCOMPARE(toLines(lexed), expected);
}

void tst_Lexer::numbersAreOneToken_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"0", "00", "0_0", "1_000", "0xFF", "0XdEad_beef", "0o17", "0B1_0", "1.5", ".5",
                             "5.", "1e10", "1E-3", "1.5e+3j", "0j", "1_0.0_1", "09.5", "09e1", "09j"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void tst_Lexer::numbersAreOneToken()
{
    QFETCH(QString, text);
    const Lexed lexed = Lexer(text).run();
    QVERIFY(lexed.problems.isEmpty());
    QCOMPARE(toLines(lexed).constFirst(), u"1:1 number "_s + text);
    QCOMPARE(lexed.tokens.size(), 3);
}

void tst_Lexer::stringsAreOneToken_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"''", "'a'", "\"'\"", "'\\''", "r'\\'", "b'a'", "Rb\"\"", "f'{a}'", "'''a'b'''",
                             "\"\"\"\n\"\"\"", "'a\\\nb'", "''''a'''", "u'a'"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void tst_Lexer::stringsAreOneToken()
{
    QFETCH(QString, text);
    const QString whole = text == u"r'\\'" ? u"r'\\''"_s : text;
    const Lexed lexed = Lexer(whole).run();
    QVERIFY(lexed.problems.isEmpty());
    QCOMPARE(toLines(lexed).constFirst(), u"1:1 string "_s + whole);
    QCOMPARE(lexed.tokens.size(), 3);
}

void tst_Lexer::linesAboveAToken()
{
    const QString text = u"# a\n\nif x:\n    # b\n  y\n # c\n"_s;
    const Lexed lexed = Lexer(text).run();
    QCOMPARE(linesAbove(lexed.tokens.at(0), text), (QStringList{u"# a"_s, QString()}));
    QCOMPARE(lexed.tokens.at(5).name(), u"y"_s);
    QCOMPARE(linesAbove(lexed.tokens.at(5), text), QStringList{u"    # b"_s});
    QCOMPARE(linesAbove(lexed.tokens.constLast(), text), QStringList{u" # c"_s});
}

void tst_Lexer::unreadable_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");

    row("the line with what is no Python", u"a\nb $ c\nd\n"_s, {u"2:1 unreadable b $ c"_s});
    row("its comment and spaces are its own", u"  b $  # c\n"_s, {u"1:3 unreadable b $  # c"_s});
    row("a text without its end", u"a = 'b\nc\n"_s, {u"1:1 unreadable a = 'b"_s});
    row("a text of several lines without its end", u"a\nb = '''\nc\n"_s, {u"2:1 unreadable b = '''"_s});
    row("a bracket without its end", u"f(\na\nb\n"_s, {u"1:1 unreadable f("_s});
    row("with the lines that are indented deeper", u"f(\n  a,\n\n  b,\nc\n"_s,
        {u"1:1 unreadable f(\n  a,\n\n  b,"_s});
    row("with the line that closes", u"f(\n  a(,\n)\nc\n"_s, {u"1:1 unreadable f(\n  a(,\n)"_s});
    row("a statement ends all brackets", u"f(a,\nreturn\nb)\n"_s,
        {u"1:1 unreadable f(a,"_s, u"3:1 unreadable b)"_s});
    row("a block is none of its header's", u"def f(:\n  a\nb\n"_s, {u"1:1 unreadable def f(:"_s});
    row("but the rest of a header is", u"def f(a,\n  b]:\n  c\n"_s, {u"1:1 unreadable def f(a,\n  b]:"_s});
    row("a bracket that does not fit", u"f(a]\nb\n"_s, {u"1:1 unreadable f(a]"_s});
    row("a bracket that was never opened", u"f)\nb\n"_s, {u"1:1 unreadable f)"_s});
    row("less indentation than any block has", u"if a:\n    b\n  c\n"_s, {u"3:3 unreadable c"_s});
    row("a backslash in a line", u"a \\ b\nc\n"_s, {u"1:1 unreadable a \\ b"_s});
    row("a number that is none", u"0x\na\n"_s, {u"1:1 unreadable 0x"_s});
}

void tst_Lexer::unreadable()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const Lexed lexed = Lexer(text).run();
    QCOMPARE(toLines(lexed).filter(u" unreadable"_s), expected);
    QCOMPARE(lexed.problems.size(), expected.size());
}

void tst_Lexer::unclosedBracketsTakeLinearTime_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("nothing but brackets") << u"(\n"_s;
    QTest::newRow("one in a while") << u"f(\n"_s + u"a = b\n"_s.repeated(1000);
    QTest::newRow("with statements that end them") << u"f(\n"_s.repeated(100) + u"pass\n"_s;
    QTest::newRow("texts") << u"a = '''\nb = \"\"\"\n"_s;
}

void tst_Lexer::unclosedBracketsTakeLinearTime()
{
    QFETCH(QString, line);
    const QString text = line.repeated(1'000'000 / line.size());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!Lexer(text).run().problems.isEmpty());
    // Reading to the end of the text behind each of them would be minutes.
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

void tst_Lexer::aLongLineTakesLinearTime()
{
    // Counting columns from the start of the line for each token would take minutes.
    const QString text = u"x = ["_s + u"a, "_s.repeated(200'000) + u"]"_s;
    const Lexed lexed = Lexer(text).run();
    QCOMPARE(lexed.tokens.size(), 3 + 400'000 + 3);
    QCOMPARE(lexed.tokens.constLast().range.begin, (Position{1, int(text.size()) + 1}));
}

void tst_Lexer::decodedText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");

    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("UTF-8") << QByteArray("\xc3\xa9\xf0\x9f\x98\x80") << u"é😀"_s;
    QTest::newRow("a byte order mark is no part of the text") << QByteArray("\xef\xbb\xbfx") << u"x"_s;
    QTest::newRow("only the first mark is one") << QByteArray("\xef\xbb\xbf\xef\xbb\xbfx") << u"\ufeffx"_s;
    QTest::newRow("line ends of Windows") << QByteArray("a\r\nb\r\n") << u"a\nb\n"_s;
    QTest::newRow("Latin-1, as it says")
        << QByteArray("# coding: latin-1\n# \xe9") << u"# coding: latin-1\n# é"_s;
    QTest::newRow("KOI8-R, on the second line") << QByteArray("#!/bin/python\n# -*- coding: koi8-r -*-\n\xf0")
                                                << u"#!/bin/python\n# -*- coding: koi8-r -*-\nП"_s;
    QTest::newRow("not on the third")
        << QByteArray("\n\n# coding: latin-1\n\xc3\xa9") << u"\n\n# coding: latin-1\né"_s;
    QTest::newRow("line ends of old Macs") << QByteArray("a\rb\r\r\n") << u"a\nb\n\n"_s;
}

void tst_Lexer::decodedText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    const auto text = decode(bytes);
    QVERIFY(std::holds_alternative<QString>(text));
    QCOMPARE(std::get<QString>(text), expected);
}

void tst_Lexer::bytesComeBack_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char *bytes : {"", "a", "a\nb\n", "a\r\nb\r\n", "a\rb\r", "\xef\xbb\xbf\xc3\xa9\n",
                              "\xef\xbb\xbf\r\n", "# coding: latin-1\n\xe9", "# coding=koi8-r\r\n\xc3\r\n"})
        QTest::newRow(bytes) << QByteArray(bytes);
}

void tst_Lexer::bytesComeBack()
{
    QFETCH(QByteArray, bytes);
    const auto file = decodeFile(bytes);
    QVERIFY(std::holds_alternative<FileText>(file));
    QVERIFY(!std::get<FileText>(file).text.contains(u'\r'));
    QCOMPARE(encode(std::get<FileText>(file).text, std::get<FileText>(file).format).value_or("nothing"),
             bytes);
}

void tst_Lexer::textThatItsEncodingDoesNotHaveHasNoBytes()
{
    QVERIFY(!encode(u"# coding: latin-1\n# Я"_s, {}));
    QCOMPARE(encode(u"# Я"_s, {}).value_or("nothing"), QByteArray("# \xd0\xaf"));
}

void tst_Lexer::unreadableBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");

    QTest::newRow("a zero byte") << QByteArray("a\nbc\0d", 6) << 2 << 3;
    QTest::newRow("a lone continuation byte") << QByteArray("a\n\xc3\xa9\x80") << 2 << 2;
    QTest::newRow("Latin-1") << QByteArray("caf\xe9 = 1") << 1 << 4;
    QTest::newRow("a character cut off at the end") << QByteArray("x\xf0\x9f\x98") << 1 << 2;
    QTest::newRow("an encoding that nobody knows") << QByteArray("# coding: uft-8\n") << 1 << 1;
    QTest::newRow("a surrogate") << QByteArray("\xed\xa0\x80") << 1 << 1;
    QTest::newRow("an overlong form") << QByteArray("\xc0\x80") << 1 << 1;
    QTest::newRow("columns count characters") << QByteArray("\xf0\x9f\x98\x80\xff") << 1 << 2;
    QTest::newRow("lines of old Macs count") << QByteArray("a\rb\r\n\xff") << 3 << 1;
}

void tst_Lexer::unreadableBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto text = decode(bytes);
    QVERIFY(std::holds_alternative<Diagnostic>(text));
    const Diagnostic &diagnostic = std::get<Diagnostic>(text);
    QCOMPARE(diagnostic.kind, Diagnostic::Kind::Unreadable);
    QCOMPARE(diagnostic.range.begin.line, line);
    QCOMPARE(diagnostic.range.begin.column, column);
    QVERIFY(!diagnostic.message.isEmpty());
}

void tst_Lexer::aFileThatIsTooLongIsRefused()
{
    QVERIFY(std::holds_alternative<QString>(decode(QByteArray(MaximumBytes, ' '))));
    QVERIFY(std::holds_alternative<Diagnostic>(decode(QByteArray(MaximumBytes + 1, ' '))));
}

QTEST_GUILESS_MAIN(tst_Lexer)
#include "tst_lexer.moc"
