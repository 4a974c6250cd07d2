"use strict";
// What the page shows, as it was written into the page. Text from here is only ever set as
// text (textContent, canvas, tooltips of plain text), never as markup.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("page-data");
const nodes = new Map(read("nodes-data").map((node) => [node.id, node]));
const edges = new Map(read("edges-data").map((edge) => [edge.id, edge]));

// Details are the larger part and are not needed for the first drawing.
let readDetails = null;
const details = () => (readDetails ??= read("details-data"));
const about = (id) => details().nodes[id] ?? {};
const reference = (id) => details().references[id] ?? { title: id };

const brought = new Map(); // nodes that were fetched later, to those next to which they are
const edgesOf = new Map([...nodes.keys()].map((id) => [id, []]));
for (const edge of edges.values()) {
  edgesOf.get(edge.from).push(edge);
  edgesOf.get(edge.to).push(edge);
}
const look = (node) => page.looks[node.type];
const other = (edge, id) => (edge.from === id ? edge.to : edge.from);
const phrase = ({ relation, says }) => (says ? `${relation}: ${says}` : relation);
// As toLocaleString("en") writes it, which takes a moment each time: pages have thousands.
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
const plural = (number, word, words = `${word}s`) =>
  `${grouped(number)} ${number === 1 ? word : words}`;

// An element with attributes and children; children that are strings become text.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

// A link for plain web addresses; for anything else only the text.
function link(text, address) {
  let protocol = "";
  try {
    protocol = new URL(address).protocol;
  } catch {
    // no address: text only
  }
  if (protocol !== "https:" && protocol !== "http:") return element("span", {}, text);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

// For those who listen to the page.
function say(text) {
  document.getElementById("status").textContent = text;
}
