// Keys: those of the map where it has the focus, and those of the page.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest node in a direction: what lies aside of it counts as three times as far.
function next([right, down]) {
  const start = selectedNodes().at(-1);
  const { x, y } = start === undefined ? map.camera() : map.place(start);
  let [best, least] = [null, Infinity];
  for (const id of shown.nodes) {
    const place = map.place(id);
    const ahead = (place.x - x) * right + (place.y - y) * down;
    const aside = Math.abs((place.x - x) * down) + Math.abs((place.y - y) * right);
    const far = ahead + 3 * aside;
    if (id !== start && ahead > 0 && far < least) [best, least] = [id, far];
  }
  return best;
}

function walk(direction) {
  const id = next(direction);
  if (id === null) return;
  select({ node: id });
  const { x, y } = map.client(id);
  const box = map.element.getBoundingClientRect();
  if (x < box.left || x > box.right || y < box.top || y > box.bottom) centrePicked();
}

map.element.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key];
  const keys = {
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(),
    Enter: () => document.getElementById("details").focus(),
  };
  if (!arrow && !(event.key in keys)) return;
  event.preventDefault();
  if (!arrow) keys[event.key]();
  else if (event.shiftKey) walk(arrow);
  else pan(80 * arrow[0], 80 * arrow[1]);
});

document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("input[type=text], input[type=search]");
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (event.key === "Escape") escape();
  else if (writing || event.altKey) return;
  else if (command && key === "z") return step(event, event.shiftKey ? redo : undo);
  else if (command && key === "y") return step(event, redo);
  else if (!command && key === "/") return step(event, () => searchBox.focus());
});

function step(event, act) {
  event.preventDefault();
  act();
}

function escape() {
  const menu = document.getElementById("save");
  if (menu.open) {
    menu.open = false;
    menu.firstElementChild.focus();
  } else if (state.picked || state.path.length || pathStart !== null) {
    select(null);
  }
}
