class Point:
    """A point."""
    dimensions = 2

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return (self.x, self.y)[index]

    def __call__(self, n):
        return n * self.x

    def __lt__(self, other):
        return self.x < other.x

    def moved(self, dx):
        return Point(self.x + dx, self.y)


p = Point(1, 2)
print(p, [p], repr(p), str(p), p.x, p.y, p.dimensions, Point.dimensions)
print(p == Point(1, 2), p != Point(1, 2), p == 5, p + Point(1, 1), len(p), p[0], list(p), p(10))
print(p.moved(3), Point.moved(p, 4), isinstance(p, Point), type(p).__name__, Point.__name__)
print(sorted([Point(3), Point(1), Point(2)]), max([Point(1), Point(5)]))
p.x = 10
p.extra = "new"
print(p.x, p.extra, hasattr(p, "extra"), hasattr(p, "nope"))
del p.extra
try:
    p.extra
except AttributeError as e:
    print(e)
try:
    Point()
except TypeError as e:
    print(e)
try:
    Point.nope
except AttributeError as e:
    print(e)


class Animal:
    sound = "..."

    def __init__(self, name):
        self.name = name

    def speak(self):
        return self.name + " says " + self.sound

    def __str__(self):
        return "<" + self.name + ">"


class Dog(Animal):
    sound = "woof"

    def __init__(self, name, tricks=()):
        super().__init__(name)
        self.tricks = list(tricks)

    def speak(self):
        return super().speak() + "!"


d = Dog("Rex", ["sit"])
print(d, d.speak(), d.tricks, isinstance(d, Animal), issubclass(Dog, Animal), Animal("Tom").speak())
print(f"{d}", "%s" % d, "{}".format(d))


class MyError(Exception):
    pass


class Coded(MyError):
    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


class Shown(Exception):
    def __str__(self):
        return "shown " + str(self.args)


try:
    raise MyError("boom")
except MyError as e:
    print(repr(e), e, e.args, type(e).__name__)
try:
    raise Coded("bad", 42)
except MyError as e:
    print(repr(e), e, e.code, e.args)
try:
    raise Shown(1, 2)
except Shown as e:
    print(e)
try:
    raise MyError
except Exception as e:
    print(repr(e))
print(issubclass(Coded, Exception), isinstance(Coded("a", 1), MyError))


class Empty:
    pass


try:
    Empty(1)
except TypeError as e:
    print(e)
e = Empty()
e.value = 3
print(e.value, bool(e), e == e, e == Empty())


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


print(list(Countdown(3)), [x for x in Countdown(2)], sum(Countdown(4)))


class Box:
    def __init__(self):
        self.items = {}

    def __setitem__(self, k, v):
        self.items[k] = v

    def __contains__(self, k):
        return k in self.items

    def __bool__(self):
        return bool(self.items)


b = Box()
print(bool(b))
b["a"] = 1
print("a" in b, "b" in b, bool(b))
counter = [0]


class Counter:
    total = 0

    def hit(self):
        Counter.total += 1
        self.mine = getattr(self, "mine", 0) + 1
        return self


c = Counter().hit().hit()
print(Counter.total, c.mine, Counter().hit().mine, Counter.total)
f = c.hit
print(f().mine)


def factory(n):
    class Local:
        value = n

        def get(self):
            return n
    return Local


print(factory(5)().get(), factory(6).value)
