# The with statement: suppression, early exits, errors.
class CM:
    def __init__(self, n, sw=False): self.n = n; self.sw = sw
    def __enter__(self): print("enter", self.n); return self
    def __exit__(self, t, v, tb): print("exit", self.n, t.__name__ if t else None, v); return self.sw
with CM(1) as a, CM(2): print("body", a.n)
with CM(3, True): raise ValueError("x")
try:
    with CM(4): raise KeyError("k")
except KeyError: print("caught")
def f():
    with CM(5): return 7
print(f())
for i in range(3):
    with CM(i):
        if i == 1: continue
        if i == 2: break
with (CM(6) as x, CM(7) as y): print(x.n, y.n)
try:
    with 5: pass
except (TypeError, AttributeError) as e: print(type(e).__name__, e)
