// Making elements: of the page, and of its pictures.
const SVG = "http://www.w3.org/2000/svg";

// Gives an element with attributes and children; a child that is text stays text.
export function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function shape(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export const at = (id) => document.getElementById(id);

// A picture that says in words what it shows.
export function picture(label, width, height, ...shapes) {
  return shape("svg", { role: "img", "aria-label": label, viewBox: `0 0 ${width} ${height}` }, ...shapes);
}

// Fills a table: its heads are texts, a cell is a text or an element, the first of each row names it. A cell knows its
// head: where it is narrow, rows become blocks and it stands there.
export function tabulate(table, heads, rows) {
  const head = make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text))));
  const body = make("tbody", {}, ...rows.map((cells) => row(cells, heads)));
  table.replaceChildren(...(heads.length ? [head] : []), body);
}

function row([name, ...cells], heads) {
  const told = (n) => (heads.length ? { "data-head": heads[n] } : {});
  const all = cells.map((cell, n) => make("td", told(n + 1), cell));
  return make("tr", {}, make("th", { scope: "row", ...told(0) }, name), ...all);
}

// A word with a sign beside it: never by colour alone.
export function mark(kind, text) {
  const sign = { good: "●", bad: "▲", middling: "◆" }[kind];
  return make("span", { class: kind }, make("span", { "aria-hidden": "true" }, sign), ` ${text}`);
}
