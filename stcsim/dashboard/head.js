// Before the first paint: light or dark as the reader chose, else as the system has it.
(function () {
  const key = ":solara:theme.variant";
  try {
    if (!localStorage.getItem(key)) localStorage.setItem(key, JSON.stringify("auto"));
  } catch (error) { /* without storage the page stays light */ }
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  function show() {
    let chosen = "light";
    try { chosen = JSON.parse(localStorage.getItem(key)); } catch (error) { /* as above */ }
    const dark = chosen === "dark" || (chosen === "auto" && system.matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }
  system.addEventListener("change", show);
  show();
})();
// A connection that is not taken: say why, and do not try again at once and for ever.
(function () {
  const REFUSED = 4003;
  function tell(reason) {
    if (document.querySelector(".refused")) return;
    const box = document.createElement("p");
    box.className = "refused";
    box.setAttribute("role", "alert");
    box.textContent = reason;
    document.body.prepend(box);
  }
  window.WebSocket = class extends WebSocket {
    constructor(...words) {
      super(...words);
      this.addEventListener("close", (event) => {
        if (event.code !== REFUSED) return;
        event.stopImmediatePropagation();
        tell(event.reason);
      });
    }
  };
})();
