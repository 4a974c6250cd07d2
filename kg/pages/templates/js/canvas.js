// The map of many nodes, drawn by ourselves: declares the `map` that map.js describes.
//
// The scene (scene.js) is painted beside the screen, a slice in each frame, into a picture with
// a margin. A frame shows the last finished picture, moved and scaled to where the camera has
// come to since, and over it what stands out and the labels. So moving stays fluid however much
// there is, and at rest everything is sharp. Nothing is done when nothing changes.

const map = (() => {
  const BUDGET = 6; // milliseconds of a frame for painting
  const LARGE = 5; // pixels of a radius
  const BEYOND = 0.2; // of the size, that a picture shows beyond each edge
  const element = document.getElementById("map");
  const canvas = document.createElement("canvas");
  const tip = document.createElement("div");
  tip.className = "vis-tooltip";
  element.append(canvas, tip);
  const ctx = canvas.getContext("2d");
  const scene = new Scene();
  const labels = new Overview(radius);
  const eye = { x: 0, y: 0, scale: 1 };
  const picture = { front: surface(), back: surface(), view: null, job: null, next: null };
  let ratio = 1; // pixels of the canvas to one of the page
  let flight = null; // from a camera to another, while it lasts
  let apart = null; // what stands out
  let pointed = null; // what the mouse is over
  let stale = true; // whether the last picture is of something else
  let moving = false; // whether the camera has not come to rest yet
  let waiting = false; // for a frame
  let resting = 0; // the timer of when the camera has come to rest

  // Of a shape, in pixels of the page.
  function radius(id) {
    return scene.radius(scene.at.get(id), { k: eye.scale, ratio: 1 });
  }

  function surface() {
    return document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  }

  // What a canvas shows that goes so many pixels beyond the screen at each edge.
  function viewWith(beyond) {
    const k = eye.scale * ratio;
    const [width, height] = [canvas.width + 2 * beyond.x, canvas.height + 2 * beyond.y];
    return { k, left: width / 2 - eye.x * k, top: height / 2 - eye.y * k, width, height, ratio };
  }

  const margin = () => ({ x: Math.round(canvas.width * BEYOND), y: Math.round(canvas.height * BEYOND) });
  const same = (a, b) => a && a.k === b.k && a.left === b.left && a.top === b.top && a.width === b.width;

  function resize() {
    ratio = Math.min(devicePixelRatio, 2);
    const { clientWidth, clientHeight } = element;
    canvas.width = Math.round(clientWidth * ratio);
    canvas.height = Math.round(clientHeight * ratio);
    for (const side of ["front", "back"]) {
      picture[side].canvas.width = canvas.width + 2 * margin().x;
      picture[side].canvas.height = canvas.height + 2 * margin().y;
    }
    picture.job = null;
    picture.view = null; // the next frame paints all of it, since there is nothing to show meanwhile
    renew();
  }

  function renew() {
    stale = true;
    ask();
  }

  function ask() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(frame);
  }

  function frame(now) {
    waiting = false;
    if (!canvas.width || !canvas.height) return;
    if (flight) fly(now);
    paint();
    show();
    if (flight || picture.job) ask();
  }

  // A slice of the next picture, where the last is no longer right.
  function paint() {
    const wanted = viewWith(margin());
    if (!picture.job && (stale || !same(picture.view, wanted) || (picture.rough && !moving))) {
      const { back } = picture;
      back.setTransform(1, 0, 0, 1, 0, 0);
      back.clearRect(0, 0, wanted.width, wanted.height);
      picture.next = wanted;
      picture.rough = moving;
      picture.job = scene.paint(back, wanted, colour("edge"), moving);
      stale = false;
    }
    const until = picture.view ? performance.now() + BUDGET : Infinity;
    while (picture.job && performance.now() < until) {
      if (picture.job.next().done) finish();
      else picture.back.getImageData(0, 0, 1, 1); // lest what was asked for is put off until it is shown
    }
  }

  function finish() {
    const { front, back, next } = picture;
    Object.assign(picture, { front: back, back: front, view: next, job: null });
    ask(); // to see whether it is still right
  }

  function show() {
    const view = viewWith({ x: 0, y: 0 });
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.globalAlpha = apart ? 0.18 : 1;
    const { k, left, top, width, height } = picture.view;
    const grown = view.k / k;
    const exact = grown === 1 ? Math.round : (number) => number;
    ctx.imageSmoothingEnabled = !moving;
    ctx.drawImage(picture.front.canvas, exact(view.left - left * grown), exact(view.top - top * grown),
      width * grown, height * grown);
    ctx.globalAlpha = 1;
    if (apart) raise(view, apart, colour("quiet"));
    if (pointed) raise(view, pointed, colour("mark"));
    ctx.setTransform(view.k, 0, 0, view.k, view.left, view.top);
    labels.draw(ctx, eye, apart);
  }

  // Lines and shapes above the others, and rings around the first of them.
  function raise(view, { nodes: shapes, edges: lines, first }, ink) {
    const some = [...shapes].filter((id) => shown.nodes.has(id)).map((id) => scene.at.get(id));
    for (const _ of scene.paintLines(ctx, view, [...lines], ink));
    for (const _ of scene.paintShapes(ctx, view, some));
    ctx.strokeStyle = colour("mark");
    ctx.lineWidth = 3 * ratio;
    for (const i of first.map((id) => scene.at.get(id))) {
      ctx.beginPath();
      ctx.arc(scene.x[i] * view.k + view.left, scene.y[i] * view.k + view.top,
        scene.radius(i, view) + 4 * ratio, 0, 2 * Math.PI);
      ctx.stroke();
    }
  }

  function look(to, animate = false) {
    if (animate) flight = { from: { ...eye }, to, start: performance.now() };
    else {
      flight = null;
      Object.assign(eye, to);
    }
    moving = true;
    clearTimeout(resting);
    resting = setTimeout(rest, animate ? 400 : 120);
    ask();
  }

  function rest() {
    moving = false;
    labels.forget();
    ask();
  }

  // Scales multiply, so that near and far pass equally fast.
  function fly(now) {
    const { from, to, start } = flight;
    const part = Math.min(1, Math.max(0, (now - start) / 300));
    const eased = part * (2 - part);
    const mix = (a, b) => a + (b - a) * eased;
    Object.assign(eye, part === 1 ? to : {
      x: mix(from.x, to.x), y: mix(from.y, to.y), scale: from.scale * (to.scale / from.scale) ** eased,
    });
    if (part === 1) flight = null;
  }

  const tell = (name, detail) => element.dispatchEvent(new CustomEvent(name, { detail }));
  const camera = () => ({ ...eye });

  function under({ clientX, clientY, pointerType }) {
    const box = canvas.getBoundingClientRect();
    const reach = pointerType === "touch" ? 14 : 4;
    return scene.hit(viewWith({ x: 0, y: 0 }), (clientX - box.x) * ratio, (clientY - box.y) * ratio,
      reach * ratio);
  }

  function pick(event) {
    const what = under(event);
    tell("pick", what && "node" in what ? { ...what, also: event.shiftKey } : what);
  }

  function hover(event) {
    const what = event && under(event);
    tip.style.visibility = what ? "visible" : "hidden";
    canvas.style.cursor = what ? "pointer" : "";
    if (what) point(what, event);
    const key = (each) => each && JSON.stringify(each.first);
    const next = what ? neighbourhood(what) : null;
    if (key(next) !== key(pointed)) ask();
    pointed = next;
  }

  // A shape that is large enough to aim at can be taken and moved; the rest moves the map.
  function take(event) {
    const { node } = under(event) ?? {};
    return node !== undefined && radius(node) >= LARGE ? node : null;
  }

  function drag(id, right, down) {
    const { x, y } = place(id);
    put(id, { x: x + right / eye.scale, y: y + down / eye.scale });
    pointed = neighbourhood({ node: id });
  }

  function drop(id) {
    labels.forget();
    tell("drag", { id, ...place(id) });
  }

  // The tip stands beside the pointer, within the map.
  function point(what, { clientX, clientY }) {
    tip.textContent = "node" in what ? nodeTip(nodes.get(what.node)) : edgeTip(edges.get(what.edge));
    const box = element.getBoundingClientRect();
    const left = Math.min(clientX - box.x + 12, box.width - tip.offsetWidth - 4);
    const top = Math.min(clientY - box.y + 16, box.height - tip.offsetHeight - 4);
    tip.style.left = `${Math.max(left, 4)}px`;
    tip.style.top = `${Math.max(top, 4)}px`;
  }

  function neighbourhood(what) {
    const lines = "node" in what ? shownEdgesOf(what.node) : [edges.get(what.edge)];
    const ends = lines.flatMap(({ from, to }) => [from, to]);
    const first = "node" in what ? [what.node] : ends;
    return { first, nodes: new Set([...first, ...ends]), edges: new Set(lines.map(({ id }) => id)) };
  }

  const nodeTip = ({ label, type }) => `${label}\n${page.looks[type].one}`;
  function edgeTip(edge) {
    const said = edge.references.length ? `\n${plural(edge.references.length, "reference")}` : "";
    return `${phrase(edge)}\n${nodes.get(edge.from).label} → ${nodes.get(edge.to).label}${said}`;
  }

  function place(id) {
    const i = scene.at.get(id);
    return { x: scene.x[i], y: scene.y[i] };
  }

  function client(id) {
    const [{ x, y }, box] = [place(id), canvas.getBoundingClientRect()];
    return {
      x: box.x + box.width / 2 + (x - eye.x) * eye.scale,
      y: box.y + box.height / 2 + (y - eye.y) * eye.scale,
    };
  }

  function put(id, { x, y }) {
    const i = scene.at.get(id);
    [scene.x[i], scene.y[i]] = [x, y];
    renew();
  }

  function redraw() {
    apart = emphasis();
    labels.forget();
    ask();
  }

  new ResizeObserver(resize).observe(element);
  listenToGestures(canvas, { camera, look, pick, hover, take, drag, drop, moved: () => tell("camera", camera()) });
  return {
    element, camera, look, place, put, client, redraw,
    bend: (id) => (scene.turn[id] ? scene.bend(id) : null),
    repaint: renew,
    extend() {
      scene.load();
      renew();
    },
    refilter() {
      scene.refilter();
      renew();
    },
  };
})();
