// The few figures at the top, each with what it means beside it.
import { at, make } from "./draw.js";
import { clock, ms, number, percent, t } from "./words.js";

export function showFigures({ series, counts, backends, now }, elapsed) {
  const total = now.budget.total * 1000;
  const [heard, p50, p95] = series.total.whole;
  const [spoken, voice, slow] = series.voice.whole;
  const figures = [
    ["response", heard ? ms(p50) : "–", heard ? `${t("p95_of", { p95: ms(p95) })} · ${t("budget_of", { budget: ms(total) })}` : t("none_yet"), p95 > total ? "bad" : "good"],
    ["voice", spoken ? ms(voice) : "–", spoken ? t("p95_of", { p95: ms(slow) }) : t("none_yet")],
    answered(counts),
    cached(backends),
    ["passed", number(counts.passed ?? 0), t(counts.passed ? "passed_some" : "passed_none"), counts.passed ? "bad" : "good"],
    ["elapsed", clock(elapsed), now.profile],
  ];
  at("figures").replaceChildren(...figures.map(([key, value, what, kind]) => tile(key, value, what, kind)));
}

function answered({ answered, failed }) {
  const all = answered + failed;
  const share = all ? percent(answered / all) : "–";
  return ["answered", share, all ? t("of_turns", { answered, turns: all }) : t("none_yet"), failed ? "bad" : "good"];
}

function cached(backends) {
  const [hits, misses] = ["hits", "misses"].map((name) => backends.reduce((sum, row) => sum + row[name], 0));
  const all = hits + misses;
  return ["cache", all ? percent(hits / all) : "–", all ? t("cache_of", { hits: number(hits), all: number(all) }) : t("none_yet")];
}

function tile(key, value, what, kind = "") {
  const figure = make("dd", { class: `value ${kind}`, ...(key === "elapsed" ? { id: "elapsed" } : {}) }, value);
  return make("div", {}, make("dt", {}, t(key)), figure, make("dd", { class: "quiet" }, what));
}
