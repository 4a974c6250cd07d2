// Filters by evidence: kinds of references, claims seen in their source, what was known when.

const checkedBox = element("input", { type: "checkbox", id: "checked" });
const untilSlider = document.getElementById("until");
const playButton = document.getElementById("play");
let days = []; // on which references of this page appeared, in order
let playing = 0;

function drawEvidence() {
  const all = Object.values(details().references);
  days = [...new Set(all.map(({ date }) => date).filter(Boolean))]
    .sort((a, b) => (wholeDay(a) < wholeDay(b) ? -1 : 1));
  untilSlider.max = days.length;
  const numbers = [...count(all.map(({ kind = "unclassified" }) => ({ kind })), "kind")]
    .sort((a, b) => b[1] - a[1]);
  const rows = numbers.map(([name, number]) => switchFor("kinds", name, name, number, null));
  document.getElementById("legend").append(part("kinds", "Count references",
    numbers.map(([name]) => name), [...rows, element("label", { class: "plain" }, checkedBox,
      element("span", {}, "only claims seen in their source"))]));
  drawLegendState();
  drawEvidenceState();
}

function drawEvidenceState() {
  checkedBox.checked = state.checked;
  const position = days.findIndex((day) => wholeDay(day) >= wholeDay(state.until));
  untilSlider.value = state.until && position >= 0 ? position : days.length;
  const said = state.until || "today";
  document.getElementById("until-day").textContent = said;
  untilSlider.setAttribute("aria-valuetext", said);
}

const chosenDay = () => days[Number(untilSlider.value)] ?? "";

// While the slider moves the page follows; what it comes to rest at can be undone.
function preview(day) {
  state.until = day;
  settle();
}

// Day after day from the first, or from where the slider stands, in about eight seconds.
function play() {
  if (playing) return pause();
  let position = Number(untilSlider.value) >= days.length ? -1 : Number(untilSlider.value);
  const step = Math.max(1, Math.round(days.length / 80));
  playButton.textContent = "Pause";
  playing = setInterval(() => {
    position += step;
    preview(days[position] ?? "");
    if (position >= days.length) pause();
  }, 100);
  return undefined;
}

function pause() {
  clearInterval(playing);
  playing = 0;
  playButton.textContent = "Replay";
  change(() => {});
  sayShown();
}

playButton.addEventListener("click", play);
checkedBox.addEventListener("change", () => filter(() => { state.checked = checkedBox.checked; }));
untilSlider.addEventListener("input", () => preview(chosenDay()));
untilSlider.addEventListener("change", () => filter(() => { state.until = chosenDay(); }));
whenChanged.push(drawEvidenceState);
