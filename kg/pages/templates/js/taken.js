// Rectangles on the screen that something stands in, in cells so that asking is quick.

class Taken {
  constructor() {
    this.cells = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1)
      for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y += 1) yield x * 65536 + y;
  }

  // Whether nothing is there; a shape does not stand in the way of its own label, and with
  // `overShapes` only labels (which have no owner) stand in the way.
  free(box, owner, overShapes = false) {
    for (const key of this.keys(box))
      for (const [other, whose] of this.cells.get(key) ?? [])
        if ((whose === null || whose !== owner) && !(overShapes && whose !== null)
          && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
    return true;
  }

  add(box, owner) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([box, owner]);
    }
  }
}

const within = (box, view) =>
  box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];
