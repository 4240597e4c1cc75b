// What the conversation does at this moment.
import { at, make } from "./draw.js";
import { t } from "./words.js";

const STATES = ["listening", "hearing", "thinking", "speaking"];
const SETTLED = 1200; // ms: a state that lasts is read aloud, one that passes by is not
const QUIETEST = -60; // dBFS: the left end of the level

let timer = 0;
let told = "";

export function showNow({ state, muted, transcripts, heard, answer, profile, language }) {
  const item = (name) => make("li", name === state ? { "aria-current": "step" } : {}, t(name));
  const other = STATES.includes(state) ? [] : [make("li", { "aria-current": "step" }, t(state))];
  const silent = muted ? [make("li", { class: "muted" }, t("muted"))] : [];
  at("states").replaceChildren(...other, ...STATES.map(item), ...silent);
  at("states").dataset.state = state;
  at("profile").textContent = profile ? `${profile} · ${language}` : "";
  at("said").hidden = !transcripts;
  at("heard").textContent = heard ?? "";
  at("answer").textContent = answer ?? "";
  at("hidden").textContent = t(transcripts ? "shown" : "hidden");
  tell(t(muted ? "muted" : state));
}

function tell(text) {
  if (text !== told) {
    told = text;
    clearTimeout(timer);
    timer = setTimeout(() => (at("spoken").textContent = text), SETTLED);
  }
}

// A level in decibels below full scale, as a bar.
export function showLevel(rms) {
  const decibels = 20 * Math.log10(Math.max(rms, 1e-6));
  const share = Math.min(1, Math.max(0, 1 - decibels / QUIETEST));
  at("level").firstElementChild.style.transform = `scaleX(${share.toFixed(3)})`;
}
