x = "global"


def f():
    def g():
        return x
    x = "f"
    return g, lambda: x


g, h = f()
print(g(), h())


def shadow(print):
    print("called")


shadow(lambda t: print("shadowed", t))


class C:
    x = "class"
    y = x + "!"

    def method(self):
        return x

    values = [n for n in range(3)]


print(C.x, C.y, C().method(), C.values)


def make():
    fs = {}
    for name in ["a", "b"]:
        def inner(n=name):
            return n, name
        fs[name] = inner
    return fs


print({k: v() for k, v in make().items()})


def swap():
    a = 1

    def set_a(value):
        nonlocal a
        old, a = a, value
        return old

    return set_a, lambda: a


set_a, get_a = swap()
print(set_a(5), get_a(), set_a("z"), get_a())


def conditional(flag):
    if flag:
        value = 1
    try:
        return value
    except UnboundLocalError as e:
        return str(e)


print(conditional(True), conditional(False))


def cell_deleted():
    v = 1

    def use():
        return v
    del v
    try:
        use()
    except NameError as e:
        print(e)


cell_deleted()


def uses_global_later():
    return defined_later


defined_later = "yes"
print(uses_global_later())
del defined_later
try:
    uses_global_later()
except NameError as e:
    print(e)


def outer(a, b=lambda: "default"):
    c = [a]
    return [(lambda: (a, i, c, b()))() for i in range(2)]


print(outer(1))
len = lambda x: "my len"
print(len([1, 2]))
del len
print(len([1, 2]))
for i in range(3):
    pass
print(i)
[j for j in range(3)]
try:
    j
except NameError as e:
    print(e)
print((lambda x, *, y=x: (x, y))(1))
try:
    exec_name = undefined_function(1)
except NameError as e:
    print(e)
