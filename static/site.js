// Small comforts; every page works without this file.
(() => {
  "use strict";
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  window.addEventListener("beforeprint", () => {
    const today = new Date().toLocaleDateString("zh-CN", { dateStyle: "long" });
    for (const place of document.querySelectorAll("[data-print-date]")) {
      place.textContent = `打印日期：${today}`;
    }
  });

  // htmx: a refused or failed answer is shown instead of being dropped silently.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status >= 400) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
})();
