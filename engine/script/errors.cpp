// SPDX-License-Identifier: MIT
#include "errors.h"

#include <array>
#include <memory>
#include <vector>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// A builtin exception and its base, which stands above it or is one of the engine's.
struct Row
{
    QStringView name;
    QStringView base;
};

constexpr std::array Rows{
    Row{u"GeneratorExit", u"BaseException"},
    Row{u"KeyboardInterrupt", u"BaseException"},
    Row{u"SystemExit", u"BaseException"},
    Row{u"ArithmeticError", u"Exception"},
    Row{u"FloatingPointError", u"ArithmeticError"},
    Row{u"OverflowError", u"ArithmeticError"},
    Row{u"ZeroDivisionError", u"ArithmeticError"},
    Row{u"AttributeError", u"Exception"},
    Row{u"BufferError", u"Exception"},
    Row{u"EOFError", u"Exception"},
    Row{u"ImportError", u"Exception"},
    Row{u"ModuleNotFoundError", u"ImportError"},
    Row{u"LookupError", u"Exception"},
    Row{u"IndexError", u"LookupError"},
    Row{u"KeyError", u"LookupError"},
    Row{u"MemoryError", u"Exception"},
    Row{u"NameError", u"Exception"},
    Row{u"UnboundLocalError", u"NameError"},
    Row{u"OSError", u"Exception"},
    Row{u"BlockingIOError", u"OSError"},
    Row{u"ConnectionError", u"OSError"},
    Row{u"BrokenPipeError", u"ConnectionError"},
    Row{u"ConnectionAbortedError", u"ConnectionError"},
    Row{u"ConnectionRefusedError", u"ConnectionError"},
    Row{u"ConnectionResetError", u"ConnectionError"},
    Row{u"FileExistsError", u"OSError"},
    Row{u"FileNotFoundError", u"OSError"},
    Row{u"InterruptedError", u"OSError"},
    Row{u"IsADirectoryError", u"OSError"},
    Row{u"NotADirectoryError", u"OSError"},
    Row{u"PermissionError", u"OSError"},
    Row{u"ProcessLookupError", u"OSError"},
    Row{u"TimeoutError", u"OSError"},
    Row{u"NotImplementedError", u"RuntimeError"},
    Row{u"StopIteration", u"Exception"},
    Row{u"StopAsyncIteration", u"Exception"},
    Row{u"UnicodeError", u"ValueError"},
    Row{u"RuntimeWarning", u"Warning"},
    Row{u"UserWarning", u"Warning"},
};

QList<const ExceptionType *> ownedByEngine()
{
    return {&exceptions::baseException(),  &exceptions::exception(), &exceptions::runtimeError(),
            &exceptions::recursionError(), &exceptions::typeError(), &exceptions::valueError(),
            &exceptions::assertionError(), &exceptions::warning(),   &exceptions::deprecationWarning()};
}

const ExceptionType *find(const QList<const ExceptionType *> &types, QStringView name)
{
    const auto found = std::find_if(types.cbegin(), types.cend(),
                                    [name](const ExceptionType *type) { return type->name() == name; });
    Q_ASSERT(found != types.cend());
    return *found;
}

/// All of them; made once, never destroyed before what refers to them.
const QList<const ExceptionType *> &all()
{
    static const QList<const ExceptionType *> types = [] {
        static std::vector<std::unique_ptr<ExceptionType>> owned;
        QList<const ExceptionType *> result = ownedByEngine();
        for (const Row &row : Rows) {
            owned.push_back(
                std::make_unique<ExceptionType>(row.name.toString(), QString(), find(result, row.base)));
            result.append(owned.back().get());
        }
        return result;
    }();
    return types;
}

} // namespace

namespace errors {

const ExceptionType &assertionError()
{
    static const ExceptionType &type = *find(all(), u"AssertionError");
    return type;
}

const ExceptionType &attributeError()
{
    static const ExceptionType &type = *find(all(), u"AttributeError");
    return type;
}

const ExceptionType &indexError()
{
    static const ExceptionType &type = *find(all(), u"IndexError");
    return type;
}

const ExceptionType &keyError()
{
    static const ExceptionType &type = *find(all(), u"KeyError");
    return type;
}

const ExceptionType &nameError()
{
    static const ExceptionType &type = *find(all(), u"NameError");
    return type;
}

const ExceptionType &generatorExit()
{
    static const ExceptionType &type = *find(all(), u"GeneratorExit");
    return type;
}

const ExceptionType &overflowError()
{
    static const ExceptionType &type = *find(all(), u"OverflowError");
    return type;
}

const ExceptionType &stopIteration()
{
    static const ExceptionType &type = *find(all(), u"StopIteration");
    return type;
}

const ExceptionType &systemExit()
{
    static const ExceptionType &type = *find(all(), u"SystemExit");
    return type;
}

const ExceptionType &unboundLocalError()
{
    static const ExceptionType &type = *find(all(), u"UnboundLocalError");
    return type;
}

const ExceptionType &zeroDivisionError()
{
    static const ExceptionType &type = *find(all(), u"ZeroDivisionError");
    return type;
}

QList<const ExceptionType *> builtins() { return all(); }

} // namespace errors

void raise(const ExceptionType &type, const QString &message)
{
    throw RaisedError(ExceptionRef(new ScriptException(type, {message})));
}

void raiseTypeError(const QString &message) { raise(exceptions::typeError(), message); }
void raiseValueError(const QString &message) { raise(exceptions::valueError(), message); }

void forgetOldCauses(Exception &exception)
{
    constexpr int LongestChain = 500;
    Exception *older = &exception;
    for (int length = 0; older && length < LongestChain; ++length)
        older = older->cause ? older->cause.data() : older->context.data();
    if (older) {
        older->cause.reset();
        older->context.reset();
    }
}

QString ScriptException::str() const
{
    if (args.size() == 1 && type().isA(errors::keyError()))
        return deferscope::repr(args.constFirst());
    return Exception::str();
}

} // namespace deferscope::script
