// Runs before the first paint: says that scripts run, and dresses the page as the person chose.
(function () {
  const root = document.documentElement;
  root.classList.add("scripted");
  if (!root.dataset.bsTheme && matchMedia("(prefers-color-scheme: dark)").matches) {
    root.dataset.bsTheme = "dark";
  }
})();
