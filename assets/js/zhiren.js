// Shortcuts, suggestions, large print. Every page works without it.
(() => {
  "use strict";
  const $ = (s, in_ = document) => in_.querySelector(s);
  const $$ = (s, in_ = document) => [...in_.querySelectorAll(s)];
  const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");

  // ── rows: j k x e and Enter ──────────────────────────────────────────────
  const rows = () => $$("table.ledger tbody tr:not(.ledger-group)");
  const at = () => rows().findIndex((r) => r.classList.contains("is-at"));
  function go(by) {
    const all = rows();
    if (!all.length) return;
    const now = at();
    const next = Math.min(all.length - 1, Math.max(0, now < 0 ? 0 : now + by));
    all.forEach((r) => r.classList.remove("is-at"));
    all[next].classList.add("is-at");
    all[next].scrollIntoView({ block: "nearest" });
  }

  let leader = false;
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") {
      const box = $("#suggestions");
      if (box) box.replaceChildren();
      $$("details.drop[open]").forEach((d) => (d.open = false));
      if (typing(e)) e.target.blur();
      return;
    }
    if (typing(e) || $("dialog[open]")) return;
    if (leader) {
      leader = false;
      const link = $$(".side a[data-key]").find((a) => a.dataset.key === e.key);
      if (link) { e.preventDefault(); location.assign(link.href); }
      return;
    }
    const row = rows()[at()];
    const keys = {
      "/": () => { const q = $("#q"); if (q) { q.focus(); q.select(); } },
      g: () => { leader = true; setTimeout(() => (leader = false), 1200); },
      j: () => go(1),
      k: () => go(-1),
      x: () => $(".ledger-pick input", row ?? document.createElement("i"))?.click(),
      Enter: () => row && !document.activeElement?.closest("a, button, summary") && $("a", row)?.click(),
      e: () => $("[data-key-edit]")?.click(),
      "?": () => $("#keys")?.showModal(),
    };
    const act = keys[e.key];
    if (!act) return;
    if (e.key !== "Enter") e.preventDefault();
    act();
  });

  // ── suggestions: arrows choose, Enter opens or asks ──────────────────────
  document.addEventListener("keydown", (e) => {
    if (e.target.id !== "q" || e.isComposing) return;
    const all = $$("#suggestions a");
    const now = all.findIndex((a) => a.getAttribute("aria-selected") === "true");
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (!all.length) return;
      e.preventDefault();
      const next = (now + (e.key === "ArrowDown" ? 1 : -1) + all.length) % all.length;
      all.forEach((a, i) => a.setAttribute("aria-selected", String(i === next)));
      all[next].scrollIntoView({ block: "nearest" });
    } else if (e.key === "Enter" && now >= 0) {
      e.preventDefault();
      location.assign(all[now].href);
    }
  });

  // ── what is clicked ──────────────────────────────────────────────────────
  document.addEventListener("click", (e) => {
    if (!e.target.closest(".top-search")) $("#suggestions")?.replaceChildren();
    $$("details.drop[open]").forEach((d) => { if (!d.contains(e.target)) d.open = false; });
    const act = e.target.closest("[data-act]")?.dataset.act;
    if (act === "large") {
      const on = document.documentElement.dataset.size !== "large";
      if (on) document.documentElement.dataset.size = "large";
      else delete document.documentElement.dataset.size;
      document.cookie = `zhiren_size=${on ? "large" : "usual"}; path=/; max-age=31536000; samesite=lax`;
    } else if (act === "keys") $("#keys")?.showModal();
    else if (act === "print") window.print();
    else if (act === "back") history.back();
    else if (act === "all") $$(".ledger-pick input", e.target.closest("table")).forEach((c) => (c.checked = e.target.checked));
  });

  // ── what was refused behind the page: said where the hand is, with what the refusing page says ──
  document.addEventListener("htmx:responseError", (e) => {
    const at = e.detail.elt.closest("form") ?? e.detail.elt;
    if (e.detail.target?.id === "draft-said") { e.detail.target.textContent = "草稿没有存上，先不要离开这一页"; return; }
    if (e.detail.elt.id === "q") return;
    const page = new DOMParser().parseFromString(e.detail.xhr.responseText, "text/html");
    const said = $(".error-summary", page) ?? $("#main .narrow", page);
    if (!said) return;
    $$("a.button, button, form", said).forEach((b) => b.remove());
    const box = document.createElement("div");
    box.className = "error-summary";
    box.setAttribute("role", "alert");
    box.tabIndex = -1;
    box.append(...said.childNodes);
    if (at.previousElementSibling?.matches(".error-summary")) at.previousElementSibling.remove();
    at.before(box);
    box.focus();
  });

  // After a proof of being oneself: on with what waited for it.
  const follow = $("[data-follow]");
  if (follow) follow.matches("form") ? follow.requestSubmit() : follow.click();

  // On a phone the menu is a strip: it shows where one is.
  const here = $(".side a[aria-current]");
  if (here && here.offsetLeft > here.closest(".side").clientWidth / 2) here.closest(".side").scrollLeft = here.offsetLeft - 60;

  // A mistake is said where the reader is looking.
  $(".error-summary")?.focus();
})();
