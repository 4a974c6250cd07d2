// The drawing of many nodes and edges: numbers in arrays, one path for all shapes of a type,
// and a few strokes for all lines. A line is never wider than a pixel of the screen, since such
// a line is drawn twenty times faster than one with a width.
//
// Painting is a generator that rests after every few hundred marks, so that a frame can take
// as much of it as it has time for. A view is { k, left, top, width, height, ratio }: pixels of
// the canvas to a unit of the map, the pixel at which its origin is, the size of the canvas in
// pixels, and pixels of the canvas to one of the page.

const MANY_LINES = 1500; // up to so many in view, lines bend, have dashes and heads
const GROWN = 16; // pixels: of a radius up to here a shape grows as the map does
const PLAIN = 1.8; // pixels: a shape with less of a radius is drawn as a square

class Scene {
  constructor() {
    this.load();
  }

  // Take over all nodes and edges, each where it was put at first.
  load() {
    this.nodes = [...nodes.values()];
    this.edges = [...edges.values()];
    this.at = new Map(this.nodes.map(({ id }, i) => [id, i]));
    this.x = Float32Array.from(this.nodes, (node) => node.x);
    this.y = Float32Array.from(this.nodes, (node) => node.y);
    this.size = Float32Array.from(this.nodes, (node) => node.size);
    this.from = Int32Array.from(this.edges, (edge) => this.at.get(edge.from));
    this.to = Int32Array.from(this.edges, (edge) => this.at.get(edge.to));
    this.turn = Float32Array.from(this.edges, ({ smooth }) =>
      (smooth ? smooth.roundness * (smooth.type === "curvedCW" ? 1 : -1) : 0));
    this.refilter();
  }

  // Take over what is shown.
  refilter() {
    const places = (items, ids) => Int32Array.from(items.keys()).filter((i) => ids.has(items[i].id));
    this.lines = places(this.edges, shown.edges);
    this.shapes = places(this.nodes, shown.nodes);
  }

  // Of a shape in pixels; close by, shapes stop growing, so that there is more room between them.
  radius(i, { k, ratio }) {
    const [r, grown] = [this.size[i] * k, GROWN * ratio];
    return r < 1 ? 1 : r < grown ? r : grown + (r - grown) * 0.2;
  }

  // The control point of the curve of a line, in units of the map.
  bend(i) {
    const [a, b, turn] = [this.from[i], this.to[i], this.turn[i]];
    return {
      x: (this.x[a] + this.x[b]) / 2 - (this.y[b] - this.y[a]) * turn,
      y: (this.y[a] + this.y[b]) / 2 + (this.x[b] - this.x[a]) * turn,
    };
  }

  // `rough` leaves out what costs most and is least missed while the map moves.
  *paint(ctx, view, ink, rough) {
    yield* this.paintLines(ctx, view, this.lines, ink, rough);
    yield* this.paintShapes(ctx, view, this.shapes, rough);
  }

  // Of some lines those that may touch what a view shows.
  linesIn({ k, left, top, width, height }, lines) {
    const { x, y, from, to } = this;
    const [x0, y0, x1, y1] = [-left / k, -top / k, (width - left) / k, (height - top) / k];
    return lines.filter((i) => {
      const [a, b] = [from[i], to[i]];
      return (x[a] > x0 || x[b] > x0) && (x[a] < x1 || x[b] < x1)
        && (y[a] > y0 || y[b] > y0) && (y[a] < y1 || y[b] < y1);
    });
  }

  shapesIn(view, shapes) {
    const { k, left, top, width, height } = view;
    return shapes.filter((i) => {
      const [x, y, r] = [this.x[i] * k + left, this.y[i] * k + top, this.radius(i, view) + 1];
      return x > -r && y > -r && x < width + r && y < height + r;
    });
  }

  // The more lines there are in view, the fainter is each.
  *paintLines(ctx, view, lines, ink, rough = false) {
    const seen = this.linesIn(view, lines);
    const few = !rough && seen.length <= MANY_LINES;
    ctx.strokeStyle = ctx.fillStyle = ink;
    ctx.globalAlpha = Math.min(0.9, Math.max(0.25, 0.9 * (1000 / seen.length) ** 0.5));
    ctx.lineWidth = 1;
    const dashed = few ? seen.filter((i) => this.edges[i].relation === "is a") : [];
    const solid = dashed.length ? seen.filter((i) => this.edges[i].relation !== "is a") : seen;
    yield* this.stroke(ctx, view, solid, few);
    ctx.setLineDash([4, 4]);
    yield* this.stroke(ctx, view, dashed, few);
    ctx.setLineDash([]);
    if (few) yield* this.paintHeads(ctx, view, seen);
    ctx.globalAlpha = 1;
  }

  *stroke(ctx, { k, left, top }, lines, curved) {
    const { x, y, from, to, turn } = this;
    for (let start = 0; start < lines.length; start += 300) {
      ctx.beginPath();
      for (const i of lines.slice(start, start + 300)) {
        const [a, b] = [from[i], to[i]];
        ctx.moveTo(x[a] * k + left, y[a] * k + top);
        if (curved && turn[i]) {
          const via = this.bend(i);
          ctx.quadraticCurveTo(via.x * k + left, via.y * k + top, x[b] * k + left, y[b] * k + top);
        } else ctx.lineTo(x[b] * k + left, y[b] * k + top);
      }
      ctx.stroke();
      yield;
    }
  }

