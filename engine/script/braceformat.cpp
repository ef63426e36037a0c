// SPDX-License-Identifier: MIT
#include "operations.h"

#include "engine/script/interpreter.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Python's `format.format(*args, **kwargs)`.
class BraceFormatter
{
public:
    BraceFormatter(Interpreter &vm, const Arguments &arguments)
        : m_vm(vm)
        , m_arguments(arguments)
        , m_holding(vm)
    {
    }

    QString run(const QString &format, int depth = 0)
    {
        if (depth > 1)
            raiseValueError(u"Max string recursion exceeded"_s);
        QString text(u""_s);
        for (qsizetype at = 0; at < format.size();) {
            const QChar c = format.at(at++);
            const bool isDoubled = at < format.size() && format.at(at) == c;
            if ((c == u'{' || c == u'}') && isDoubled) {
                text += c;
                ++at;
            } else if (c == u'}') {
                raiseValueError(u"Single '}' encountered in format string"_s);
            } else if (c == u'{') {
                text += field(format, at, depth);
            } else {
                text += c;
            }
        }
        m_holding.grow(text.size() * qint64(sizeof(QChar)));
        return text;
    }

private:
    /// The field that begins at \a at, which is moved behind its closing brace.
    QString field(const QString &format, qsizetype &at, int depth)
    {
        if (at >= format.size())
            raiseValueError(u"Single '{' encountered in format string"_s);
        const qsizetype begin = at;
        for (int open = 1; open > 0; ++at) {
            if (at >= format.size())
                raiseValueError(u"expected '}' before end of string"_s);
            open += format.at(at) == u'{' ? 1 : format.at(at) == u'}' ? -1 : 0;
        }
        QString name = format.mid(begin, at - begin - 1);
        QString specification(u""_s);
        QChar conversion;
        const qsizetype end = endOfName(name);
        if (end < name.size()) {
            const QString rest = name.sliced(end);
            name.truncate(end);
            if (rest.startsWith(u'!')) {
                conversion = rest.size() > 1 ? rest.at(1) : QChar();
                specification = rest.mid(3);
            } else {
                specification = rest.sliced(1);
            }
        }
        const Value value = convert(valueOf(name), conversion);
        return deferscope::script::format(
            m_vm, value, specification.contains(u'{') ? run(specification, depth + 1) : specification);
    }

    static qsizetype endOfName(const QString &text)
    {
        bool inBrackets = false;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text.at(i) == u'[' || text.at(i) == u']')
                inBrackets = text.at(i) == u'[';
            else if (!inBrackets && (text.at(i) == u'!' || text.at(i) == u':'))
                return i;
        }
        return text.size();
    }

    Value convert(const Value &value, QChar conversion)
    {
        if (conversion.isNull())
            return value;
        if (conversion == u'r')
            return reprOf(m_vm, value);
        if (conversion == u's')
            return strOf(m_vm, value);
        if (conversion == u'a')
            return asciiOf(reprOf(m_vm, value));
        raiseValueError(u"Unknown conversion specifier %1"_s.arg(conversion));
    }

    Value valueOf(const QString &name)
    {
        qsizetype end = 0;
        while (end < name.size() && name.at(end) != u'.' && name.at(end) != u'[')
            ++end;
        Value value = argument(name.first(end));
        while (end < name.size()) {
            const bool isAttribute = name.at(end) == u'.';
            qsizetype stop = end + 1;
            while (stop < name.size()
                   && (isAttribute ? name.at(stop) != u'.' && name.at(stop) != u'[' : name.at(stop) != u']'))
                ++stop;
            const QString key = name.mid(end + 1, stop - end - 1);
            if (key.isEmpty())
                raiseValueError(u"Empty attribute in format string"_s);
            value = isAttribute ? attribute(m_vm, value, key) : item(value, key);
            end = isAttribute ? stop : stop + 1;
        }
        return value;
    }

    Value item(const Value &value, const QString &key)
    {
        bool isNumber = false;
        const qint64 index = key.toLongLong(&isNumber);
        return subscript(m_vm, value, isNumber ? Value(index) : Value(key));
    }

    Value argument(const QString &name)
    {
        bool isNumber = false;
        qint64 index = name.toLongLong(&isNumber);
        if (name.isEmpty() || isNumber) {
            if (name.isEmpty())
                index = m_next++;
            const bool switches = name.isEmpty() ? m_usesNumbers : index >= 0 && m_next > 0;
            if (switches) {
                raiseValueError(
                    name.isEmpty()
                        ? u"cannot switch from manual field specification to automatic field numbering"_s
                        : u"cannot switch from automatic field numbering to manual field specification"_s);
            }
            m_usesNumbers = m_usesNumbers || !name.isEmpty();
            if (index >= m_arguments.size())
                raise(errors::indexError(),
                      u"Replacement index %1 out of range for positional args tuple"_s.arg(index));
            return m_arguments.at(index);
        }
        for (const auto &[keyword, value] : m_arguments.keywords) {
            if (keyword == name)
                return value;
        }
        throw RaisedError(ExceptionRef(new ScriptException(errors::keyError(), {name})));
    }

    Interpreter &m_vm;
    const Arguments &m_arguments;
    Holding m_holding;
    qint64 m_next = 0;
    bool m_usesNumbers = false;
};

} // namespace

QString braceFormat(Interpreter &vm, const QString &format, const Arguments &arguments)
{
    return BraceFormatter(vm, arguments).run(format);
}

} // namespace deferscope::script
