// The two switches: language and theme.
import { at } from "./draw.js";
import { current, speak } from "./words.js";

// Sets the switches to what is so; `changed` is called after every change of language.
export function ready(changed) {
  const [language, theme] = [at("language"), at("theme")];
  speak(current(), false);
  language.value = current();
  language.addEventListener("change", () => {
    speak(language.value);
    changed();
  });
  theme.value = document.documentElement.dataset.theme;
  theme.addEventListener("change", () => {
    document.documentElement.dataset.theme = theme.value;
    try {
      localStorage.setItem("theme", theme.value);
    } catch {
      // for as long as the page is open, then
    }
  });
  changed();
}
