// Light or dark: as the system is, until the reader chooses.

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const themeButton = document.getElementById("theme");
const inks = new Map(); // colours of the style sheet as a canvas takes them
const isDark = () => (document.documentElement.dataset.theme ?? (systemDark.matches ? "dark" : "light")) === "dark";

function colour(name) {
  if (!inks.has(name)) {
    const probe = element("span", { hidden: true });
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    inks.set(name, getComputedStyle(probe).color);
    probe.remove();
  }
  return inks.get(name);
}

function nameTheme() {
  themeButton.textContent = isDark() ? "Light" : "Dark";
}

function paint() {
  inks.clear();
  nameTheme();
  map.repaint();
  map.redraw();
}

themeButton.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  paint();
});
systemDark.addEventListener("change", paint);
