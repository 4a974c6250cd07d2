"""One module per kind of figure, as SVG and PNG."""
