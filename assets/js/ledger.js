// 台账: how many rows are chosen, and columns that are dragged into order. Pages work without it.
(() => {
  "use strict";
  // ── chosen rows ──────────────────────────────────────────────────────────
  document.addEventListener("change", (e) => {
    const form = e.target.closest(".ledger-form");
    if (!form) return;
    const said = form.querySelector("[data-chosen]");
    // `all` ticks its boxes in the click that precedes; count when that is done.
    setTimeout(() => (said.textContent = form.querySelectorAll("tbody .ledger-pick :checked").length));
  });

  // ── columns ──────────────────────────────────────────────────────────────
  let moving = null;
  const tell = (list) => list.dispatchEvent(new Event("change", { bubbles: true }));
  document.addEventListener("dragstart", (e) => {
    const item = e.target.closest("[data-sortable] > li");
    if (!item) return;
    moving = item;
    item.classList.add("is-moving");
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", "");
  });
  document.addEventListener("dragover", (e) => {
    const over = e.target.closest("[data-sortable] > li");
    if (!moving || !over || over === moving || over.parentElement !== moving.parentElement) return;
    e.preventDefault();
    const box = over.getBoundingClientRect();
    const after = e.clientY > box.bottom || (e.clientY >= box.top && e.clientX > box.left + box.width / 2);
    over.parentElement.insertBefore(moving, after ? over.nextSibling : over);
  });
  document.addEventListener("drop", (e) => moving && e.preventDefault());
  document.addEventListener("dragend", () => {
    if (!moving) return;
    moving.classList.remove("is-moving");
    tell(moving.parentElement);
    moving = null;
  });
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li"), by = Number(button.dataset.move);
    const next = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!next) return;
    item.parentElement.insertBefore(item, by < 0 ? next : next.nextSibling);
    button.focus();
    tell(item.parentElement);
  });
})();
