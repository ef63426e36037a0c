// SPDX-License-Identifier: MIT
#include "binding.h"

#include "engine/script/dict.h"
#include "engine/script/errors.h"
#include "engine/script/interpreter.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`.
QString enumerated(const QStringList &names)
{
    QStringList quoted;
    for (const QString &name : names)
        quoted.append(u'\'' + name + u'\'');
    if (quoted.size() == 1)
        return quoted.constFirst();
    if (quoted.size() == 2)
        return quoted.join(u" and "_s);
    const QString last = quoted.takeLast();
    return quoted.join(u", "_s) + u", and "_s + last;
}

QString plural(qsizetype count) { return count == 1 ? u""_s : u"s"_s; }

class Binder
{
public:
    Binder(Interpreter &vm, const Parameters &parameters, Arguments arguments)
        : m_vm(vm)
        , m_parameters(parameters)
        , m_signature(parameters.signature)
        , m_arguments(std::move(arguments))
        , m_slots(m_signature.names.size(), unbound())
    {
    }

    QList<Value> bind()
    {
        takePositional();
        takeKeywords();
        if (m_arguments.size() > m_signature.positional && !m_signature.hasStar)
            raiseTooMany();
        fillDefaults();
        checkMissing(0, m_signature.positional, u"positional"_s);
        checkMissing(m_signature.positional, m_signature.keywordOnly, u"keyword-only"_s);
        return m_slots;
    }

private:
    void takePositional()
    {
        const qsizetype taken = qMin<qsizetype>(m_arguments.size(), m_signature.positional);
        for (qsizetype i = 0; i < taken; ++i)
            m_slots[i] = m_arguments.at(i);
        if (m_signature.hasStar)
            m_slots[m_signature.starSlot()] = m_vm.tuple(m_arguments.positional.sliced(taken));
    }

    void takeKeywords()
    {
        DictObject *others = nullptr;
        if (m_signature.hasDoubleStar) {
            others = new DictObject(m_vm.heap());
            m_slots[m_signature.doubleStarSlot()] = ObjectRef(others);
        }
        for (const auto &[name, value] : m_arguments.keywords) {
            const qsizetype slot = slotOf(name);
            if (slot >= 0 && !isUnbound(m_slots.at(slot)))
                fail(u"got multiple values for argument '%1'"_s.arg(name));
            if (slot >= 0)
                m_slots[slot] = value;
            else if (others)
                others->insert(name, value);
            else
                raiseUnexpected(name);
        }
    }

    qsizetype slotOf(const QString &name) const
    {
        const qsizetype slot = m_signature.names.indexOf(name, m_signature.positionalOnly);
        return slot < m_signature.positional + m_signature.keywordOnly ? slot : -1;
    }

    void fillDefaults()
    {
        const qsizetype ofKeywords = m_parameters.keywordDefaults
            ? 0
            : qMin<qsizetype>(m_signature.keywordOnly, m_parameters.defaults.size());
        const qsizetype first = m_signature.positional + ofKeywords - m_parameters.defaults.size();
        for (qsizetype i = 0; i < m_parameters.defaults.size(); ++i) {
            if (isUnbound(m_slots.at(first + i)))
                m_slots[first + i] = m_parameters.defaults.at(i);
        }
        for (int i = 0; m_parameters.keywordDefaults && i < m_signature.keywordOnly; ++i) {
            Value &slot = m_slots[m_signature.positional + i];
            if (isUnbound(slot))
                slot = m_parameters.keywordDefaults->value(m_signature.names.at(m_signature.positional + i),
                                                           unbound());
        }
    }

    void checkMissing(int first, int count, const QString &kind)
    {
        QStringList missing;
        for (int i = first; i < first + count; ++i) {
            if (isUnbound(m_slots.at(i)))
                missing.append(m_signature.names.at(i));
        }
        if (!missing.isEmpty()) {
            fail(u"missing %1 required %2 argument%3: %4"_s.arg(missing.size())
                     .arg(kind, plural(missing.size()), enumerated(missing)));
        }
    }

    [[noreturn]] void raiseUnexpected(const QString &name)
    {
        const qsizetype slot = m_signature.names.indexOf(name);
        if (slot >= 0 && slot < m_signature.positionalOnly)
            fail(u"got some positional-only arguments passed as keyword arguments: '%1'"_s.arg(name));
        fail(u"got an unexpected keyword argument '%1'"_s.arg(name));
    }

    [[noreturn]] void raiseTooMany()
    {
        const qsizetype given = m_arguments.size();
        const qsizetype defaults = m_parameters.defaults.size();
        const qsizetype most = m_signature.positional;
        qsizetype keywordsGiven = 0;
        for (int i = m_signature.positional; i < m_signature.positional + m_signature.keywordOnly; ++i)
            keywordsGiven += isUnbound(m_slots.at(i)) ? 0 : 1;
        const QString takes
            = defaults > 0 ? u"from %1 to %2"_s.arg(most - defaults).arg(most) : QString::number(most);
        const QString extra = keywordsGiven == 0
            ? QString()
            : u" positional argument%1 (and %2 keyword-only argument%3)"_s.arg(plural(given))
                  .arg(keywordsGiven)
                  .arg(plural(keywordsGiven));
        const bool isOne = most == 1 && defaults == 0;
        const QString were = given == 1 && keywordsGiven == 0 ? u"was"_s : u"were"_s;
        fail(u"takes %1 positional argument%2 but %3%4 %5 given"_s.arg(takes, isOne ? u""_s : u"s"_s)
                 .arg(given)
                 .arg(extra, were));
    }

    [[noreturn]] void fail(const QString &what)
    {
        raiseTypeError(m_parameters.qualifiedName + u"() "_s + what);
    }

    Interpreter &m_vm;
    const Parameters &m_parameters;
    const Signature &m_signature;
    Arguments m_arguments;
    QList<Value> m_slots;
};

} // namespace

QList<Value> bindArguments(Interpreter &vm, const Parameters &parameters, Arguments arguments)
{
    return Binder(vm, parameters, std::move(arguments)).bind();
}

void checkArity(const NativeObject &native, const Arguments &arguments)
{
    const NativeSpec &spec = native.spec;
    if (spec.takesAnything)
        return;
    const qsizetype selves = native.ownerName.isEmpty() ? 0 : 1;
    const qsizetype given = arguments.size() - selves;
    if (!arguments.keywords.isEmpty())
        raiseTypeError(u"%1() takes no keyword arguments"_s.arg(native.qualifiedName()));
    if (given >= spec.minimum && (spec.maximum < 0 || given <= spec.maximum))
        return;
    if (spec.maximum == 0)
        raiseTypeError(u"%1() takes no arguments (%2 given)"_s.arg(native.qualifiedName()).arg(given));
    if (spec.minimum == 1 && spec.maximum == 1)
        raiseTypeError(
            u"%1() takes exactly one argument (%2 given)"_s.arg(native.qualifiedName()).arg(given));
    const bool isExact = spec.minimum == spec.maximum;
    const qsizetype wanted = given < spec.minimum ? spec.minimum : spec.maximum;
    const QString bound = isExact ? u""_s : given < spec.minimum ? u"at least "_s : u"at most "_s;
    raiseTypeError(u"%1 expected %2%3 argument%4, got %5"_s.arg(native.name, bound)
                       .arg(wanted)
                       .arg(plural(wanted))
                       .arg(given));
}

} // namespace deferscope::script
