"""What the graph can be asked, each as a record: the command line, the API and agents share them.

A request (:class:`.request.Request`) says what its fields mean and may hold, finds the answer
in a graph, and makes of it what ``--format json`` prints. :data:`.every.ANSWERS` has them all;
a command loads no more than its own.
"""
