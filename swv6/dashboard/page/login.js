// The form for the token, in the browser's language.
import { at } from "./draw.js";
import { current, speak, t } from "./words.js";

speak(current(), false);
if (location.search === "?wrong") {
  at("wrong").textContent = t("token_wrong");
}
