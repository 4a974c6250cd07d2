// Folding a node: what hangs on it alone goes away, until it is unfolded.

const foldable = (id) => shownEdgesOf(id).some((edge) => {
  const near = other(edge, id);
  return near !== page.centre && shownEdgesOf(near).every((each) => other(each, near) === id);
});

function fold(id) {
  const before = shown.nodes.size;
  change(() => (state.folded.has(id) ? state.folded.delete(id) : state.folded.add(id)));
  const number = shown.nodes.size - before;
  const shapes = plural(Math.abs(number), "shape");
  say(`${nodes.get(id).label}: ${shapes} ${number < 0 ? "folded away" : "brought back"}.`);
}

function foldAction(id) {
  if (state.folded.has(id)) {
    return action("fold", `Expand (${shown.under.get(id) ?? 0})`, () => fold(id), "Bring back what hangs on it alone");
  }
  return foldable(id)
    ? action("fold", "Collapse", () => fold(id), "Hide what hangs on it alone") : "";
}
