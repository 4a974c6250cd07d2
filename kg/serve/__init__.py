"""One address for SPARQL, pages and tools, that stays up whatever it is asked.

Queries run in processes of their own (:mod:`.worker`), which a :class:`.pool.Pool` gives a
time, a memory and a size of answer, and replaces when they exceed one.
"""
