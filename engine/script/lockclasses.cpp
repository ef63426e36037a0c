// SPDX-License-Identifier: MIT
#include "lockclasses.h"

#include "engine/deferred/locks.h"
#include "engine/script/deferredbridge.h"
#include "engine/script/dict.h"
#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/twistederrors.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

class LockObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Lock;
    LockObject(Heap &heap, DeferredSemaphore heldTokens, bool isOnlyOne)
        : ScriptObject(heap, Type)
        , tokens(std::move(heldTokens))
        , isLock(isOnlyOne)
    {
    }

    QString typeName() const override { return isLock ? u"DeferredLock"_s : u"DeferredSemaphore"_s; }
    QString repr() const override
    {
        return u"<twisted.internet.defer.%1 object at %2>"_s.arg(typeName(), address());
    }
    void visit(const std::function<void(const Value &)> &visitor) const override
    {
        for (const Deferred &waiter : tokens.waiting())
            visitor(waiter);
    }

    DeferredSemaphore tokens;
    const bool isLock;
};

class QueueObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Queue;
    QueueObject(Heap &heap, DeferredQueue heldQueue, Value maximumSize, Value maximumBacklog)
        : ScriptObject(heap, Type)
        , queue(std::move(heldQueue))
        , size(std::move(maximumSize))
        , backlog(std::move(maximumBacklog))
    {
    }

    QString typeName() const override { return u"DeferredQueue"_s; }
    QString repr() const override
    {
        return u"<twisted.internet.defer.DeferredQueue object at %1>"_s.arg(address());
    }
    void visit(const std::function<void(const Value &)> &visitor) const override
    {
        for (const Deferred &waiter : queue.waiting())
            visitor(waiter);
        std::for_each(queue.pending().cbegin(), queue.pending().cend(), visitor);
    }

    DeferredQueue queue;
    const Value size;
    const Value backlog;
};

LockObject &lockOf(const Value &value)
{
    auto *object = as<LockObject>(value);
    if (!object)
        raiseTypeError(u"a lock is needed, not '%1'"_s.arg(value.typeName()));
    return *object;
}

QueueObject &queueOf(const Value &value)
{
    auto *object = as<QueueObject>(value);
    if (!object)
        raiseTypeError(u"a DeferredQueue is needed, not '%1'"_s.arg(value.typeName()));
    return *object;
}

Value makeLock(Interpreter &vm, const Arguments &)
{
    return ObjectRef(new LockObject(vm.heap(), DeferredLock(&vm.engine()), true));
}

Value makeSemaphore(Interpreter &vm, const Arguments &arguments)
{
    const Value &tokens = arguments.at(1);
    if (!isInteger(tokens))
        raiseTypeError(u"'<' not supported between instances of '%1' and 'int'"_s.arg(tokens.typeName()));
    const int count = int(std::clamp(toInteger(tokens), qint64(0), qint64(1'000'000'000)));
    return ObjectRef(new LockObject(vm.heap(), DeferredSemaphore(count, &vm.engine()), false));
}

Value acquire(Interpreter &, const Arguments &arguments)
{
    return lockOf(arguments.at(0)).tokens.acquire(arguments.at(0));
}

Value release(Interpreter &, const Arguments &arguments)
{
    lockOf(arguments.at(0)).tokens.release();
    return {};
}

Value runLocked(Interpreter &vm, const Arguments &arguments)
{
    Arguments given{asTuple(arguments.at(2))->items, {}};
    for (const DictObject::Entry &entry : as<DictObject>(arguments.at(3))->entries())
        given.keywords.append({entry.key.toString(), entry.value});
    const auto held = hold(vm, arguments.at(1), std::move(given));
    return lockOf(arguments.at(0))
        .tokens.run([&vm, held] { return callForOutcome(vm, held->function, held->arguments); },
                    arguments.at(0));
}

Value waitingFor(Interpreter &vm, const QList<Deferred> &waiting)
{
    QList<Value> items;
    for (const Deferred &waiter : waiting)
        items.append(waiter);
    return vm.list(items);
}

Value makeQueue(Interpreter &vm, const Arguments &arguments)
{
    const auto limit = [&arguments](int index) {
        const Value &value = arguments.at(index);
        return isInteger(value) ? std::optional(int(toInteger(value))) : std::nullopt;
    };
    return ObjectRef(new QueueObject(vm.heap(), DeferredQueue(limit(1), limit(2), &vm.engine()),
                                     arguments.at(1), arguments.at(2)));
}

Value put(Interpreter &, const Arguments &arguments)
{
    queueOf(arguments.at(0)).queue.put(arguments.at(1));
    return {};
}

Value get(Interpreter &, const Arguments &arguments) { return queueOf(arguments.at(0)).queue.get(); }

constexpr NativeSpec LockMethods[] = {
    {.name = u"acquire", .function = acquire, .signature = u"self"},
    {.name = u"release", .function = release, .signature = u"self"},
    {.name = u"run", .function = runLocked, .signature = u"self, f, *args, **kwargs"},
};

constexpr NativeSpec QueueMethods[] = {
    {.name = u"put", .function = put, .signature = u"self, obj"},
    {.name = u"get", .function = get, .signature = u"self"},
};

constexpr PropertySpec LockProperties[] = {
    {u"locked", [](Interpreter &, const Value &lock) -> Value { return lockOf(lock).tokens.tokens() == 0; }},
    {u"waiting",
     [](Interpreter &vm, const Value &lock) { return waitingFor(vm, lockOf(lock).tokens.waiting()); }},
};

constexpr PropertySpec SemaphoreProperties[] = {
    {u"tokens",
     [](Interpreter &, const Value &lock) -> Value { return qint64(lockOf(lock).tokens.tokens()); }},
    {u"limit", [](Interpreter &, const Value &lock) -> Value { return qint64(lockOf(lock).tokens.limit()); }},
    {u"waiting",
     [](Interpreter &vm, const Value &lock) { return waitingFor(vm, lockOf(lock).tokens.waiting()); }},
};

constexpr PropertySpec QueueProperties[] = {
    {u"pending", [](Interpreter &vm, const Value &queue) { return vm.list(queueOf(queue).queue.pending()); }},
    {u"waiting",
     [](Interpreter &vm, const Value &queue) { return waitingFor(vm, queueOf(queue).queue.waiting()); }},
    {u"size", [](Interpreter &, const Value &queue) { return queueOf(queue).size; }},
    {u"backlog", [](Interpreter &, const Value &queue) { return queueOf(queue).backlog; }},
};

constexpr QStringView DeferModule = u"twisted.internet.defer";

} // namespace

namespace library {

QList<ClassSpec> lockClasses()
{
    return {
        {.name = u"DeferredLock",
         .module = DeferModule,
         .construct = {.name = u"DeferredLock", .function = makeLock, .signature = u"self"},
         .methods = LockMethods,
         .properties = LockProperties},
        {.name = u"DeferredSemaphore",
         .module = DeferModule,
         .construct = {.name = u"DeferredSemaphore", .function = makeSemaphore, .signature = u"self, tokens"},
         .methods = LockMethods,
         .properties = SemaphoreProperties},
        {.name = u"DeferredQueue",
         .module = DeferModule,
         .construct
         = {.name = u"DeferredQueue", .function = makeQueue, .signature = u"self, size=None, backlog=None"},
         .methods = QueueMethods,
         .properties = QueueProperties}};
}

} // namespace library

} // namespace deferscope::script
