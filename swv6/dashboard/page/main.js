// Reads what is new, and draws the sections it is in.
import { at } from "./draw.js";
import { showFigures } from "./figures.js";
import { showLevel, showNow } from "./now.js";
import { showSeries } from "./series.js";
import { ready } from "./switches.js";
import { showBackends, showDevices, showIncidents, showMachine, showSessions } from "./tables.js";
import { showTurns } from "./turns.js";
import { clock, t } from "./words.js";

const SECTIONS = ["now", "level", "turns", "series", "counts", "backends", "devices", "machine", "viewer", "sessions"];
const NEEDED = SECTIONS.slice(0, 8);
const known = {};
let link = "connecting";
let began = 0; // on the page's own clock, in ms
let dirty = new Set();

const elapsed = () => (known.now.state === "ended" ? known.now.elapsed : (performance.now() - began) / 1000);
const milliseconds = () => known.now.budget.total * 1000;

// Section -> what is drawn when it changes.
const drawing = {
  now: () => showNow(known.now),
  level: () => showLevel(known.level),
  turns: () => showTurns(known.turns, milliseconds()),
  series: () => showSeries(known.series, known.now.budget),
  counts: () => showIncidents(known.counts.incidents),
  backends: () => showBackends(known.backends),
  devices: () => showDevices(known.devices, known.machine),
  machine: () => (showMachine(known.machine), drawing.devices()),
};

function draw() {
  const changed = dirty;
  dirty = new Set();
  const whole = NEEDED.every((name) => name in known);
  showLink();
  if (changed.has("sessions") && known.sessions) {
    at("past").hidden = false;
    showSessions(known.sessions);
  }
  if (!whole) {
    return;
  }
  for (const name of changed) {
    drawing[name]?.();
  }
  if (["series", "counts", "backends", "now"].some((name) => changed.has(name))) {
    showFigures(known, elapsed());
  }
}

function showLink() {
  const absent = known.viewer?.attached === false;
  const over = known.now?.state === "ended";
  const state = link === "live" && over ? "ended" : link === "live" && absent ? "waiting" : link;
  const text = t(state);
  if (at("link").textContent !== text) {
    at("link").textContent = text;
  }
  at("link").dataset.state = state;
  at("waiting").hidden = !absent;
  document.body.classList.toggle("empty", !NEEDED.every((name) => name in known));
  document.title = known.now ? `${t(known.now.state)} · swv6` : "swv6";
}

function changed(...names) {
  if (!dirty.size) {
    requestAnimationFrame(draw);
  }
  names.forEach((name) => dirty.add(name));
}

function follow() {
  const source = new EventSource("/events");
  source.onopen = () => changed((link = "live"));
  source.onerror = () => {
    changed((link = "lost_link"));
    if (source.readyState === EventSource.CLOSED) {
      source.close(); // refused rather than cut: a browser does not try again by itself
      setTimeout(follow, 3000);
    }
  };
  for (const name of SECTIONS) {
    source.addEventListener(name, (event) => {
      known[name] = JSON.parse(event.data);
      if (name === "now") {
        began = performance.now() - known.now.elapsed * 1000;
      }
      changed(name);
    });
  }
}

ready(() => changed(...SECTIONS));
new ResizeObserver(() => changed("turns", "series")).observe(at("main"));
setInterval(() => at("elapsed") && (at("elapsed").textContent = clock(elapsed())), 1000);
follow();
