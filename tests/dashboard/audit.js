// What a person with a keyboard, a screen reader or weak eyes would stumble over; gives a list of complaints.
const complaints = [];
const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
const named = (element) => (element.getAttribute("aria-label") || element.textContent || element.title || "").trim();

for (const picture of document.querySelectorAll("svg, img")) {
  const hidden = picture.closest("[aria-hidden=true]") || picture.getAttribute("alt") === "";
  if (!hidden && !(picture.getAttribute("role") === "img" && named(picture))) {
    complaints.push(`a picture without words: ${picture.outerHTML.slice(0, 80)}`);
  }
}
for (const field of document.querySelectorAll("select, input, button")) {
  if (!named(field.labels?.[0] ?? field)) {
    complaints.push(`a field without a label: #${field.id}`);
  }
}
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
ids.filter((id, n) => ids.indexOf(id) !== n).forEach((id) => complaints.push(`twice: #${id}`));
for (const element of document.querySelectorAll("[aria-labelledby]")) {
  if (!named(document.getElementById(element.getAttribute("aria-labelledby")) ?? document.createElement("i"))) {
    complaints.push(`nothing names ${element.tagName} ${element.id}`);
  }
}
for (const landmark of ["header", "main", "footer"]) {
  if (document.querySelectorAll(`body > ${landmark}`).length !== 1) {
    complaints.push(`not one ${landmark}`);
  }
}
if (document.querySelectorAll("h1").length !== 1 || document.querySelector("h3, h4")) {
  complaints.push("headings are out of order");
}
for (const head of document.querySelectorAll("th")) {
  if (!["col", "row"].includes(head.scope)) {
    complaints.push(`a head of nothing: ${head.textContent}`);
  }
}
if (!document.querySelector("[role=status][aria-live=polite]")) {
  complaints.push("changes are not said");
}
if (document.documentElement.scrollWidth > window.innerWidth) {
  complaints.push(`wider than the window: ${document.documentElement.scrollWidth} of ${window.innerWidth}`);
}

const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
function luminance([r, g, b]) {
  const linear = [r, g, b].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}
function behind(element) {
  for (let each = element; each; each = each.parentElement) {
    const colour = parts(getComputedStyle(each).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) {
      return colour;
    }
  }
  return [255, 255, 255];
}
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (texts.currentNode.data.trim() && shown(element) && !element.closest("noscript, option, title")) {
    const style = getComputedStyle(element);
    const colour = parts(element instanceof SVGElement ? style.fill : style.color);
    const [high, low] = [luminance(colour), luminance(behind(element))].sort((a, b) => b - a);
    if ((high + 0.05) / (low + 0.05) < 4.5) {
      complaints.push(`contrast ${((high + 0.05) / (low + 0.05)).toFixed(2)}: ${texts.currentNode.data.trim().slice(0, 40)}`);
    }
  }
}
return complaints;
