# One exception from another.
print("x")
raise KeyError from ValueError(3)
