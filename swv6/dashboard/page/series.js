// p50 and p95 of each stage over time, with the budget across.
import { at, make, picture, shape, tabulate } from "./draw.js";
import { clock, minutes, ms, number, t } from "./words.js";

export const STAGES = ["total", "stt", "llm", "tts"];
const HEIGHT = 130;
const TIMES = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000]; // ms
const PERIODS = [15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200]; // s
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 10, 8, 18];

function scaled(points, budget, width) {
  const most = Math.max(budget * 1.2, ...points.map((point) => point[3] * 1.08));
  const last = Math.max(60, ...points.map((point) => point[0])) * 1.02;
  const x = (seconds) => LEFT + (seconds / last) * (width - LEFT - RIGHT);
  const y = (value) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM);
  return { most, last, x, y };
}

// Gives round values from nothing to `most`, at most `count` of them after the first.
function steps(most, count, sizes) {
  const step = sizes.find((size) => most / size <= count + 0.99) ?? most;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
}

function path(points, which, { x, y }) {
  return points.map((point, n) => `${n ? "L" : "M"}${x(point[0]).toFixed(1)} ${y(point[which]).toFixed(1)}`).join("");
}

function chart(stage, points, whole, budget, width) {
  const scale = scaled(points, budget, width);
  const { x, y, most, last } = scale;
  const back = [...points].reverse();
  const band = `${path(points, 3, scale)}L${path(back, 2, scale).slice(1)}Z`;
  const limit = y(budget);
  const [count, p50, p95] = whole;
  const figures = { stage: t(stage), p50: ms(p50), p95: ms(p95), count: number(count), budget: ms(budget) };
  return picture(t("series_label", figures), width, HEIGHT,
    ...steps(most, 2, TIMES).map((value) => rule(value, y(value), width)),
    ...steps(last, 5, PERIODS).map((moment) => below(moment, x(moment), moment ? "middle" : "start")),
    shape("path", { class: `band ${stage}`, d: points.length > 1 ? band : "" }),
    shape("path", { class: `p95 ${stage}`, d: path(points, 3, scale) }),
    shape("path", { class: `p50 ${stage}`, d: path(points, 2, scale) }),
    ...points.flatMap((point) => dots(point, stage, scale)),
    shape("line", { class: "limit", x1: LEFT, x2: width - RIGHT, y1: limit, y2: limit }),
  );
}

function rule(value, y, width) {
  const text = shape("text", { x: LEFT - 6, y: y + 3.5, "text-anchor": "end" }, ms(value));
  return shape("g", {}, shape("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y, y2: y }), text);
}

const below = (seconds, x, anchor) => shape("text", { x, y: HEIGHT - 4, "text-anchor": anchor }, clock(seconds));

function dots([seconds, count, p50, p95], stage, { x, y }) {
  const told = () => shape("title", {}, `${clock(seconds)}: p50 ${ms(p50)}, p95 ${ms(p95)} (${count})`);
  const dot = (kind, value) => shape("circle", { class: `${kind} ${stage}`, cx: x(seconds), cy: y(value), r: 2.5 }, told());
  return [dot("p95", p95), dot("p50", p50)];
}

export function showSeries(series, budgets) {
  const place = at("series");
  const columns = getComputedStyle(place).gridTemplateColumns.split(" ").length;
  const width = Math.max(200, (place.clientWidth - 24 * (columns - 1)) / columns);
  place.replaceChildren(...STAGES.map((stage) => figure(stage, series[stage], budgets[stage] * 1000, width)));
  at("series-legend").replaceChildren(...["p50", "p95", "limit"].map(key), t("legend_window", { window: minutes(series.total.window) }));
  table(series);
}

const key = (name) => make("span", {}, make("i", { class: `key ${name}` }), t(`legend_${name}`));

function figure(stage, { points, whole }, budget, width) {
  const [count, p50, p95] = whole;
  const figures = count ? `p50 ${ms(p50)} · p95 ${ms(p95)}` : t("no_series");
  const head = make("figcaption", {}, make("b", {}, make("i", { class: `key ${stage}` }), t(stage)), make("span", {}, figures));
  return make("figure", {}, head, chart(stage, points, whole, budget, width));
}

function table(series) {
  const heads = [t("when"), t("count"), ...STAGES.map((stage) => `${t(stage)} p50 / p95`)];
  const found = Object.fromEntries(STAGES.map((stage) => [stage, new Map(series[stage].points.map((p) => [p[0], p]))]));
  const moments = [...new Set(STAGES.flatMap((stage) => [...found[stage].keys()]))].sort((a, b) => b - a);
  const cell = (point) => (point ? `${ms(point[2])} / ${ms(point[3])}` : "");
  const counted = (moment) => String(found.total.get(moment)?.[1] ?? 0);
  const rows = moments.map((m) => [clock(m), counted(m), ...STAGES.map((stage) => cell(found[stage].get(m)))]);
  tabulate(at("series-table"), heads, rows);
}
