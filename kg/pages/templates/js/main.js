// The buttons, the first drawing, and what the address asks for.

function reset() {
  shown.types.clear();
  shown.relations.clear();
  drawLegendState();
  refilter();
  searchBox.value = "";
  showTable(false);
  select(null);
  fit();
}

document.getElementById("zoom-in").addEventListener("click", () => zoom(1.3));
document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
document.getElementById("fit").addEventListener("click", () => fit());
document.getElementById("reset").addEventListener("click", reset);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && selected && event.target !== searchBox) select(null);
});
dark.addEventListener("change", paint);

paint();
drawLegend();
showDetails();
fit(false);
try {
  const asked = decodeURIComponent(location.hash.slice(1));
  if (nodes.has(asked)) select({ node: asked }, { move: true });
} catch {
  // an address that nobody wrote on purpose
}
// For scripts that look at the page from outside.
window.kgPage = { network, select, nodes, edges, page, selected: () => selected };
