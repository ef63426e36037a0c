// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/syntax/filetext.h"
#include "engine/syntax/parser.h"
#include "engine/syntax/printer.h"
#include "tests/support/layoutfree.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace deferscope;
using namespace deferscope::syntax;
using namespace Qt::StringLiterals;

namespace {

Module parsed(const QString &text)
{
    const Module module = parse(text);
    if (!module.isWhole())
        qFatal("%s", qPrintable(toText(module.problems.constFirst(), u"text"_s)));
    return module;
}

QString regular(const QString &text) { return print(test::withoutLayout(parsed(text))); }

/// Files of Python's own library: text by many authors, in many ways of writing.
QStringList libraryFiles()
{
    const QDir directory(u"/usr/lib/python3.11"_s);
    QStringList paths;
    for (const QString &name : directory.entryList({u"*.py"_s}, QDir::Files, QDir::Name))
        paths.append(directory.filePath(name));
    return paths;
}

} // namespace

class tst_Printer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void authorsTextComesBack_data();
    void authorsTextComesBack();
    void regularWay_data();
    void regularWay();
    void newStatementTakesTheIndentationOfItsBlock();
    void regularWayMeansTheSame();
};

void tst_Printer::authorsTextComesBack_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("empty") << QString();
    QTest::newRow("comments only") << u"# a\n\n#b"_s;
    QTest::newRow("no line end at the end") << u"x = 1"_s;
    QTest::newRow("blank lines and comments") << u"\n# top\nx = 1  # why\n\n\n# end\n"_s;
    QTest::newRow("odd spacing") << u"x=1;y  =  ( 2 )\nf( a,b )\n"_s;
    QTest::newRow("joined statements") << u"x = 1; y = 2 ;z = 3;\nif x: y = 1; z = 2  # c\n"_s;
    QTest::newRow("indentation of two and of tabs")
        << u"def f():\n  if x:\n    pass\n  return 1\nclass A:\n\tx = 1\n"_s;
    QTest::newRow("comments at every depth")
        << u"def f():\n    # in f\n    x = 1\n    # last in f\n# behind f\ny = 2\n"_s;
    QTest::newRow("comment inside brackets") << u"f(a,  # first\n  b)\n"_s;
    QTest::newRow("continuation") << u"x = 1 + \\\n    2\n"_s;
    QTest::newRow("nothing but a backslash") << u"\\\nx\nif x:\n  \\\n  y\n    \\\n\n  z\n\\\n\\\n# c\n"_s;
    QTest::newRow("nothing between") << u"x=1;y=2\nif x:y\nelse:z;x\n"_s;
    QTest::newRow("elif chain with comments")
        << u"if a:  # 1\n    pass\n# before elif\nelif b:  # 2\n    pass\n\nelse :  # 3\n    pass\n"_s;
    QTest::newRow("try with all clauses")
        << u"try:\n    pass\n# 1\nexcept (A, B) as e:  # 2\n    pass\nexcept:\n    pass\nelse:\n    pass\nfinally:\n    pass\n"_s;
    QTest::newRow("decorators") << u"@a\n# between\n@b(1)\ndef f(): return 1\n"_s;
    QTest::newRow("triple-quoted") << u"x = '''a\n  b\n'''\n"_s;
    QTest::newRow("match")
        << u"match a, *b:  # m\n\n    # c\n    case {'x': [1, _]} if a: pass  # d\n    case Point(x=0)|None :\n        pass\n"_s;
    QTest::newRow("line ends of Windows")
        << u"if a:\r\n    b = '''\r\n'''  # c\r\n\r\n    d = 1 + \\\r\n  2\r\n"_s;
    QTest::newRow("form feeds") << u"a\n\f\ndef f():\n\f    pass\n"_s;
    QTest::newRow("white space on an empty line") << u"x = 1\n   \ny = 2\n  "_s;
}

void tst_Printer::authorsTextComesBack()
{
    QFETCH(QString, text);
    QCOMPARE(print(parsed(text)), text);
}

