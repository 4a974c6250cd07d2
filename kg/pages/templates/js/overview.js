// Labels of a map of many nodes: the most connected in view first, as many as have room. That is
// worked out anew once the camera has come to rest, or a good way from where it was; until then
// labels go with what they belong to.

const LOUD = 10; // so many of the most connected are written larger
const TRIED = 600; // so many in view are tried

class Overview {
  constructor(radius) {
    this.radius = radius; // of a node in pixels of the screen, by its id
    this.chosen = []; // { x, y, form, ink }: the middle of each in units of the map
    this.camera = null; // for which they were chosen
  }

  forget() {
    this.camera = null;
  }

  draw(ctx, camera, apart) {
    const { clientWidth: width, clientHeight: height } = map.element;
    if (!this.camera || this.isFar(camera, Math.min(width, height))) {
      const tools = document.querySelector(".tools");
      const occupied = { width: tools.offsetLeft + tools.offsetWidth, height: tools.offsetTop + tools.offsetHeight };
      const place = apart ? placeLabels : (...all) => this.place(...all);
      this.chosen = place(camera, { width, height }, apart, occupied).map(({ box, form, ink }) => ({
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

  place({ x, y, scale }, { width, height }, _, occupied) {
    const view = [x * scale - width / 2, y * scale - height / 2, x * scale + width / 2, y * scale + height / 2];
    const taken = new Taken();
    taken.add([view[0], view[1], view[0] + occupied.width, view[1] + occupied.height], null);
    const spots = this.inView(view, scale);
    for (const [node, px, py, r] of spots) {
      if (r > 5) taken.add([px - r, py - r, px + r, py + r], node.id);
    }
    return spots.flatMap(([node, px, py, r], rank) => {
      const loud = rank < LOUD || node.id === page.centre;
      const form = shape(writtenOn(node), loud ? 13.5 : 12, loud ? 600 : 400);
      const box = [...besides(px, py, r, form)].find((each) => within(each, view)
        && taken.free(each.map((edge, side) => edge + (side < 2 ? -8 : 8)), node.id, loud));
      if (!box) return [];
      taken.add(box, null);
      return [{ box, form, ink: "text" }];
    });
  }

  // The most connected nodes in view, each with its place and radius in pixels.
  inView([left, top, right, bottom], scale) {
    const found = [];
    for (const node of byWeight) {
      if (found.length === TRIED) break;
      if (!isShown(node)) continue;
      const { x, y } = map.place(node.id);
      const [px, py] = [x * scale, y * scale];
      if (px > left && px < right && py > top && py < bottom) found.push([node, px, py, this.radius(node.id)]);
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
