# Sets: their operators, methods and the order of numbers in them.
s = {3, 1, 2}; print(s, len(s), 2 in s); s.add(9); s.discard(1); s.discard(77); print(s)
print({1,2,3} & {2,3,4}, {1,2} | {3}, {1,2,3} - {2}, {1,2} ^ {2,3}, set(), set([1,1,2]), frozenset([1,2]))
print({x % 3 for x in range(10)}, sorted({"b","a"}), {1,2} <= {1,2,3}, {1,2}.issubset([1,2,3]), {1}.union([2],[3]))
s = set(range(20)); s.remove(3); print(s, s.pop())
try: s.remove(100)
except KeyError as e: print("KeyError", e)
d = {frozenset([1]): 2}; print(d[frozenset([1])])
try: {[1]}
except TypeError as e: print(e)
print({1: {2}}, [{1}], set("a"), bool(set()), {1,2} == {2,1}, {1,2}.isdisjoint({3}))
s |= {50}; s -= {4}; print(sorted(s)); s.clear(); print(s)
a = set([1,2]); b = a.copy(); b.update([7,8],[9]); print(a, b, a.symmetric_difference(b), min(b), sum(b))
