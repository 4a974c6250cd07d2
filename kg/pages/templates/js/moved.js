// Nodes that the reader has dragged: they stay where they were put, undo and reset bring them back.

const away = new Set();

function placeMoved() {
  for (const id of away) if (!state.moved.has(id)) map.put(id, nodes.get(id));
  away.clear();
  for (const [id, place] of state.moved) {
    map.put(id, place);
    away.add(id);
  }
}

whenChanged.push(placeMoved);
map.element.addEventListener("drag", ({ detail: { id, x, y } }) =>
  change(() => state.moved.set(id, { x, y })));
