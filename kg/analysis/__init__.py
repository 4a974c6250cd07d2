"""One module per computation over the graph."""
