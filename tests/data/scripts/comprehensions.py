print([x * x for x in range(5)])
print([x for x in range(10) if x % 2 if x > 3])
print([(x, y) for x in range(3) for y in "ab" if x])
print({k: v for k, v in zip("abc", range(3))})
print([[y for y in range(x)] for x in range(4)])
x = "outer"
print([x for x in range(2)], x)


def f(n):
    return [i + n for i in range(3)]


print(f(10))
print([f"{k}={v}" for k, v in {"a": 1, "b": 2}.items()])
print(", ".join([str(n) for n in [1, 2, 3]]))
matrix = [[1, 2], [3, 4]]
print([row[i] for i in range(2) for row in matrix], [[row[i] for row in matrix] for i in range(2)])
