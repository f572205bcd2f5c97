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

// On a phone each row of a table is a card whose cells say their column («stack» in portal.css).
// The roles stay what they are, though the layout no longer is that of a table.
document.querySelectorAll(".table-wrap > table").forEach((table) => {
  const heads = [...table.querySelectorAll("thead th")];
  const rows = [...table.querySelectorAll("tbody > tr")];
  if (!heads.length || rows.some((row) => row.cells.length !== heads.length)) return;
  const titles = heads.map((head) => {
    if (head.querySelector("input")) return "";
    const seen = head.cloneNode(true);
    seen.querySelectorAll("br").forEach((line) => line.replaceWith(" "));
    seen.querySelectorAll(".visually-hidden").forEach((word) => word.remove());
    return (seen.textContent.trim() || head.textContent).replace(/\s+/g, " ").trim();
  });
  table.setAttribute("role", "table");
  table.querySelectorAll("thead, tbody").forEach((part) => part.setAttribute("role", "rowgroup"));
  table.querySelectorAll("tr").forEach((row) => row.setAttribute("role", "row"));
  heads.forEach((head) => head.setAttribute("role", "columnheader"));
  rows.forEach((row) =>
    [...row.cells].forEach((cell, number) => {
      cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
      if (titles[number]) cell.dataset.title = titles[number];
    }),
  );
  table.classList.add("stack");
});

// A list that shows how far long works have come looks again by itself while the page is seen.
document.querySelectorAll("[data-refresh]").forEach((link) => {
  const mark = (element) => element?.closest("form")?.getAttribute("action") ?? element?.href;
  const look = async () => {
    if (document.hidden) return;
    const response = await fetch(link.href).catch(() => null);
    if (!response) return; // no network for a moment
    if (!response.ok || response.redirected) return window.clearInterval(timer); // logged out
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const [old, fresh] = [document, page].map((one) => one.querySelector(link.dataset.refresh));
    if (!fresh) return window.clearInterval(timer);
    const focused = old.contains(document.activeElement) && mark(document.activeElement);
    old.replaceWith(fresh);
    const again = [...fresh.querySelectorAll("a, button")].find((one) => mark(one) === focused);
    if (focused) (again ?? fresh.querySelector("a, button"))?.focus();
    if (page.querySelector("[data-refresh]")) return;
    window.clearInterval(timer);
    link.remove();
  };
  const timer = window.setInterval(look, 3000);
});
