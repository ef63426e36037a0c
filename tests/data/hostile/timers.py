# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to have signals come all the time.
# Must not: harm anything but its own run.
# Ends: finished
import signal
import time

from canary import attempt

count = 0


def tick(number, frame):
    global count
    count += 1


for number, timer in [(signal.SIGALRM, signal.ITIMER_REAL), (signal.SIGVTALRM, signal.ITIMER_VIRTUAL),
                      (signal.SIGPROF, signal.ITIMER_PROF)]:
    signal.signal(number, tick)
    signal.setitimer(timer, 0.0001, 0.0001)
end = time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID) + 0.2
while time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID) < end:
    pass
for timer in [signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF]:
    signal.setitimer(timer, 0)
print("ticks came" if count else "WRONG: no ticks")
attempt("clock_settime", time.clock_settime, time.CLOCK_REALTIME, time.time())
