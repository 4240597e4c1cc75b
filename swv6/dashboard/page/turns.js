// The last turns as a waterfall, all on one axis: zero is where the end of the turn was decided.
import { at, make, mark, picture, shape, tabulate } from "./draw.js";
import { ms, seconds, t } from "./words.js";

const KINDS = ["stt", "llm", "tts"];
const LANE = 11;
const HEIGHT = LANE * KINDS.length + 8;
const BEFORE = 1500; // ms that are shown before the decision, at most

function axis(turns, budget, width) {
  const low = Math.min(-100, ...turns.flatMap((turn) => [-turn.silence, ...turn.spans.map((span) => span[2])])) * 1.04;
  const high = Math.max(budget * 1.15, ...turns.map((turn) => turn.first * 1.06));
  const begin = Math.max(-BEFORE, low);
  const x = (moment) => ((Math.min(Math.max(moment, begin), high) - begin) / (high - begin)) * (width - 2) + 1;
  return { begin, high, x };
}

const line = (kind, x, top = 0, bottom = HEIGHT) => shape("line", { class: kind, x1: x, x2: x, y1: top, y2: bottom });

function bar(scale, [kind, name, begin, first, end, outcome]) {
  const top = 4 + LANE * KINDS.indexOf(kind);
  const from = scale.x(begin);
  const told = shape("title", {}, `${t(kind)} ${name}: ${ms(Math.max(0, end - begin))}`);
  const place = { x: from, y: top + 1.5, width: Math.max(2, scale.x(end) - from), height: LANE - 3, rx: 2 };
  const shapes = [shape("rect", { class: `${kind} ${outcome}`, ...place }, told)];
  if (first !== null && first > scale.begin && first < scale.high) {
    shapes.push(line("item", scale.x(first), top + 1.5, top + LANE - 1.5));
  }
  return shapes;
}

function drawn(turn, scale, budget, width) {
  const from = scale.x(-turn.silence);
  const shapes = [
    shape("rect", { class: "silence", x: from, y: 0, width: Math.max(0, scale.x(0) - from), height: HEIGHT }),
    ...turn.spans.flatMap((span) => bar(scale, span)),
    line("decided", scale.x(0)),
    line("limit", scale.x(budget)),
  ];
  if (turn.first) {
    const x = scale.x(turn.first);
    const late = turn.first > budget ? "sound late" : "sound";
    shapes.push(line(late, x), shape("path", { class: late, d: `M${x - 5} 0h10l-5 7z` }));
  }
  return picture(label(turn, budget), width, HEIGHT, ...shapes);
}

function label(turn, budget) {
  if (!turn.first) {
    return t("turn_label_none", { turn: turn.turn, outcome: t(`outcome_${turn.outcome}`) });
  }
  const verdict = t(turn.first > budget ? "over_budget" : "in_budget");
  const times = Object.fromEntries(KINDS.map((kind) => [kind, turn[kind] === undefined ? (turn.outcome ? "–" : "…") : ms(turn[kind])]));
  return t("turn_label", { turn: turn.turn, total: ms(turn.first), verdict, ...times });
}

function judged(turn, budget) {
  if (turn.outcome === "failed" || turn.outcome === "empty" || !turn.first) {
    return mark(turn.outcome === "failed" ? "bad" : "middling", t(`outcome_${turn.outcome}`));
  }
  return mark(turn.first > budget ? "bad" : "good", ms(turn.first));
}

function block(turn, scale, budget, width) {
  const head = make("p", { class: "turn" }, make("span", {}, `${t("turn")} ${turn.turn}`), judged(turn, budget));
  const said = turn.said ? [make("p", { class: "words" }, `« ${turn.said} » → ${turn.answer || "…"}`)] : [];
  return make("li", {}, head, make("div", { class: "lanes" }, drawn(turn, scale, budget, width), ...said));
}

function ticks(scale, width) {
  const step = [100, 200, 500, 1000, 2000, 5000, 10000, 30000].find((each) => (scale.high - scale.begin) / each < width / 70);
  const texts = [];
  for (let n = Math.ceil(scale.begin / step) + 0 /* no -0 */; n * step < scale.high; n += 1) {
    const x = scale.x(n * step);
    const anchor = x < 20 ? "start" : x > width - 24 ? "end" : "middle";
    texts.push(shape("text", { x, y: 11, "text-anchor": anchor }, seconds(n * step)));
  }
  return shape("svg", { "aria-hidden": "true", viewBox: `0 0 ${width} 14` }, ...texts);
}

export function showTurns(turns, budget) {
  const place = at("turns");
  at("legend").replaceChildren(...legend(budget));
  table(turns, budget);
  if (!turns.length) {
    place.replaceChildren(make("p", { class: "quiet" }, t("no_turns")));
    return;
  }
  const narrow = place.clientWidth < 560;
  const width = Math.max(200, place.clientWidth - (narrow ? 0 : 160));
  const scale = axis(turns, budget, width);
  const newest = [...turns].reverse().map((turn) => block(turn, scale, budget, width));
  place.replaceChildren(make("ol", {}, ...newest), make("div", { class: "ticks" }, ticks(scale, width)));
}

function legend(budget) {
  const keys = [...KINDS, "silence"].map((kind) => make("span", {}, make("i", { class: `key ${kind}` }), t(kind)));
  const limit = t("legend_budget", { budget: ms(budget) });
  return [...keys, make("span", {}, make("i", { class: "key sound" }), t("total")), make("span", {}, make("i", { class: "key limit" }), limit)];
}

function table(turns, budget) {
  const heads = [t("turn"), ...["silence", ...KINDS, "total"].map((key) => t(key)), t("verdict"), t("outcome")];
  const time = (value) => (value === undefined ? "" : ms(value));
  const verdict = (turn) => (turn.first ? t(turn.first > budget ? "over_budget" : "in_budget") : "");
  const rows = [...turns].reverse().map((turn) => [
    String(turn.turn),
    ...[turn.silence, turn.stt, turn.llm, turn.tts, turn.first || undefined].map(time),
    verdict(turn),
    t(`outcome_${turn.outcome}`),
  ]);
  tabulate(at("turns-table"), heads, rows);
}
