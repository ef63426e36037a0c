def plain(a, b=2, *args, c, d=4, **kwargs):
    print(a, b, args, c, d, kwargs)


plain(1, c=3)
plain(1, 2, 3, 4, c=5, e=6)
plain(*[1, 2, 3], **{"c": 1, "x": 2})
plain(c=1, a=2)


def only(a, /, b, *, c):
    return a + b + c


print(only(1, 2, c=3), only(1, b=2, c=3))


def attempt(call):
    try:
        print(call())
    except TypeError as error:
        print("TypeError:", error)


attempt(lambda: plain())
attempt(lambda: plain(1))
attempt(lambda: only(1, 2))
attempt(lambda: only(a=1, b=2, c=3))
attempt(lambda: only(1, 2, 3, c=4))
attempt(lambda: only())
attempt(lambda: (lambda x: x)())
attempt(lambda: (lambda x, y: x)())
attempt(lambda: (lambda x, y, z: x)())
attempt(lambda: (lambda: 1)(2))
attempt(lambda: (lambda x=1: 1)(2, 3))
attempt(lambda: plain(1, a=2, c=3))
attempt(lambda: (lambda: 1)(x=2))
attempt(lambda: 5())
attempt(lambda: None())
attempt(lambda: "x"(1))
attempt(lambda: len())
attempt(lambda: len(1, 2))
attempt(lambda: len(5))
attempt(lambda: plain(*5))
attempt(lambda: plain(**5))
attempt(lambda: plain(**{1: 2}))
attempt(lambda: plain(c=1, **{"c": 2}))


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    return step


step = counter()
other = counter()
print(step(), step(5), other(), step())
total = 0


def add(n):
    global total
    total += n


add(3)
add(4)
print(total)
funcs = [lambda: i for i in range(3)]
print([f() for f in funcs])
funcs = [lambda i=i: i for i in range(3)]
print([f() for f in funcs])


def default(x, seen=[]):
    seen.append(x)
    return seen


print(default(1), default(2), default(3, []))


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


print(fact(20))


def outer():
    x = "outer"

    def inner():
        def innermost():
            return x
        return innermost()
    x = "changed"
    return inner()


print(outer())


def early(n):
    for i in range(10):
        if i == n:
            return i
    return "none"


print(early(3), early(30), (lambda *a, **k: (a, k))(1, b=2))
print(plain.__name__, attempt.__name__, (lambda: 0).__name__)


def double(f):
    return lambda *a: f(*a) * 2


@double
def five():
    return 5


print(five())


def recursion(n):
    return recursion(n + 1)


try:
    recursion(0)
except RecursionError as error:
    print(error)


def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print(depth(1))
