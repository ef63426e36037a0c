l = [3, 1, 2]
l.append(4)
l.extend([5, 6])
l.extend("ab")
l.insert(0, "start")
l.insert(-1, "near end")
l.insert(100, "end")
print(l, l.pop(), l.pop(0), l)
l.remove("a")
print(l.index(2), l.count(3), l)
l = [3, 1, 2]
l.sort()
print(l)
l.sort(reverse=True)
print(l)
l.reverse()
print(l, l.copy() is l, l.copy() == l)
l.clear()
print(l)
words = ["banana", "Apple", "cherry"]
words.sort(key=lambda w: w.lower())
print(words)
words.sort(key=len, reverse=True)
print(words)
d = {"a": 1}
d["b"] = 2
d.update({"c": 3}, d=4)
d.update([("e", 5)])
print(d, len(d), "a" in d, "z" in d, d.get("a"), d.get("z"), d.get("z", 0))
print(d.keys(), d.values(), d.items(), list(d), list(d.items()))
print(d.pop("a"), d.pop("zz", None), d.setdefault("b", 9), d.setdefault("n", 9), d.popitem(), d)
del d["b"]
for k in d:
    print(k, d[k])
for k, v in d.items():
    print(k, v)
for v in d.values():
    print(v)
print({k: v for k, v in sorted(d.items(), key=lambda kv: -kv[1])})
d2 = d.copy()
d2["new"] = 1
print("new" in d, dict.fromkeys("ab", 0), dict.fromkeys([1]))
try:
    for k in d:
        d[k + "x"] = 1
except RuntimeError as e:
    print(e)
d.clear()
print(d, not d)
t = (1, 2, 2)
print(t.count(2), t.index(2), len(t), t + (3,), t[::-1], (1, 2) == (1, 2), hash((1, 2)) == hash((1, 2)))
print({(1, 2): "tuple key", None: "none", 1.5: "float"}[(1, 2)])
nested = {"list": [1, {"deep": (2, 3)}]}
nested["list"][1]["deep"] = "changed"
print(nested)
a = [1, 2, 3]
b = a
b += [4]
a = a + [5]
print(a, b)
m = [[0] * 2] * 2
m[0][0] = 1
print(m)
print([1, [2, [3]]] == [1, [2, [3]]], [1] is [1], [] or "empty", {} or "empty")
print([1, 2] < [1, 2, 3], [2] > [1, 2, 3], (1, "a") < (1, "b"))
it = iter([1, 2])
print(next(it), next(it), next(it, "done"))
e = enumerate(["x"])
print(next(e), list(e))
z = zip([1, 2], [3, 4])
print(dict(z), list(z))
x, = [5]
print(x)
stack = []
for i in range(3):
    stack.append(i)
while stack:
    print(stack.pop(), end=" ")
print()
big = list(range(1000))
print(sum(big), len(big[::3]), big[-3:], max(big))
