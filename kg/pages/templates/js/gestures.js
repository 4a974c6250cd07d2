// What fingers, mouse and wheel do to a camera: drag, pinch, zoom at the pointer, pick.

const STILL = 5; // pixels that a pointer may wander and yet have picked

// `element` gets the events; `camera()` and `look(camera)` read and set what is seen;
// `pick(event)`, `hover(event)` and `moved()`, when a movement has come to rest, are told. What
// `take(event)` returns, unless null, is moved in place of the map: `drag(it, dx, dy)`, `drop(it)`.
function listenToGestures(element, { camera, look, pick, hover, moved, take, drag, drop }) {
  const down = new Map(); // pointers that touch, by id, where they are
  let start = null; // where the first came down; null once it has dragged
  let taken = null;
  let resting = 0;

  function rest() {
    clearTimeout(resting);
    resting = setTimeout(moved, 150);
  }

  // Zoom so that what is under a point of the element stays there.
  function zoomAt(factor, clientX, clientY) {
    const box = element.getBoundingClientRect();
    const { x, y, scale } = camera();
    const next = Math.min(8, Math.max(0.005, scale * factor));
    const [right, below] = [clientX - box.x - box.width / 2, clientY - box.y - box.height / 2];
    const still = 1 / scale - 1 / next;
    look({ x: x + right * still, y: y + below * still, scale: next });
    rest();
  }

  function pan(dx, dy) {
    const { x, y, scale } = camera();
    look({ x: x - dx / scale, y: y - dy / scale, scale });
    rest();
  }

  function pinch(before, after) {
    const span = ([a, b]) => Math.hypot(a.x - b.x, a.y - b.y);
    const middle = ([a, b]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    const [from, to] = [middle(before), middle(after)];
    pan(to.x - from.x, to.y - from.y);
    zoomAt(span(after) / Math.max(span(before), 1), to.x, to.y);
  }

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    start = down.size === 1 ? { x: event.clientX, y: event.clientY } : null;
    taken = start && take(event);
  });

  element.addEventListener("pointermove", (event) => {
    const last = down.get(event.pointerId);
    if (!last) return hover(event);
    const here = { x: event.clientX, y: event.clientY };
    if (start && Math.hypot(here.x - start.x, here.y - start.y) < STILL) return undefined;
    start = null;
    hover(null);
    const before = [...down.values()];
    down.set(event.pointerId, here);
    const [dx, dy] = [here.x - last.x, here.y - last.y];
    if (down.size === 2) return pinch(before, [...down.values()]);
    return taken === null ? pan(dx, dy) : drag(taken, dx, dy);
  });

  for (const end of ["pointerup", "pointercancel"]) {
    element.addEventListener(end, (event) => {
      if (!down.delete(event.pointerId)) return;
      if (start && end === "pointerup") pick(event);
      else if (!start && taken !== null) drop(taken);
      start = taken = null;
    });
  }
  element.addEventListener("pointerleave", () => hover(null));
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    hover(null);
    const lines = event.deltaMode === 1 ? 30 : 1;
    zoomAt(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX, event.clientY);
  }, { passive: false });
}
