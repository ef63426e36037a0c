# asyncio without a network: time, tasks, a queue, other threads.
import asyncio
import time


async def tick(name, seconds):
    for i in range(3):
        await asyncio.sleep(seconds)
        print(name, i)
    return name


async def main():
    started = time.monotonic()
    print(await asyncio.gather(tick("a", 0.3), tick("b", 0.22)), round(time.monotonic() - started, 1))
    try:
        await asyncio.wait_for(asyncio.sleep(10), 1)
    except asyncio.TimeoutError:
        print("timeout")
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, sum, range(10)))
    print(await asyncio.to_thread(time.sleep, 0.1))
    things = asyncio.Queue()

    async def put():
        await asyncio.sleep(0.1)
        await things.put("thing")

    task = asyncio.create_task(put())
    print(await things.get(), task.done())


asyncio.run(main())
