// Sets the theme before anything is drawn; loaded in the head, so it is no module.
"use strict";
(() => {
  let theme = "auto";
  try {
    theme = localStorage.getItem("theme") || "auto";
  } catch {
    // private windows may have no storage: the system's theme it is
  }
  document.documentElement.dataset.theme = theme;
})();
