// The SPARQL of a table: those of entity pages share one script, which loads when first asked for.
"use strict";
{
  const { queries, sparql } = document.documentElement.dataset;
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
    details.append(button);
    if (sparql) {
      const kept = new URLSearchParams({ query: pre.textContent });
      details.append(" ", Object.assign(document.createElement("a"), { href: `${sparql}#${kept}`, className: "jump", textContent: "Run it" }));
    }
    details.append(told);
  };
  const folded = (text) => {
    const pre = Object.assign(document.createElement("pre"), { tabIndex: 0, textContent: text });
    pre.setAttribute("role", "region");
    pre.setAttribute("aria-label", "SPARQL");
    return pre;
  };
  const shared = (table) => {
    const details = Object.assign(document.createElement("details"), { className: "code" });
    details.append(Object.assign(document.createElement("summary"), { textContent: "SPARQL of this table" }));
    table.closest(".wide").after(details);
    const fill = () => {
      const { entity } = document.documentElement.dataset;
      details.append(folded(window.kgQueries[table.dataset.query].replaceAll("$entity", () => entity)));
      copyable(details);
    };
    details.addEventListener("toggle", () => {
      if (window.kgQueries) return fill();
      const script = Object.assign(document.createElement("script"), { src: queries });
      script.addEventListener("load", fill);
      document.head.append(script);
      return undefined;
    }, { once: true });
  };
  document.querySelectorAll(".code").forEach(copyable);
  document.querySelectorAll("table[data-query]").forEach(shared);
}
