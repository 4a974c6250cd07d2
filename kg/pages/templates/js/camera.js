// What part of the map is seen: all of it, closer, around something, a step aside.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let at = null; // the camera where the reader chose it, for the address

function goTo(camera, chosen, animate = true) {
  at = chosen ? camera : null;
  map.look(camera, animate && !calm.matches);
  writeAddress();
}

// All of it, with room at the edges for labels.
function fit(animate = true) {
  const places = [...shown.nodes].map(map.place);
  if (!places.length) return;
  const { clientWidth: width, clientHeight: height } = map.element;
  const box = extent(places);
  const margin = { side: Math.min(80, width / 7), top: 40, bottom: 60 };
  const scale = Math.min(
    1.5,
    (width - 2 * margin.side) / Math.max(box.right - box.left, 1),
    (height - margin.top - margin.bottom) / Math.max(box.bottom - box.top, 1),
  );
  const lift = (margin.top - margin.bottom) / 2 / scale;
  goTo({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - lift, scale }, false, animate);
}

function extent(places) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of places) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

function zoom(factor) {
  const { x, y, scale } = map.camera();
  goTo({ x, y, scale: scale * factor }, true);
}

// A step in pixels of the screen, at once: a key that is held repeats it.
function pan(right, down) {
  const { x, y, scale } = map.camera();
  goTo({ x: x + right / scale, y: y + down / scale, scale }, true, false);
}

// Centre on nodes, close enough to read and far enough to see their neighbours.
function centre(ids, around, animate = true) {
  const here = extent(ids.map(map.place));
  const [x, y] = [(here.left + here.right) / 2, (here.top + here.bottom) / 2];
  const reach = { x: 80, y: 80 };
  for (const id of [...ids, ...around]) {
    const [place, { size }] = [map.place(id), nodes.get(id)];
    reach.x = Math.max(reach.x, Math.abs(place.x - x) + size + 80);
    reach.y = Math.max(reach.y, Math.abs(place.y - y) + size + 70);
  }
  const { clientWidth, clientHeight } = map.element;
  const room = Math.min(clientWidth / 2 / reach.x, clientHeight / 2 / reach.y);
  goTo({ x, y, scale: Math.min(1.3, room) }, false, animate);
}

map.element.addEventListener("camera", ({ detail }) => {
  at = detail;
  writeAddress();
});
