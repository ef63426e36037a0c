# Seeded random numbers are Python's.
import random
random.seed(42)
print(random.random(), random.randint(1, 10), random.choice([1,2,3]), random.uniform(1,2), random.randrange(10), random.sample(range(10), 3))
l = list(range(5)); random.shuffle(l); print(l)
r = random.Random(1); print(r.random(), r.choice("abc"))
