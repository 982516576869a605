// 选人选岗: suggestions under a field; a click or Enter fills it. Without it the typed name is read on sending.
(() => {
  "use strict";
  let wait;
  const box = (el) => el.closest("[data-pick]");
  const list = (pick) => pick.querySelector(".pick-list");
  const close = (pick) => { list(pick).replaceChildren(); pick.querySelector("[data-pick-text]").setAttribute("aria-expanded", "false"); };

  document.addEventListener("input", (e) => {
    const text = e.target.closest("input[data-pick-text]");
    if (!text) return;
    const pick = box(text);
    pick.querySelector("input[data-pick-number]").value = "";
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const words = text.value.trim();
      if (!words) return close(pick);
      const from = text.dataset.from;
      const answer = await fetch(`${from}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok || text.value.trim() !== words) return;
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      list(pick).replaceChildren(...part.body.children);
      text.setAttribute("aria-expanded", "true");
    }, 160);
  });

  function fill(text, number, name) {
    const pick = box(text);
    text.value = name;
    pick.querySelector("input[data-pick-number]").value = number;
    close(pick);
    const form = text.closest("form");
    const refresh = form.querySelector("[data-refresh]");
    if (refresh) refresh.click();
    else if (form.dataset.sendWhenPicked !== undefined) {
      const all = [...form.querySelectorAll("input[data-pick-number]")];
      if (all.every((n) => n.value)) form.requestSubmit();
    }
  }

  document.addEventListener("click", (e) => {
    const choice = e.target.closest("a[data-pick-number]");
    if (choice) {
      e.preventDefault();
      const text = choice.dataset.fill ? document.getElementById(choice.dataset.fill) : box(choice).querySelector("input[data-pick-text]");
      return fill(text, choice.dataset.pickNumber, choice.dataset.pickText);
    }
    document.querySelectorAll("[data-pick]").forEach((pick) => { if (!pick.contains(e.target)) close(pick); });
  });

  document.addEventListener("keydown", (e) => {
    const text = e.target.closest?.("input[data-pick-text]");
    if (!text || e.isComposing) return;
    const pick = box(text);
    const all = [...list(pick).querySelectorAll("a")];
    const now = all.findIndex((a) => a.getAttribute("aria-selected") === "true");
    if ((e.key === "ArrowDown" || e.key === "ArrowUp") && all.length) {
      e.preventDefault();
      const next = (now + (e.key === "ArrowDown" ? 1 : -1) + all.length) % all.length;
      all.forEach((a, i) => a.setAttribute("aria-selected", String(i === next)));
      all[next].scrollIntoView({ block: "nearest" });
    } else if (e.key === "Enter" && all.length) {
      e.preventDefault();
      const chosen = all[Math.max(0, now)];
      fill(text, chosen.dataset.pickNumber, chosen.dataset.pickText);
    } else if (e.key === "Escape") close(pick);
  });
})();
