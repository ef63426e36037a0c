# An error of syntax, in the second line.
def f(:
    pass