  // Heads where they can be told from the shapes that they point to.
  *paintHeads(ctx, view, lines) {
    const { k, left, top } = view;
    ctx.beginPath();
    for (const [n, i] of lines.entries()) {
      const b = this.to[i];
      const r = this.radius(b, view);
      const start = this.turn[i] ? this.bend(i) : { x: this.x[this.from[i]], y: this.y[this.from[i]] };
      const [dx, dy] = [this.x[b] - start.x, this.y[b] - start.y];
      const far = Math.hypot(dx, dy);
      if (r < 3 || far * k < r + 12) continue;
      const [ux, uy, length] = [dx / far, dy / far, Math.min(9, 3 + r / 2)];
      const [tx, ty] = [this.x[b] * k + left - ux * r, this.y[b] * k + top - uy * r];
      ctx.moveTo(tx, ty);
      ctx.lineTo(tx - ux * length - uy * length * 0.45, ty - uy * length + ux * length * 0.45);
      ctx.lineTo(tx - ux * length + uy * length * 0.45, ty - uy * length - ux * length * 0.45);
      if (n % 100 < 99) continue;
      ctx.fill();
      ctx.beginPath();
      yield;
    }
    ctx.fill();
  }

  *paintShapes(ctx, view, shapes, rough = false) {
    const byType = new Map();
    for (const i of this.shapesIn(view, shapes)) {
      const { type } = this.nodes[i];
      if (!byType.has(type)) byType.set(type, []);
      byType.get(type).push(i);
    }
    ctx.lineWidth = 1;
    ctx.strokeStyle = "#5b6570";
    for (const [type, those] of byType) {
      ctx.fillStyle = page.looks[type].colour;
      for (let start = 0; start < those.length; start += 150) {
        const some = those.slice(start, start + 150);
        ctx.beginPath();
        for (const i of some) this.outline(ctx, view, i, page.looks[type].shape);
        ctx.fill();
        ctx.beginPath();
        for (const i of rough ? [] : some) {
          if (this.radius(i, view) > 3) this.outline(ctx, view, i, page.looks[type].shape);
        }
        ctx.stroke();
        yield;
      }
    }
  }

  // The same shapes as in the legend.
  outline(ctx, view, i, form) {
    const { k, left, top } = view;
    const [x, y, r] = [this.x[i] * k + left, this.y[i] * k + top, this.radius(i, view)];
    if (r < PLAIN) ctx.rect(x - r, y - r, 2 * r, 2 * r);
    else if (form === "dot") {
      ctx.moveTo(x + r, y);
      ctx.arc(x, y, r, 0, 2 * Math.PI);
    } else {
      const corners = Scene.corners(form);
      for (let c = 0; c < corners.length; c += 2) {
        if (c) ctx.lineTo(x + corners[c] * r, y + corners[c + 1] * r);
        else ctx.moveTo(x + corners[c] * r, y + corners[c + 1] * r);
      }
      ctx.closePath();
    }
  }

  static forms = new Map();

  static corners(form) {
    if (!Scene.forms.has(form)) {
      Scene.forms.set(form, POINTS[form].split(/[ ,]/).map((part) => (Number(part) - 9) / 8.5));
    }
    return Scene.forms.get(form);
  }

  // The shape at a pixel, else the line; `reach` is how far beside it one may point.
  hit(view, px, py, reach) {
    const [x, y] = [(px - view.left) / view.k, (py - view.top) / view.k];
    return this.nearestShape(x, y, view, reach) ?? this.nearestLine(x, y, reach / view.k);
  }

  nearestShape(x, y, view, reach) {
    let [best, least] = [null, Infinity];
    for (const i of this.shapes) {
      const far = Math.hypot(this.x[i] - x, this.y[i] - y) * view.k - this.radius(i, view);
      if (far < reach && far < least) [best, least] = [i, far];
    }
    return best === null ? null : { node: this.nodes[best].id };
  }

  nearestLine(x, y, reach) {
    let [best, least] = [null, reach];
    for (const i of this.lines) {
      const far = this.distance(i, x, y, least);
      if (far < least) [best, least] = [i, far];
    }
    return best === null ? null : { edge: this.edges[best].id };
  }

  // From a point to a line, which is taken as straight between some of its points.
  distance(i, x, y, limit) {
    const [a, b] = [this.from[i], this.to[i]];
    const via = this.bend(i);
    const [ax, ay, bx, by] = [this.x[a], this.y[a], this.x[b], this.y[b]];
    if (Math.min(ax, bx, via.x) - limit > x || Math.max(ax, bx, via.x) + limit < x
      || Math.min(ay, by, via.y) - limit > y || Math.max(ay, by, via.y) + limit < y) return Infinity;
    const steps = this.turn[i] ? 8 : 1;
    let [least, px, py] = [Infinity, ax, ay];
    for (let step = 1; step <= steps; step += 1) {
      const t = step / steps;
      const qx = (1 - t) ** 2 * ax + 2 * t * (1 - t) * via.x + t ** 2 * bx;
      const qy = (1 - t) ** 2 * ay + 2 * t * (1 - t) * via.y + t ** 2 * by;
      const [dx, dy] = [qx - px, qy - py];
      const on = Math.min(1, Math.max(0, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, Math.hypot(px + on * dx - x, py + on * dy - y));
      [px, py] = [qx, qy];
    }
    return least;
  }
}