void tst_Printer::regularWay_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &text, const QString &expected) {
        QTest::newRow(name) << text << expected;
    };

    row("spaces", u"x=f( a,b = 1,*c,**d )"_s, u"x = f(a, b=1, *c, **d)\n"_s);
    row("the author's parentheses stay", u"x = (a)+((b))"_s, u"x = (a) + ((b))\n"_s);
    row("unary and power", u"x = -a**-b"_s, u"x = -a ** -b\n"_s);
    row("slices", u"x[1:2, ::3]"_s, u"x[1:2, ::3]\n"_s);
    row("lambda", u"f = lambda a,*b,c=1 : a"_s, u"f = lambda a, *b, c=1: a\n"_s);
    row("conditional", u"x = a if b else c"_s, u"x = a if b else c\n"_s);
    row("comprehension", u"[a for a in b if c]"_s, u"[a for a in b if c]\n"_s);
    row("generator as only argument", u"f(a for a in b)"_s, u"f((a for a in b))\n"_s);
    row("empty tuple and tuple of one", u"x = (), (1,)"_s, u"x = (), (1,)\n"_s);
    row("literals as written", u"x = 0xFF, 1_000, r'a\\b', f'{a!r:>{w}}'"_s,
        u"x = 0xFF, 1_000, r'a\\b', f'{a!r:>{w}}'\n"_s);
    row("parameters", u"def f(a,/,b,*,c=1,**d)->int: pass"_s,
        u"def f(a, /, b, *, c=1, **d) -> int:\n    pass\n"_s);
    row("match", u"match a:\n  case  [1,x] if  x>1 : pass\n  case _: pass"_s,
        u"match a:\n    case [1,x] if x > 1:\n        pass\n    case _:\n        pass\n"_s);
    row("except*", u"try: a\nexcept  *A as b: c"_s, u"try:\n    a\nexcept* A as b:\n    c\n"_s);
    row("blocks", u"if a: b\nelif c: d\nelse: e"_s, u"if a:\n    b\nelif c:\n    d\nelse:\n    e\n"_s);
}

void tst_Printer::regularWay()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(regular(text), expected);
    QCOMPARE(regular(expected), expected);
}

void tst_Printer::newStatementTakesTheIndentationOfItsBlock()
{
    Module module = parsed(u"def f():\n  # why\n  x = 1  # one\n"_s);
    auto function = std::make_shared<Statement>(*module.body.constFirst());
    auto added = std::make_shared<Statement>();
    added->node = Pass{};
    std::get<FunctionDefinition>(function->node).body.append(added);
    module.body.first() = function;
    QCOMPARE(print(module), u"def f():\n  # why\n  x = 1  # one\n  pass\n"_s);
}

/// Python reads the printed text as the same tree as the original.
void tst_Printer::regularWayMeansTheSame()
{
    const QTemporaryDir directory;
    QStringList arguments{
        u"-c"_s,
        u"import ast, sys\n"
        "for a, b in zip(sys.argv[1::2], sys.argv[2::2]):\n"
        "    if ast.dump(ast.parse(open(a).read())) != ast.dump(ast.parse(open(b).read())): print(a)\n"_s};
    for (const QString &path : libraryFiles().first(60)) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = decode(file.readAll());
        const Module module = parse(std::get<QString>(text));
        QVERIFY2(module.isWhole(), qPrintable(path));
        const QString printedPath = directory.filePath(QFileInfo(path).fileName());
        QFile printed(printedPath);
        QVERIFY(printed.open(QIODevice::WriteOnly));
        printed.write(print(test::withoutLayout(module)).toUtf8());
        arguments.append({path, printedPath});
    }
    QProcess python;
    python.start(QStringLiteral(DEFERSCOPE_PYTHON), arguments);
    QVERIFY(python.waitForFinished(60'000));
    QCOMPARE(QString::fromUtf8(python.readAllStandardError()), QString());
    QCOMPARE(QString::fromUtf8(python.readAllStandardOutput()), QString());
}

QTEST_GUILESS_MAIN(tst_Printer)
#include "tst_printer.moc"
