# Methods with two underscores on each side.
class A:
    count = 0
    def __init__(self, x): self.x = x; A.count += 1
    def __repr__(self): return f"A({self.x!r})"
    def __eq__(self, o): return isinstance(o, A) and o.x == self.x
    def __lt__(self, o): return self.x < o.x
    def __len__(self): return 3
    def __getitem__(self, i): return i*2
    def __contains__(self, v): return v == 7
    def __iter__(self):
        yield 1
        yield 2
    def __call__(self, *a, **k): return (a, k)
    def __add__(self, o): return A(self.x + o.x)
    def __radd__(self, o): return A(o + self.x)
    def __bool__(self): return False
    def __neg__(self): return A(-self.x)
    def __getattr__(self, n): return "attr " + n
a = A(1); b = A(2)
print(a + b, 5 + a, -a, a == A(1), a != b, a < b, sorted([b, a]), len(a), a[4], 7 in a, list(a), a(1, k=2), bool(a), a.foo, A.count)
class B(A):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y
    def __str__(self): return "B!"
b = B(1, 2)
print(b, repr(b), isinstance(b, A), issubclass(B, A), B.__mro__ if False else "", B.__name__, type(b).__name__)
