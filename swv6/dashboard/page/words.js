// What the page says, in the browser's language or the one that was chosen.
const catalogue = await (await fetch("/page/strings.json")).json();

function kept() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

const preferred = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in catalogue);
let language = [kept(), preferred, "en"].find((tag) => tag in catalogue);

export const current = () => language;

// Gives a text of the catalogue with the values of its {names}.
export function t(key, values = {}) {
  return catalogue[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Speaks another language from now on; `keep` remembers it.
export function speak(tag, keep = true) {
  language = tag;
  if (keep) {
    try {
      localStorage.setItem("language", tag);
    } catch {
      // for as long as the page is open, then
    }
  }
  document.documentElement.lang = tag;
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = t(element.dataset.t);
  }
}

const written = (value, options) => new Intl.NumberFormat(language, options).format(value);

export const number = (value) => written(value, { maximumFractionDigits: 2 });
export const percent = (share) => written(share, { style: "percent", maximumFractionDigits: 0 });

// Milliseconds as people read them.
export function ms(value) {
  if (value < 1000) {
    return `${written(value, { maximumFractionDigits: 0 })}\u00a0ms`;
  }
  return `${written(value / 1000, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}\u00a0s`;
}

// Milliseconds as a figure on an axis: all of one unit.
export const seconds = (value) => `${written(value / 1000, { maximumFractionDigits: 2 })}\u00a0s`;

export const minutes = (value) => written(value / 60, { style: "unit", unit: "minute", maximumFractionDigits: 0 });

export function bytes(value) {
  const [size, unit] = value >= 2 ** 30 ? [2 ** 30, "Gio"] : [2 ** 20, "Mio"];
  const name = language === "fr" ? unit : unit.replace("o", "B");
  return `${written(value / size, { maximumFractionDigits: size === 2 ** 30 ? 1 : 0 })}\u00a0${name}`;
}

// Seconds as 1:05 or 1:02:03.
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function moment(seconds) {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(seconds * 1000);
}
