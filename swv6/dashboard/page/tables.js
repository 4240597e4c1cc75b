// Backends, devices, memory, what went wrong, and conversations of the past.
import { at, make, mark, picture, shape, tabulate } from "./draw.js";
import { bytes, clock, moment, ms, number, percent, t } from "./words.js";

const BREAKERS = { closed: "good", "half-open": "middling", open: "bad" };

export function showBackends(backends) {
  const counts = ["ok", "failed", "cancelled", "passed"];
  const heads = ["stage", "backend", "breaker", "ok", "failed", "cancelled", "passed_over", "hits", "load"].map((key) => t(key));
  const rows = backends.map((row) => [
    t(row.kind),
    row.name,
    mark(BREAKERS[row.breaker], t(`breaker_${row.breaker}`)),
    ...counts.map((name) => number(row[name])),
    row.hits + row.misses ? percent(row.hits / (row.hits + row.misses)) : "",
    row.load === null ? "" : ms(row.load * 1000),
  ]);
  tabulate(at("backends"), heads, rows);
}

export function showDevices(devices, machine) {
  const state = ({ name, lost }) => (lost ? mark("bad", t("lost")) : name ? mark("good", t("here")) : t("absent"));
  const rows = devices.map((each) => [t(each.kind), each.name, state(each), number(each.losses)]);
  const lost = "overflows" in machine ? [[t("overflows"), "", "", number(machine.overflows)]] : [];
  tabulate(at("devices"), ["device", "name", "state", "losses"].map((key) => t(key)), [...rows, ...lost]);
}

export function showMachine({ rss, memory, cards, queues, history, every }) {
  at("memory").replaceChildren(...(history.length > 1 ? [sparkline(history, every)] : []));
  const waiting = Object.values(queues).reduce((sum, value) => sum + value, 0);
  const card = (each) => t("card_of", { used: bytes(each.used), memory: bytes(each.memory), busy: percent(each.busy) });
  const rows = [
    ...(rss ? [[t("rss"), bytes(rss)], [t("machine_memory"), bytes(memory)]] : []),
    ...cards.map((each) => [t("card", { card: each.card }), card(each)]),
    [t("queues"), number(waiting)],
  ];
  tabulate(at("machine"), [], rows);
}

function sparkline(history, every) {
  const [width, height] = [300, 48];
  const high = Math.max(...history) * 1.05;
  const x = (n) => (n / (history.length - 1)) * width;
  const y = (value) => height - (value / high) * height;
  const line = history.map((value, n) => `${n ? "L" : "M"}${x(n).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const [low, most, now] = [Math.min(...history), Math.max(...history), history.at(-1)].map(bytes);
  const area = shape("path", { class: "area", d: `${line}V${height}H0Z` });
  const told = shape("title", {}, clock(history.length * every));
  return picture(t("memory_label", { low, high: most, now }), width, height, told, area, shape("path", { class: "edge", d: line }));
}

export function showIncidents(incidents) {
  const text = ({ what, kind, backend }) => t(`incident_${what}`, { stage: t(kind), device: t(kind), backend });
  const good = (what) => (what === "back" || what === "closed" ? "good" : what === "half-open" ? "middling" : "bad");
  const item = (each) => make("li", {}, make("time", {}, clock(each.at)), mark(good(each.what), text(each)));
  const none = make("p", { class: "quiet" }, t("no_incidents"));
  at("incidents").replaceChildren(incidents.length ? make("ul", {}, ...incidents.map(item)) : none);
}

export function showSessions(sessions) {
  const heads = ["began", "profile", "count", "answered", "wait"].map((key) => t(key));
  const rows = sessions.map((row) => [
    moment(row.began),
    row.profile,
    number(row.turns),
    row.turns ? percent(row.answered / row.turns) : "",
    row.wait === null ? "" : ms(row.wait),
  ]);
  tabulate(at("sessions"), heads, rows.length ? rows : [[t("no_past")]]);
}
