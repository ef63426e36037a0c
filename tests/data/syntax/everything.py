# Each construct of the grammar at least once, and the places where readers of Python go wrong.
"""doc"""
from __future__ import annotations
import a, b.c as d
from . import e
from .. f import (g, h as i,)
from ...j import *

x = y = 1, 2,
x, *y = (z), [w] = a
x += yield_ if a else b
x: int
x.y: "str" = 1
(x): int = 2
x[0]: int
del x, y[0], (z, w)
global q
assert x, "no"; pass ; pass
if x: pass
elif y: pass; pass
else: pass
for x, in y: break
else: continue_ = 1
for x, *y in 1, *z: continue
while (n := f()) > 0:
    break
else:
    pass
try:
    raise
except (A, B) as e:
    raise C from e
except D:
    raise C
else:
    pass
finally:
    pass
try: pass
finally: pass
with a: pass
with a as b, c as (d, e), (f) as g: pass
with (a as b, c): pass
with (a, b,): pass
with (a), b: pass
with (a, b) as c: pass
with (a).b as c[0]: pass


@a.b(c)
@(lambda f: f)
class A(B, *C, metaclass=D, **E):
    x = 1

    @property
    async def f(self, a, /, b: int = 1, *c: str, d, e=2, **f) -> None:
        async with a as b, c:
            async for d in e:
                await f
            else:
                pass
        return [x async for x in y if await z]


def g(*, a, b=1): yield; x = yield; y = yield a, b; yield from c; z = (yield)
def h(*a: *b): return *a, b
def i(a, /): return
def j(a=1, /, b=2, *, c): nonlocal_ = lambda: (yield)

lambda: 0, lambda a, *b, c=1, **d: (a, b), lambda *, a: a, lambda a, /: a
a if b else c if d else e
not a or b and not c
a < b <= c == d != e > f >= g in h not in i is j is not k
a | b ^ c & d << e >> f + g - h * i / j // k % l @ m
-a ** -b, +-~a, not not a, -1 ** 2, (-1) ** 2, await_ ** 2, a ** b ** c
a - b - c, a - (b - c), ((a)), (), (a,), [], [a,], {}, {a}, {a, *b}, {a: b, **c, }, {**a}
a.b[c](d)[e:f, ::g, :, h:, *i, ...][j,].k
a[b:=1], a[(b, c)], a[b, c], a[b,], a[*b], a[::], a[1:2:3]
f(), f(a, *b, c=d, *e, **g, h=i), f(a for a in b), f(a := 1), f(a)(b)(c), f(*a or b, **c or d)
[a for b in c], {a for b in c}, {a: b for c in d}, (a for b in c)
[a for b, c in d if e if f or g for h in i], [a for b in c or d], [lambda: a for a in b], [a, *b, (c := d)]
{a: b if c else d for e in f}, {a if b else c: lambda: d}
1_000, 0xFF, 0o17, 0b1_0, 00, 1.5, .5, 5., 1e10, 1E-3, 1.5e+3j, 0j, 1_0.0_1, 0_0, 1if x else 2, 0xfor x
'a' "b" 'c\n\x41\u0041\U00000041\101\0\
d', r'\n', b'\x00\377' B"a" rb'\n' bR'\'', u'é', '\q', '''a'
"b" ''', r'\'', ''
f'', f'a', f'{a}', f'{{}}', f'{a}{b}', f'{a!r}', f'{a:>{b}}', f'{a!s:{b}.{c!r}}', f'{a=}', f'{ a = !r:>3}', f'{a = }'
f'{a["b"]}', f'{a:{{}}}' if 0 else 1, f'{lambda_(x)}' 'b' f'{c}', rf'\{a}\n', f'\{a}\n', f'{a != b}{a == b}{a <= b}'
f'''{
a
}''', f'{(lambda x: x)(1)}', f'{ {1: 2}[1] }', f'{x,}', f'{*a, b}', f'{yield_}', f'{f"{a}"}', f'{a:%H:%M}', f"{'a' 'b'}"
x = (  # comment
    a +

    b  # another
)
x = a + \
    b
if True:
	# a tab
	pass
é = ﬁ = 名前 = 1
match = case = type = _ = print = 1
match.x, match[0], match(x), match * 2, -match, case(1), type(2)
match (x)
print >> a, b
print (a)
exec_ = 1
...
