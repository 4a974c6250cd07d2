"""From claims to an RDF dataset, on disk or in memory, and views of it.

Every claim stands in the named graph of its reference; the default graph is the
merged set of all triples; ``lkg:descriptions`` holds what nobody in particular says.
"""
