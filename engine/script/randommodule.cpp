// SPDX-License-Identifier: MIT
#include "modules.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/randomobject.h"
#include "engine/script/set.h"

#include <QCryptographicHash>
#include <QSet>

#include <bit>
#include <cmath>
#include <numbers>

namespace deferscope::script {

using namespace Qt::StringLiterals;

// ---- the generator: the Mersenne Twister with Python's ways of seeding it ----

RandomObject::RandomObject(Heap &heap)
    : ScriptObject(heap, Type)
{
    seed({0});
}

void RandomObject::seed(const std::vector<quint32> &key)
{
    m_state[0] = 19650218U;
    for (size_t i = 1; i < Size; ++i)
        m_state[i] = 1812433253U * (m_state[i - 1] ^ (m_state[i - 1] >> 30)) + quint32(i);
    size_t i = 1;
    size_t j = 0;
    const auto advance = [this, &i] {
        if (++i >= Size) {
            m_state[0] = m_state[Size - 1];
            i = 1;
        }
    };
    for (size_t k = std::max(Size, key.size()); k > 0; --k) {
        m_state[i]
            = (m_state[i] ^ ((m_state[i - 1] ^ (m_state[i - 1] >> 30)) * 1664525U)) + key[j] + quint32(j);
        advance();
        j = (j + 1) % key.size();
    }
    for (size_t k = Size - 1; k > 0; --k) {
        m_state[i] = (m_state[i] ^ ((m_state[i - 1] ^ (m_state[i - 1] >> 30)) * 1566083941U)) - quint32(i);
        advance();
    }
    m_state[0] = 0x80000000U;
    m_next = Size;
    nextGauss.reset();
}

quint32 RandomObject::word()
{
    if (m_next >= Size) {
        for (size_t i = 0; i < Size; ++i) {
            const quint32 mixed = (m_state[i] & 0x80000000U) | (m_state[(i + 1) % Size] & 0x7fffffffU);
            m_state[i] = m_state[(i + 397) % Size] ^ (mixed >> 1) ^ (mixed & 1U ? 0x9908b0dfU : 0U);
        }
        m_next = 0;
    }
    quint32 y = m_state[m_next++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680U;
    y ^= (y << 15) & 0xefc60000U;
    return y ^ (y >> 18);
}

double RandomObject::unit()
{
    const quint32 a = word() >> 5;
    const quint32 b = word() >> 6;
    return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
}

quint64 RandomObject::bits(int count)
{
    if (count <= 32)
        return word() >> (32 - count);
    const quint64 low = word();
    return low | quint64(word() >> (64 - count)) << 32;
}

quint64 RandomObject::below(quint64 limit)
{
    if (limit == 0)
        return 0;
    const auto count = static_cast<int>(std::bit_width(limit));
    quint64 number = bits(count);
    while (number >= limit)
        number = bits(count);
    return number;
}

namespace library {

namespace {

/// The functions of the module are methods of one object that nobody sees.
RandomObject &self(const Arguments &arguments)
{
    auto *object = as<RandomObject>(arguments.at(0));
    if (!object)
        raiseTypeError(u"a Random is needed, not '%1'"_s.arg(arguments.at(0).typeName()));
    return *object;
}

double real(const Value &value)
{
    if (!isNumber(value))
        raiseTypeError(u"must be real number, not %1"_s.arg(value.typeName()));
    return toNumber(value);
}

qint64 whole(const Value &value)
{
    if (!isInteger(value))
        raiseTypeError(u"'%1' object cannot be interpreted as an integer"_s.arg(value.typeName()));
    return toInteger(value);
}

std::vector<quint32> wordsOf(quint64 number)
{
    std::vector<quint32> words{quint32(number)};
    if (number >> 32)
        words.push_back(quint32(number >> 32));
    return words;
}

/// A text is its bytes with their SHA-512 behind them, read as one large number.
std::vector<quint32> wordsOf(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    bytes += QCryptographicHash::hash(bytes, QCryptographicHash::Sha512);
    std::vector<quint32> words;
    for (qsizetype end = bytes.size(); end > 0; end -= 4) {
        quint32 number = 0;
        for (qsizetype at = qMax(qsizetype(0), end - 4); at < end; ++at)
            number = number << 8 | quint8(bytes.at(at));
        words.push_back(number);
    }
    while (words.size() > 1 && words.back() == 0)
        words.pop_back();
    return words;
}

void seedWith(RandomObject &random, const Value &seed)
{
    if (seed.isNone())
        random.seed({0}); // every run prints the same
    else if (seed.kind() == Value::Kind::String)
        random.seed(wordsOf(seed.toString()));
    else if (isInteger(seed))
        random.seed(wordsOf(quint64(std::abs(toInteger(seed)))));
    else if (seed.kind() == Value::Kind::Float)
        random.seed(wordsOf(quint64(tableHashOf(seed))));
    else
        raiseTypeError(u"The only supported seed types are: None,\nint, float, str, bytes, and bytearray."_s);
}

Value makeRandom(Interpreter &vm, const Arguments &arguments)
{
    vm.reserve(4096);
    auto *object = new RandomObject(vm.heap());
    const ObjectRef held(object);
    seedWith(*object, arguments.at(1));
    return held;
}

Value seed(Interpreter &, const Arguments &arguments)
{
    seedWith(self(arguments), arguments.at(1));
    return {};
}

Value random(Interpreter &, const Arguments &arguments) { return self(arguments).unit(); }

Value getBits(Interpreter &, const Arguments &arguments)
{
    const qint64 count = whole(arguments.at(1));
    if (count < 0)
        raiseValueError(u"number of bits must be non-negative"_s);
    if (count > 63)
        raise(errors::overflowError(), u"integers of more than 64 bits are not run here"_s);
    return count == 0 ? qint64(0) : qint64(self(arguments).bits(int(count)));
}

Value fromRange(RandomObject &random, qint64 start, qint64 stop, qint64 step)
{
    const qint64 width = stop - start;
    if (step == 1) {
        if (width <= 0)
            raiseValueError(u"empty range for randrange() (%1, %2, %3)"_s.arg(start).arg(stop).arg(width));
        return start + qint64(random.below(quint64(width)));
    }
    if (step == 0)
        raiseValueError(u"zero step for randrange()"_s);
    const qint64 count = step > 0 ? (width + step - 1) / step : (width + step + 1) / step;
    if (count <= 0)
        raiseValueError(u"empty range for randrange()"_s);
    return start + step * qint64(random.below(quint64(count)));
}

Value randomRange(Interpreter &, const Arguments &arguments)
{
    const qint64 first = whole(arguments.at(1));
    const bool hasStop = !arguments.at(2).isNone();
    if (!hasStop && first <= 0)
        raiseValueError(u"empty range for randrange()"_s);
    return fromRange(self(arguments), hasStop ? first : 0, hasStop ? whole(arguments.at(2)) : first,
                     whole(arguments.at(3)));
}

Value randomInteger(Interpreter &, const Arguments &arguments)
{
    return fromRange(self(arguments), whole(arguments.at(1)), whole(arguments.at(2)) + 1, 1);
}

Value choice(Interpreter &vm, const Arguments &arguments)
{
    const qint64 length = lengthOf(vm, arguments.at(1));
    if (length == 0)
        raise(errors::indexError(), u"Cannot choose from an empty sequence"_s);
    return subscript(vm, arguments.at(1), qint64(self(arguments).below(quint64(length))));
}

Value choices(Interpreter &vm, const Arguments &arguments)
{
    const QList<Value> population = toList(vm, arguments.at(1));
    const qint64 count = whole(arguments.at(3));
    QList<double> sums;
    if (!arguments.at(2).isNone()) {
        for (const Value &weight : toList(vm, arguments.at(2)))
            sums.append((sums.isEmpty() ? 0 : sums.constLast()) + real(weight));
        if (sums.size() != population.size())
            raiseValueError(u"The number of weights does not match the population"_s);
    }
    if (population.isEmpty())
        raise(errors::indexError(), u"list index out of range"_s);
    QList<Value> chosen;
    for (qint64 i = 0; i < count; ++i) {
        vm.reserve(sizeof(Value));
        const double place = self(arguments).unit();
        const auto found
            = std::upper_bound(sums.cbegin(), sums.cend(), place * (sums.isEmpty() ? 0 : sums.constLast()));
        const qsizetype index = sums.isEmpty() ? qsizetype(place * double(population.size()))
                                               : std::min(found - sums.cbegin(), population.size() - 1);
        chosen.append(population.at(index));
    }
    return vm.list(chosen);
}

Value shuffle(Interpreter &vm, const Arguments &arguments)
{
    Sequence *list = asList(arguments.at(1));
    if (!list)
        raiseTypeError(u"'%1' object does not support item assignment"_s.arg(arguments.at(1).typeName()));
    checkMutable(vm, *list);
    for (qsizetype i = list->items.size() - 1; i > 0; --i)
        list->items.swapItemsAt(i, qsizetype(self(arguments).below(quint64(i + 1))));
    return {};
}

Value sample(Interpreter &vm, const Arguments &arguments)
{
    if (as<SetObject>(arguments.at(1)))
        raiseTypeError(u"Population must be a sequence.  For dicts or sets, use sorted(d)."_s);
    QList<Value> pool = toList(vm, arguments.at(1));
    const qint64 n = pool.size();
    const qint64 count = whole(arguments.at(2));
    if (count < 0 || count > n)
        raiseValueError(u"Sample larger than population or is negative"_s);
    QList<Value> chosen;
    double setSize = 21;
    if (count > 5)
        setSize += std::pow(4, std::ceil(std::log(double(count) * 3) / std::log(4.0)));
    if (double(n) <= setSize) {
        for (qint64 i = 0; i < count; ++i) {
            const auto at = qsizetype(self(arguments).below(quint64(n - i)));
            chosen.append(pool.at(at));
            pool[at] = pool.at(n - i - 1);
        }
        return vm.list(chosen);
    }
    QSet<quint64> seen;
    for (qint64 i = 0; i < count; ++i) {
        quint64 at = self(arguments).below(quint64(n));
        while (seen.contains(at))
            at = self(arguments).below(quint64(n));
        seen.insert(at);
        chosen.append(pool.at(qsizetype(at)));
    }
    return vm.list(chosen);
}

Value uniform(Interpreter &, const Arguments &arguments)
{
    const double a = real(arguments.at(1));
    return a + (real(arguments.at(2)) - a) * self(arguments).unit();
}

Value gauss(Interpreter &, const Arguments &arguments)
{
    RandomObject &random = self(arguments);
    auto z = std::exchange(random.nextGauss, std::nullopt);
    if (!z) {
        const double turn = random.unit() * 2 * std::numbers::pi;
        const double radius = std::sqrt(-2.0 * std::log(1.0 - random.unit()));
        z = std::cos(turn) * radius;
        random.nextGauss = std::sin(turn) * radius;
    }
    return real(arguments.at(1)) + *z * real(arguments.at(2));
}

Value normal(Interpreter &, const Arguments &arguments)
{
    RandomObject &random = self(arguments);
    const double magic = 4 * std::exp(-0.5) / std::sqrt(2.0);
    while (true) {
        const double first = random.unit();
        const double second = 1.0 - random.unit();
        const double z = magic * (first - 0.5) / second;
        if (z * z / 4.0 <= -std::log(second))
            return real(arguments.at(1)) + z * real(arguments.at(2));
    }
}

Value exponential(Interpreter &, const Arguments &arguments)
{
    return -std::log(1.0 - self(arguments).unit()) / real(arguments.at(1));
}

constexpr NativeSpec Methods[] = {
    {.name = u"seed", .function = seed, .signature = u"self, a=None"},
    {.name = u"random", .function = random, .signature = u"self"},
    {.name = u"getrandbits", .function = getBits, .signature = u"self, k"},
    {.name = u"randrange", .function = randomRange, .signature = u"self, start, stop=None, step=1"},
    {.name = u"randint", .function = randomInteger, .signature = u"self, a, b"},
    {.name = u"choice", .function = choice, .signature = u"self, seq"},
    {.name = u"choices", .function = choices, .signature = u"self, population, weights=None, k=1"},
    {.name = u"shuffle", .function = shuffle, .signature = u"self, x"},
    {.name = u"sample", .function = sample, .signature = u"self, population, k"},
    {.name = u"uniform", .function = uniform, .signature = u"self, a, b"},
    {.name = u"gauss", .function = gauss, .signature = u"self, mu=0.0, sigma=1.0"},
    {.name = u"normalvariate", .function = normal, .signature = u"self, mu=0.0, sigma=1.0"},
    {.name = u"expovariate", .function = exponential, .signature = u"self, lambd=1.0"},
};

constexpr QStringView Names[]
    = {u"seed",    u"random", u"getrandbits", u"randrange", u"randint",       u"choice",     u"choices",
       u"shuffle", u"sample", u"uniform",     u"gauss",     u"normalvariate", u"expovariate"};
constexpr QStringView Classes[] = {u"random.Random"};

void fill(Interpreter &vm, ModuleObject &module)
{
    const Value shared = ObjectRef(new RandomObject(vm.heap()));
    for (const QStringView name : Names)
        module.attributes.insert(name.toString(), attribute(vm, shared, name.toString()));
}

} // namespace

ClassSpec randomClass()
{
    return {.name = u"Random",
            .module = u"random",
            .construct = {.name = u"Random", .function = makeRandom, .signature = u"self, x=None"},
            .methods = Methods};
}

ModuleSpec randomModule() { return {.name = u"random", .classes = Classes, .values = Names, .fill = fill}; }

} // namespace library

} // namespace deferscope::script
