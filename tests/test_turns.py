"""Who is served next: who has had least, and nothing is lost on who came and left."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.serve.turns import Turns


def run(coroutine):
    """In a thread of its own: the browser of other tests may have a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def test_clients_are_served_by_turns():
    async def served():
        turns, order = Turns(), []

        async def come(client):
            thing = await turns.get(client, 5)
            order.append(client)
            turns.put(thing)

        waiting = [asyncio.create_task(come(client)) for client in ("a", "a", "a", "b", "c")]
        await asyncio.sleep(0)
        assert len(turns) == 5
        turns.put("thing")
        await asyncio.gather(*waiting)
        return order

    assert run(served()) == ["a", "b", "c", "a", "a"]


def test_who_has_had_least_is_next_and_nobody_saves_up_turns():
    async def served():
        turns, order = Turns(), []

        async def come(client, more):
            thing = await turns.get(client, 5)
            order.append(client)
            turns.charge(client, more)
            turns.put(thing)

        async def all_at_once(*clients):
            thing = await turns.get("first", 5)
            waiting = [asyncio.create_task(come(*each)) for each in clients]
            await asyncio.sleep(0)
            turns.put(thing)
            await asyncio.gather(*waiting)
            order.append("|")

        turns.put("thing")
        heavy, light = ("heavy", 2), ("light", 0)
        await all_at_once(heavy, heavy, light, light, light, light, light)
        await all_at_once(light, light, ("late", 0), ("late", 0))
        return " ".join(order)

    assert run(served()) == ("heavy light light light heavy light light | late light late light |")


def test_who_has_had_no_more_than_others_is_forgotten_unless_they_wait(monkeypatch):
    async def known():
        turns = Turns()
        monkeypatch.setattr("kg.serve.turns._CLIENTS", 2)
        waiting = asyncio.create_task(turns.get("waits", 5))
        await asyncio.sleep(0)
        for client, more in (("heavy", 5), ("light", 0), ("other", 0)):
            turns.charge(client, more)
        turns.put("thing")
        assert await waiting == "thing"
        return set(turns._had)

    assert run(known()) == {"waits", "heavy"}


def test_what_comes_too_late_for_one_is_there_for_the_next():
    async def left():
        turns = Turns()
        waiting = asyncio.create_task(turns.get("impatient", 5))
        await asyncio.sleep(0)
        turns.put("thing")
        waiting.cancel()  # before it could take it
        with pytest.raises(asyncio.CancelledError):
            await waiting
        with pytest.raises(TimeoutError):
            await asyncio.gather(turns.get("lucky", 5), turns.get("unlucky", 0.01))

    run(left())


def test_who_waits_too_long_is_told_and_forgotten():
    async def left():
        turns = Turns()
        with pytest.raises(TimeoutError):
            await turns.get("a", 0.01)
        turns.put("thing")
        assert await turns.get("b", 0.01) == "thing"
        with pytest.raises(TimeoutError):
            await turns.get("c", 0.01)

    run(left())
