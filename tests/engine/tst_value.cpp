// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/value/failure.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// Texts of values as Python 3.11 writes them; the expected ones were printed by it.
class tst_Value : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reprAsPython_data();
    void reprAsPython();
    void listMayHoldItself();
    void objectsAreComparedByIdentity();
    void checkFollowsTheTypes();
    void trapRaisesWhatItDoesNotTake();
};

void tst_Value::reprAsPython_data()
{
    QTest::addColumn<Value>("value");
    QTest::addColumn<QString>("expected");

    QTest::newRow("None") << Value() << u"None"_s;
    QTest::newRow("True") << Value(true) << u"True"_s;
    QTest::newRow("smallest int") << Value(std::numeric_limits<qint64>::min()) << u"-9223372036854775808"_s;
    QTest::newRow("whole float") << Value(2.0) << u"2.0"_s;
    QTest::newRow("0.1 + 0.2") << Value(0.1 + 0.2) << u"0.30000000000000004"_s;
    QTest::newRow("1e16 turns to an exponent") << Value(1e16) << u"1e+16"_s;
    QTest::newRow("1e15 does not") << Value(1e15) << u"1000000000000000.0"_s;
    QTest::newRow("0.0001") << Value(0.0001) << u"0.0001"_s;
    QTest::newRow("0.00001 turns to an exponent") << Value(0.00001) << u"1e-05"_s;
    QTest::newRow("negative with exponent") << Value(-1.5e-7) << u"-1.5e-07"_s;
    QTest::newRow("123456789.123") << Value(123456789.123) << u"123456789.123"_s;
    QTest::newRow("1.5e300") << Value(1.5e300) << u"1.5e+300"_s;
    QTest::newRow("minus zero") << Value(-0.0) << u"-0.0"_s;
    QTest::newRow("inf") << Value(-std::numeric_limits<double>::infinity()) << u"-inf"_s;
    QTest::newRow("nan") << Value(std::nan("")) << u"nan"_s;
    QTest::newRow("text") << Value(u"val"_s) << u"'val'"_s;
    QTest::newRow("text with a quote") << Value(u"it's"_s) << u"\"it's\""_s;
    QTest::newRow("text with both quotes") << Value(u"'\""_s) << u"'\\'\"'"_s;
    QTest::newRow("control characters") << Value(u"a\n\t\\\x01\x7f"_s) << u"'a\\n\\t\\\\\\x01\\x7f'"_s;
    QTest::newRow("letters of the world") << Value(u"äλ😀"_s) << u"'äλ😀'"_s;
    QTest::newRow("not printable") << Value(u"\u00a0\u200b"_s) << u"'\\xa0\\u200b'"_s;
    QTest::newRow("list") << listOf({1, u"a"_s, Value()}) << u"[1, 'a', None]"_s;
    QTest::newRow("tuple of one") << tupleOf({1}) << u"(1,)"_s;
    QTest::newRow("empty tuple") << tupleOf({}) << u"()"_s;
    QTest::newRow("exception") << Value(ObjectRef(makeException(exceptions::valueError(), u"bad"_s)))
                               << u"ValueError('bad')"_s;
    QTest::newRow("failure of a builtin type")
        << Value(Failure(exceptions::valueError(), u"bad"_s))
        << u"<twisted.python.failure.Failure builtins.ValueError: bad>"_s;
    QTest::newRow("failure") << Value(
        Failure(exceptions::cancelledError(),
                u"x"_s)) << u"<twisted.python.failure.Failure twisted.internet.defer.CancelledError: x>"_s;
}

void tst_Value::reprAsPython()
{
    QFETCH(Value, value);
    QFETCH(QString, expected);
    QCOMPARE(repr(value), expected);
}

void tst_Value::listMayHoldItself()
{
    const Value list = listOf({1});
    list.as<Sequence>()->items.append(list);
    QCOMPARE(repr(list), u"[1, [...]]"_s);
    list.as<Sequence>()->items.clear();
}

void tst_Value::objectsAreComparedByIdentity()
{
    const Value list = listOf({1});
    QCOMPARE(Value(list), list);
    QVERIFY(!(listOf({1}) == list));
    QVERIFY(!(Value(1) == Value(1.0)));
}

void tst_Value::checkFollowsTheTypes()
{
    const Failure failure(exceptions::recursionError());
    QCOMPARE(failure.check({&exceptions::valueError(), &exceptions::runtimeError()}),
             &exceptions::runtimeError());
    QCOMPARE(failure.check({&exceptions::valueError()}), nullptr);
}

void tst_Value::trapRaisesWhatItDoesNotTake()
{
    const Failure failure(exceptions::valueError(), u"bad"_s);
    QCOMPARE(&failure.trap({&exceptions::exception()}), &exceptions::exception());
    QVERIFY_THROWS_EXCEPTION(RaisedError, failure.trap({&exceptions::typeError()}));
}

QTEST_GUILESS_MAIN(tst_Value)
#include "tst_value.moc"
