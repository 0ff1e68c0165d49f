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
// anywidget gives a chart up that has not begun after two seconds, which a slow phone, or a busy one, needs.
(function () {
  const timeout = AbortSignal.timeout;
  if (timeout) AbortSignal.timeout = milliseconds => timeout.call(AbortSignal, Math.max(milliseconds, 60000));
})();
