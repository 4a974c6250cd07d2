// Labels of a map of many nodes: the most connected in view first, as many as have room. That is
// worked out anew once the camera has come to rest, or a good way from where it was; until then
// labels go with what they belong to.

const LOUD = 10; // so many of the most connected are written larger
const TRIED = 600; // so many in view are tried
const PAUSE = 150; // milliseconds between two choices while the map moves
const CROWD = 300; // with more of them in view, labels keep further apart

const grown = (box, by) => box.map((edge, side) => edge + (side < 2 ? -by : by));

class Overview {
  constructor(radius) {
    this.radius = radius; // of a node in pixels of the screen, by its id
    this.chosen = []; // { x, y, form, ink }: the middle of each in units of the map
    this.camera = null; // for which they were chosen
    this.until = 0; // until when they stay, whatever moves
  }

  forget() {
    this.camera = null;
  }

  draw(ctx, camera, apart) {
    const { clientWidth: width, clientHeight: height } = map.element;
    const now = performance.now();
    if (!this.camera || (now > this.until && this.isFar(camera, Math.min(width, height)))) {
      this.until = now + PAUSE;
      this.chosen = this.place(camera, width, height, apart).map(({ box, form, ink }) => ({
        x: (box[0] + box[2]) / 2 / camera.scale, y: (box[1] + box[3]) / 2 / camera.scale, form, ink,
      }));
      this.camera = { ...camera };
      page.labelsDrawn = this.chosen.length;
    }
    this.write(ctx, camera.scale);
  }

  isFar({ x, y, scale }, room) {
    const { camera } = this;
    return Math.abs(Math.log(scale / camera.scale)) > 0.15
      || Math.hypot(x - camera.x, y - camera.y) * scale > 0.2 * room;
  }

  // Boxes in pixels of the screen, as placeLabels (labels.js) has them.
  place({ x, y, scale }, width, height, apart) {
    const view = [x * scale - width / 2, y * scale - height / 2, x * scale + width / 2, y * scale + height / 2];
    const taken = new Taken();
    const spots = this.inView(view, scale, apart);
    const apartness = spots.length > CROWD ? 8 : 2;
    for (const { node, x: px, y: py, r } of spots) {
      if (apart || r > 5) taken.add([px - r, py - r, px + r, py + r], node.id);
    }
    const placed = spots.flatMap(({ node, x: px, y: py, r }, rank) => {
      const loud = apart ? apart.first.includes(node.id) : rank < LOUD;
      const form = shape(writtenOn(node), loud ? 13.5 : 12, loud ? 600 : 400);
      const box = [...besides(px, py, r, form)].find((each) => within(grown(each, 4), view)
        && taken.free(grown(each, apartness), node.id, apart ? loud : rank < HUBS));
      if (!box) return [];
      taken.add(box, null);
      return [{ box, form, ink: "text" }];
    });
    return apart ? [...placed, ...placeEdgeLabels(scale, view, taken, apart)] : placed;
  }

  // Nodes in view with place and radius in pixels: what stands out, or the most connected.
  inView([left, top, right, bottom], scale, apart) {
    const first = (apart?.first ?? []).map((id) => nodes.get(id));
    const found = [];
    for (const node of new Set([...first, ...byWeight])) {
      if (found.length === TRIED) break;
      if (!isShown(node) || (apart && !apart.nodes.has(node.id))) continue;
      const { x, y } = map.place(node.id);
      const spot = { node, x: x * scale, y: y * scale, r: this.radius(node.id) };
      if (spot.x > left && spot.x < right && spot.y > top && spot.y < bottom) found.push(spot);
    }
    return found;
  }

  write(ctx, scale) {
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = colour("page");
    for (const { x, y, form, ink } of this.chosen) {
      ctx.font = `${form.weight} ${form.size}px ${FONT}`;
      ctx.fillStyle = colour(ink);
      form.lines.forEach((line, index) => {
        const down = y * scale + form.size * 1.2 * (index - (form.lines.length - 1) / 2);
        ctx.strokeText(line, x * scale, down);
        ctx.fillText(line, x * scale, down);
      });
    }
    ctx.restore();
  }
}
