# A line that is not where it should be.
x = 1
  y = 2
