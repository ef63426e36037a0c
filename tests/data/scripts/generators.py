# Generators: loops over them, send(), throw(), close(), yield from, generator expressions.
def count(n):
    print("start")
    for i in range(n):
        got = yield i
        if got is not None:
            print("got", got)
    print("end")
    return "done"


for i in count(3):
    print(i)
print(list(count(2)), sum(x * x for x in range(4)))

g = count(2)
print(next(g), g.send("hello"))
try:
    g.send("more")
except StopIteration as e:
    print("stopped", e.value)
try:
    next(g)
except StopIteration as e:
    print("again", repr(e))
try:
    count(1).send(1)
except TypeError as e:
    print(e)


def outer():
    result = yield from count(2)
    print("inner gave", result)
    yield from [7, 8]
    try:
        yield "waiting"
    except ValueError as e:
        print("caught", repr(e))
        yield "recovered"
    finally:
        print("finally")


print(list(outer()))
g = outer()
for value in g:
    if value == "waiting":
        print(g.throw(ValueError("thrown")))
        break
g.close()


def inner_throw():
    try:
        yield 1
    except KeyError:
        print("inner caught")
        yield 2
    return "inner result"


def delegating():
    r = yield from inner_throw()
    print("r", r)
    yield 3


g = delegating()
print(next(g), g.throw(KeyError), next(g))
try:
    g.throw(RuntimeError("out"))
except RuntimeError as e:
    print(repr(e))


def bad():
    yield 1
    raise StopIteration("x")


try:
    list(bad())
except RuntimeError as e:
    print(e, repr(e.__cause__))


def closing():
    try:
        yield 1
    finally:
        print("closed")


g = closing()
next(g)
g.close()
g.close()
print((x for x in [1]).__class__.__name__, type(closing()).__name__)
print(list((a, b) for a in range(3) if a for b in "xy"), any(x > 2 for x in [1, 5]), ", ".join(str(n) for n in (1, 2)))


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


for n in fibonacci():
    if n > 50:
        break
    print(n, end=" ")
print()


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


print(list(tree(4)))


def itself():
    try:
        next(me)
    except ValueError as e:
        print(e)
    yield 1


me = itself()
print(next(me))
print(dict((k, v) for k, v in [("a", 1)]), max(len(w) for w in ["a", "bcd"]), sorted(x for x in (3, 1, 2)))
a, *b = (n for n in range(4))
print(a, b)
