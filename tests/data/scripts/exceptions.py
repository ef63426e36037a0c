def f(kind):
    try:
        print("try", kind)
        if kind == 1:
            raise ValueError("one")
        if kind == 2:
            raise KeyError("two")
        if kind == 3:
            return "returned"
        if kind == 4:
            {}["missing"]
    except ValueError as error:
        print("except", error, repr(error), error.args)
        return "handled"
    except (KeyError, IndexError) as error:
        print("lookup", error, repr(error))
    else:
        print("else")
    finally:
        print("finally")
    return "end"


for kind in range(5):
    print(f(kind))


def g():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            print("body", i)
        finally:
            print("finally", i)
    try:
        return "from try"
    finally:
        print("on the way")


print(g())


def override():
    try:
        return 1
    finally:
        return 2


print(override())


def loops():
    while True:
        try:
            try:
                raise ValueError("inner")
            finally:
                print("inner finally")
        except ValueError:
            print("outer except")
            break
        finally:
            print("outer finally")
    for x in [1, 2]:
        try:
            for y in [3, 4]:
                try:
                    return x, y
                finally:
                    print("a", x, y)
        finally:
            print("b", x)


print(loops())

try:
    try:
        raise ValueError("first")
    except ValueError as error:
        raise TypeError("second") from error
except TypeError as error:
    print(repr(error), repr(error.__cause__), repr(error.__context__))
try:
    try:
        1 / 0
    except ZeroDivisionError:
        undefined
except NameError as error:
    print(error, "|", repr(error.__context__))
try:
    try:
        raise ValueError("again")
    except ValueError:
        raise
except Exception as error:
    print("reraised", type(error).__name__, error)
try:
    raise ValueError
except ValueError as error:
    print(repr(error), str(error) == "", error.args)
try:
    raise "text"
except TypeError as error:
    print(error)
try:
    raise
except RuntimeError as error:
    print(error)
try:
    try:
        raise KeyError("k")
    except ValueError:
        print("wrong")
except KeyError as error:
    print("right", error)
try:
    error
except NameError as problem:
    print(problem)


def attempt(call):
    try:
        print(call())
    except Exception as problem:
        print(type(problem).__name__ + ":", problem)


def local():
    print(value)
    value = 1


attempt(local)
attempt(lambda: nothing)
attempt(lambda: None.x)
attempt(lambda: [].foo)
attempt(lambda: (1).foo)
attempt(lambda: [1][5])
attempt(lambda: (1,)[5])
attempt(lambda: "a"[5])
attempt(lambda: {}["k"])
attempt(lambda: {1: 2}[3])
attempt(lambda: 1 + "a")
attempt(lambda: "a" + 1)
attempt(lambda: [1] + (2,))
attempt(lambda: (1,) + [2])
attempt(lambda: {} + 1)
attempt(lambda: None - 1)
attempt(lambda: 1 < "a")
attempt(lambda: [] < {})
attempt(lambda: -"a")
attempt(lambda: 1 in 5)
attempt(lambda: 5 in "abc")
attempt(lambda: 1 // 0)
attempt(lambda: 1 % 0)
attempt(lambda: 1 / 0)
attempt(lambda: 1.5 / 0)
attempt(lambda: 1.5 // 0)
attempt(lambda: 1.5 % 0)
attempt(lambda: 0 ** -1)
attempt(lambda: int("x"))
attempt(lambda: int("12", 99))
attempt(lambda: float("y"))
attempt(lambda: int([]))
attempt(lambda: None[0])
attempt(lambda: {}[[]])
attempt(lambda: {[]: 1})
attempt(lambda: "a" * "b")
attempt(lambda: [1, 2, 3]["x"])
attempt(lambda: "abc"["x"])
attempt(lambda: for_loop())
attempt(lambda: [].pop())
attempt(lambda: [].remove(1))
attempt(lambda: [].index(1))
attempt(lambda: {}.pop("a"))
attempt(lambda: min([]))
attempt(lambda: max())
attempt(lambda: sum(["a"]))
attempt(lambda: list(5))
attempt(lambda: dict(5))
attempt(lambda: dict([1]))
attempt(lambda: sorted([1, "a"]))
attempt(lambda: ",".join([1]))
attempt(lambda: ",".join(5))
attempt(lambda: isinstance(1, 2))
attempt(lambda: range("a"))
attempt(lambda: range(1, 2, 0))
attempt(lambda: chr(-1))
attempt(lambda: ord("ab"))
attempt(lambda: [1, 2, 3][::0])
attempt(lambda: "%d" % "a")
attempt(lambda: "%d %d" % 1)
attempt(lambda: "%d" % (1, 2))
attempt(lambda: "{} {}".format(1))
attempt(lambda: "{x}".format(1))
attempt(lambda: "{:d}".format("a"))
attempt(lambda: "{:s}".format(1))
attempt(lambda: [].append())
attempt(lambda: [].append(1, 2))
attempt(lambda: "a".split(1))
attempt(lambda: "a".foo())
attempt(lambda: print(1, foo=2))
attempt(lambda: print(1, sep=2))
attempt(lambda: round("a"))
attempt(lambda: abs("a"))
attempt(lambda: hash([]))
attempt(lambda: next(5))
attempt(lambda: next(iter([])))
attempt(lambda: next(iter([]), "default"))


def unpack():
    a, b = 1, 2, 3


attempt(unpack)


def unpack2():
    a, b, c = [1, 2]


attempt(unpack2)


def unpack3():
    a, b = 5


attempt(unpack3)


def unpack4():
    a, *b, c = [1]


attempt(unpack4)


def item():
    (1, 2)[0] = 3


attempt(item)


def item2():
    [1][4] = 3


attempt(item2)


def item3():
    del (1, 2)[0]


attempt(item3)


def attr():
    (5).x = 3


attempt(attr)


def free():
    def inner():
        return later
    inner()
    later = 1


attempt(free)


def deleted():
    x = 1
    del x
    return x


attempt(deleted)
print(issubclass(KeyError, LookupError), isinstance(KeyError(), LookupError), issubclass(KeyError, (int, Exception)))
print(ValueError("a", 1), repr(ValueError("a", 1)), str(KeyError("k")), KeyError("k", 1))
print(ValueError.__name__, type(ValueError()), ValueError)
