// The address of the page: the state, and where the map was looked at.

let waiting = 0; // browsers allow so many changes of an address in a while, and no more

function writeAddress() {
  clearTimeout(waiting);
  waiting = setTimeout(putAddress, 200);
}

function addressText() {
  const { x, y, scale } = at ?? {};
  const camera = at ? `at=${Math.round(x)},${Math.round(y)},${Number(scale.toPrecision(3))}` : "";
  return [stateText(), camera].filter(Boolean).join("&");
}

function putAddress() {
  const text = addressText();
  try {
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    // a frame without an address of its own, as in notebooks
  }
}

// Bring the page to what its address says: a state, or merely the id of an entity.
function followAddress(animate = true) {
  return follow(location.hash.slice(1), animate);
}

function follow(text, animate) {
  let camera = null;
  try {
    const [, ...numbers] = /(?:^|&)at=(-?\d+),(-?\d+),([\d.e-]+)/.exec(text) ?? [];
    if (numbers.length) camera = numbers.map(Number);
    readState(text.includes("=") ? text : `node=${text}`);
  } catch {
    return fit(animate); // an address that nobody wrote on purpose
  }
  settle();
  now = stateText();
  complete(text);
  const [x, y, scale] = camera ?? [];
  if (scale > 0) return goTo({ x, y, scale }, true, animate);
  return state.picked ? centrePicked(animate) : fit(animate);
}

window.addEventListener("hashchange", () => followAddress());
