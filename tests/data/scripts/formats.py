def attempt(function):
    try:
        print(repr(function()))
    except Exception as e:
        print(type(e).__name__, e)


values = [0, 1, -1, 42, -12345, 255, 3.14159, -2.5, 0.0, -0.0, 1e10, 1e-7, 123456.789, 1e16, 1e100, 2.675, 99.995,
          100.0, float("inf"), float("nan"), True, "abc", "héllo", ""]
specifications = ["", "5", "<8", ">8", "^8", "*^9", "08", "<06", "+", " ", "+08.2f", ".2", ".3", ".0", "+.0", "e", ".3e",
                  "f", ".1f", "g", ".3g", "#g", "#.5g", "G", "n", "%", ".1%", ",", ",.2f", "_", "d", "5d", "x", "#x", "#010x",
                  "b", "o", "c", "s", ".2s", "X<6", "=+8", "_x", ",x", "#s", "0=8d", "10,d", "012,d"]
for value in values:
    for specification in specifications:
        if not (specification == "c" and isinstance(value, int) and (value < 0 or value == 0)):
            attempt(lambda: format(value, specification))
for value in values:
    for specification in ["%d", "%5d", "%-5d|", "%05d", "%+d", "%s", "%10s", "%-10s|", "%.2s", "%r", "%x", "%#x", "%f",
                          "%.2f", "%8.3f", "%e", "%g", "%#g", "%G", "%c", "%i", "% d"]:
        is_whole = specification.strip("%-+0 5|") in ("d", "i")
        if not (is_whole and isinstance(value, float) and abs(value) > 1e18 or specification == "%c"):
            attempt(lambda: specification % value)
print([1, 2, 3, 4][10:], range(10)[::3], range(10, 0, -2)[::2], range(10)[-10:10:3], range(5)[3:1])
print(list(iter(iter([1, 2, 3]).__class__ and (lambda it=iter([1, 2, 0, 3]): next(it)), 0)))
