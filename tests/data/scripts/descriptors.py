# property, staticmethod and classmethod.
class P:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, n): self._v = n
    @staticmethod
    def s(x): return x + 1
    @classmethod
    def c(cls, x): return (cls.__name__, x)
p = P(); p.v = 5; print(p.v, P.s(1), p.s(2), P.c(3), p.c(4))
try:
    class Q:
        @property
        def r(self): return 1
    Q().r = 2
except AttributeError as e: print(e)
