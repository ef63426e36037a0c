// SPDX-License-Identifier: MIT
#include "catalogue.h"

#include "engine/script/deferredclass.h"
#include "engine/script/library.h"
#include "engine/script/modules.h"

namespace deferscope::script::catalogue {

using namespace Qt::StringLiterals;

namespace {

/// Builtins of Python's that are not run.
constexpr QStringView Missing[] = {
    u"__build_class__",
    u"__import__",
    u"aiter",
    u"anext",
    u"ascii",
    u"breakpoint",
    u"bytearray",
    u"bytes",
    u"compile",
    u"complex",
    u"delattr",
    u"dir",
    u"eval",
    u"exec",
    u"exit",
    u"globals",
    u"help",
    u"input",
    u"locals",
    u"memoryview",
    u"open",
    u"quit",
    u"vars",
    u"NotImplemented",
    u"Ellipsis",
    u"BaseExceptionGroup",
    u"ExceptionGroup",
    u"IOError",
    u"EnvironmentError",
};

const library::ModuleSpec *find(const QList<library::ModuleSpec> &modules, const QString &name)
{
    const auto found = std::find_if(modules.cbegin(), modules.cend(),
                                    [&name](const auto &spec) { return spec.name == name; });
    return found == modules.cend() ? nullptr : &*found;
}

bool hasMember(const ClassSpec &cls, const QString &name)
{
    const auto isNamed = [&name](const auto &member) { return member.name == name; };
    return std::any_of(cls.methods.begin(), cls.methods.end(), isNamed)
        || std::any_of(cls.properties.begin(), cls.properties.end(), isNamed);
}

} // namespace

bool hasModule(const QString &module) { return find(library::modules(), module); }

bool hasAttribute(const QString &module, const QString &name)
{
    const QList<library::ModuleSpec> modules = library::modules();
    const library::ModuleSpec *spec = find(modules, module);
    if (!spec)
        return false;
    if (!spec->instanceOf.isEmpty())
        return hasMember(library::reactorClass(), name);
    const auto isNamed = [&name](const auto &member) { return member.name == name; };
    const auto endsSo = [&name](QStringView qualified) {
        return qualified.sliced(qualified.lastIndexOf(u'.') + 1) == name;
    };
    const QList<const ExceptionType *> exceptions
        = spec->exceptions ? spec->exceptions() : QList<const ExceptionType *>();
    const auto isException = [&name](const ExceptionType *type) { return type->name() == name; };
    return std::any_of(spec->functions.begin(), spec->functions.end(), isNamed)
        || std::any_of(spec->classes.begin(), spec->classes.end(), endsSo)
        || std::any_of(exceptions.cbegin(), exceptions.cend(), isException)
        || std::find(spec->values.begin(), spec->values.end(), name) != spec->values.end()
        || name == u"__name__" || find(modules, module + u'.' + name);
}

bool isMissingBuiltin(const QString &name)
{
    return std::find(std::begin(Missing), std::end(Missing), name) != std::end(Missing);
}

} // namespace deferscope::script::catalogue
