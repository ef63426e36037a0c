# Every way out of nested try statements and loops; found by comparing random programs.
def continue_in_finally():
    for i in range(2):
        try:
            return 1
        finally:
            continue
    return "end"


def break_in_finally():
    for i in range(2):
        try:
            return 1
        finally:
            break
    return i


def loop_in_finally():
    try:
        print("body")
    finally:
        for i in range(2):
            try:
                return print("return", i)
            finally:
                continue
        print("after")


def return_in_finally_of_break():
    try:
        {}["k"]
    except KeyError as e:
        for i in range(2):
            try:
                break
            finally:
                return "returned"
    finally:
        {}["second"]


def deep():
    for a in range(3):
        try:
            for b in range(3):
                try:
                    try:
                        if (a, b) == (0, 1):
                            continue
                        if (a, b) == (1, 1):
                            break
                        if (a, b) == (2, 1):
                            return a, b
                    finally:
                        print("inner", a, b)
                except Exception:
                    print("never")
                finally:
                    print("middle", a, b)
            else:
                print("else", a)
        finally:
            print("outer", a)


def handled_twice():
    for n in (1, 2):
        try:
            raise ValueError(n)
        except ValueError as e:
            try:
                raise KeyError(n) from e
            except KeyError as f:
                print(repr(f), repr(f.__cause__), repr(f.__context__))
                continue
            finally:
                print("finally", n)
        print("not reached")


def replaced():
    try:
        try:
            raise ValueError("lost")
        finally:
            raise KeyError("wins")
    except KeyError as e:
        return repr(e), repr(e.__context__)


def swallowed():
    while True:
        try:
            raise ValueError
        finally:
            break
    return "swallowed"


def show(f):
    try:
        print(f.__name__, f())
    except Exception as e:
        print(f.__name__, repr(e), repr(e.__context__))


for f in (continue_in_finally, break_in_finally, loop_in_finally, return_in_finally_of_break, deep, handled_twice,
          replaced, swallowed):
    show(f)
