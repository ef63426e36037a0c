def f():
    print("before")
    return {}["missing"]


try:
    f()
except KeyError:
    print("caught once")
f()
print("not reached")
