// The buttons, the first drawing, and what the address asks for.

function reset() {
  if (playing) pause();
  pathStart = null;
  searchBox.value = "";
  change(() => Object.assign(state, fresh()));
  fit();
}

const press = (id, act) => document.getElementById(id).addEventListener("click", act);
press("zoom-in", () => zoom(1.3));
press("zoom-out", () => zoom(1 / 1.3));
press("fit", () => fit());
press("undo", undo);
press("redo", redo);
press("reset", reset);
press("skip", (event) => step(event, () => searchBox.focus())); // the address is the state's

nameTheme();
drawLegend();
followAddress(false);
setTimeout(drawEvidence); // reads the details, which are not needed for the first drawing

// For scripts that look at the page from outside.
window.kgPage = { map, shown, state, select, change, fold, emphasis, about, reference, nodes, edges, page };
