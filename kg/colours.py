"""The colours of pages and figures.

Those of Okabe and Ito (Color Universal Design, 2008), which people with any kind of colour
vision can tell apart, and greys. Shapes differ too, so that colour is never the only sign.
"""

from __future__ import annotations

BLUE, SKY, GREEN, YELLOW = "#0072B2", "#56B4E9", "#009E73", "#F0E442"
ORANGE, VERMILLION, PURPLE, GREY = "#E69F00", "#D55E00", "#CC79A7", "#8C8C8C"
INK, FAINT, PALE = "#1A1A1A", "#5F5F5F", "#E4E4E4"
