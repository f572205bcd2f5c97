// Small comforts. Every page works without this file.
"use strict";

// The error summary is read out first.
document.querySelector("[data-focus]")?.focus();

// «Отметить все» in tables where many rows can be chosen.
document.querySelectorAll("[data-check-all]").forEach((all) => {
  const boxes = () => document.querySelectorAll(`input[name="${all.dataset.checkAll}"]`);
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
  all.closest("[hidden]")?.removeAttribute("hidden");
});

// A second click on a submit button sends nothing twice.
document.querySelectorAll("form[method=post]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    window.setTimeout(() => delete form.dataset.sent, 8000);
  });
});
window.addEventListener("pageshow", () =>
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent),
);

// Filters apply by themselves when a choice changes.
document.querySelectorAll("form[data-autosubmit] select").forEach((select) =>
  select.addEventListener("change", () => select.form.requestSubmit()),
);

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).value);
    button.textContent = "Скопировано";
  });
});
