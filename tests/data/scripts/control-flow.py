for i in range(5):
    if i == 1:
        continue
    if i == 4:
        break
    print(i)
else:
    print("not reached")
for i in []:
    pass
else:
    print("empty loop, else runs")
n = 0
while n < 3:
    n += 1
else:
    print("while done", n)
while True:
    n += 1
    if n > 5:
        break
print(n, "x" if n > 5 else "y")
print(1 < 2 < 3, 1 < 2 > 3, 1 == 1.0 != 2, not 0)
print(0 or "a", 1 and "b", None or 0 or [], "" and x)
a, b = 1, 2
a, b = b, a
print(a, b)
(c, d), *e = (1, 2), 3, 4
print(c, d, e)
first, *middle, last = range(6)
print(first, middle, last)
x = y = []
x.append(1)
print(y, x is y, x is not y, 1 in x, 2 not in x)
x += [2]
print(y)
del y[0]
print(x)
s = "abc"
s *= 2
print(s, s[1:4], s[::-1], s[-1], s[:2], s[10:])
i = 7
i //= 2; print(i)
i **= 3; print(i)
i %= 5; print(i)
i <<= 4; print(i)
i |= 1; print(i)
i ^= 3; print(i)
i &= 6; print(i)
i >>= 1; print(i)
i -= 10; i /= 4; print(i)
assert True, "never"
try:
    assert 1 == 2, "one is not two"
except AssertionError as error:
    print("AssertionError", error)
if (m := 10) > 5:
    print(m)
pass
