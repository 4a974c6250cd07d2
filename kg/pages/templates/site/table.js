// Every table sorts, filters and downloads; columns that tell nothing are left out.
"use strict";
{
  const FEW = 40; // rows that a long table begins with
  const make = (tag, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };
  const said = (cell) => (cell ? cell.textContent.trim() : "");
  const number = (text) => {
    const found = /^[<>=≤≥~ ]*(-?\d[\d,]*(?:\.\d+)?)(?!\d*-\d)/.exec(text);
    return found ? Number(found[1].replaceAll(",", "")) : NaN;
  };
  const compare = (one, other) => {
    if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
    const [a, b] = [number(one), number(other)];
    if (!Number.isNaN(a) && !Number.isNaN(b) && a !== b) return a - b;
    return one.localeCompare(other, "en", { numeric: true });
  };

  // The short id of what a link leads to: ../drug/imatinib.html and /drug/imatinib?as-of=... are drug:imatinib.
  const unquoted = (name) => name.replace(/~([0-9a-f]+)/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));
  const id = (link) => {
    const address = link.getAttribute("href");
    if (address.startsWith("#")) return unquoted(address.slice(1)).replace(".", ":");
    const path = /([a-z-]+)\/([^/?#]+?)(?:\.html)?(?:\?[^#]*)?$/.exec(address);
    return path && !/^https?:/.test(address) ? unquoted(`${path[1]}:${path[2]}`) : address;
  };

  const columns = (table) => [...table.tHead.rows[0].cells].map((cell) => cell.dataset.key);
  const records = (table) => {
    const keys = columns(table);
    const rows = [...table.tBodies[0].rows].filter((row) => !row.classList.contains("out"));
    const linked = keys.map((key, at) => rows.some((row) => row.cells[at]?.querySelector("a:not(.disputed)")));
    return rows.map((row) => Object.fromEntries(keys.flatMap((key, at) => {
      const cell = row.cells[at];
      const links = cell ? [...cell.querySelectorAll("a:not(.disputed)")].map(id) : [];
      const text = said(cell);
      return linked[at] ? [[key, text], [`${key}_id`, links.join(" ")]] : [[key, text]];
    })));
  };
  // What a spreadsheet would take for a formula is text; a number with a sign stays one.
  const quoted = (text) => {
    const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const csv = (rows) => {
    const keys = rows.length ? Object.keys(rows[0]) : [];
    const lines = [keys, ...rows.map((row) => keys.map((key) => row[key] ?? ""))];
    return lines.map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  };
  const save = (name, type, text) => {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };


  const page = () => location.pathname.split("/").pop().replace(/\.html$/, "") || "table";
  // What a page is about need not be told in each of its rows.
  const here = (cell) => {
    const links = cell?.querySelectorAll("a") ?? [];
    return links.length === 1 && links[0].pathname === location.pathname && !links[0].hash;
  };
  const hideEmpty = (table) => {
    const rows = [...table.tBodies[0].rows];
    columns(table).forEach((_, at) => {
      const told = rows.map((row) => row.cells[at]).filter((cell) => said(cell));
      if (rows.length && told.every(here) && (!told.length || told.length === rows.length)) {
        table.classList.add(`empty-${at + 1}`);
      }
    });
  };

  const equip = (table, files = true) => {
    const [body] = table.tBodies;
    const rows = [...body.rows];
    hideEmpty(table);
    const shown = make("output");
    const tell = () => {
      const left = rows.filter((row) => !row.classList.contains("out")).length;
      shown.value = left === rows.length ? `${rows.length} row${rows.length === 1 ? "" : "s"}` : `${left} of ${rows.length} rows`;
    };
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      const button = make("button", { type: "button" }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const texts = new Map(rows.map((row) => [row, said(row.cells[at])]));
        const order = (a, b) => {
          const [one, other] = [texts.get(a), texts.get(b)];
          return one && other && down ? compare(other, one) : compare(one, other);
        };
        rows.sort(order).forEach((row, place) => row.classList.toggle("late", place >= FEW));
        body.append(...rows);
      });
    });
    const tools = make("p", { className: "tools" });
    if (rows.length > 5) {
      const filter = make("input", { type: "search", placeholder: "Filter rows" });
      filter.setAttribute("aria-label", "Filter the rows of this table");
      const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
      filter.addEventListener("input", () => {
        const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const row of rows) row.classList.toggle("out", !words.every((word) => texts.get(row).includes(word)));
        table.classList.toggle("short", !words.length && long && all?.getAttribute("aria-pressed") !== "true");
        tell();
      });
      tools.append(filter);
    }
    const long = rows.length > FEW + 10;
    let all = null;
    if (long) {
      rows.forEach((row, place) => row.classList.toggle("late", place >= FEW));
      table.classList.add("short");
      all = make("button", { type: "button" }, `Show all ${rows.length} rows`);
      all.setAttribute("aria-pressed", "false");
      all.addEventListener("click", () => {
        const short = table.classList.toggle("short");
        all.setAttribute("aria-pressed", String(!short));
      });
      tools.append(all);
    }
    const visible = Number(/\bs(\d+)\b/.exec(table.className)?.[1] ?? Infinity);
    const more = columns(table).filter((_, at) => at >= visible && !table.classList.contains(`empty-${at + 1}`));
    if (more.length) {
      const button = make("button", { type: "button" }, `${more.length} more column${more.length === 1 ? "" : "s"}`);
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => button.setAttribute("aria-pressed", String(table.classList.toggle("all"))));
      tools.append(button);
    }
    for (const [form, type, text] of !files ? [] : [["csv", "text/csv", csv], ["json", "application/json", (found) => JSON.stringify(found, null, 2)]]) {
      const button = make("button", { type: "button" }, form.toUpperCase());
      button.setAttribute("aria-label", `Download this table as ${form.toUpperCase()}`);
      button.addEventListener("click", () => save(`${page()}-${table.dataset.name}.${form}`, type, text(records(table))));
      tools.append(button);
    }
    tools.append(shown);
    tell();
    table.closest(".wide").before(tools);
  };
  document.querySelectorAll("table[data-name]").forEach((table) => equip(table));
  window.kgTable = equip; // for tables that come later
}
