// The SPARQL of a table: those of entity pages share one script, which loads when first asked for.
"use strict";
{
  const assets = document.documentElement.dataset.assets;
  const copyable = (details) => {
    const pre = details.querySelector("pre");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(pre.textContent);
        told.textContent = " Copied";
      } catch {
        getSelection().selectAllChildren(pre);
        told.textContent = " Selected: copy with Ctrl+C";
      }
    });
    details.append(button, told);
  };
  const fill = (details) => {
    const { kind, entity } = details.dataset;
    const pre = document.createElement("pre");
    pre.tabIndex = 0;
    pre.setAttribute("role", "region");
    pre.setAttribute("aria-label", "SPARQL");
    pre.textContent = window.kgQueries[kind].replaceAll("$entity", () => entity);
    details.append(pre);
    copyable(details);
  };
  const shared = (details) => {
    details.hidden = false;
    details.addEventListener("toggle", () => {
      if (window.kgQueries) return fill(details);
      const script = Object.assign(document.createElement("script"), { src: `${assets}queries.js` });
      script.addEventListener("load", () => fill(details));
      document.head.append(script);
      return undefined;
    }, { once: true });
  };
  document.querySelectorAll(".code").forEach((details) => (details.dataset.kind ? shared : copyable)(details));
}
