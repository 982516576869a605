// 讨论决定: counts the roll and the votes while they are typed. The server counts again.
(() => {
  "use strict";
  const form = document.querySelector("[data-step]");
  if (!form) return;
  const all = (s) => [...form.querySelectorAll(s)];
  function count() {
    const members = all("[data-member]").filter((m) => m.querySelector("[data-name]").value.trim());
    const there = members.filter((m) => m.querySelector("[data-there]").checked);
    const set = (s, n) => { const at = form.querySelector(s); if (at) at.textContent = n; };
    set("[data-should]", members.length);
    set("[data-present]", there.length);
    for (const row of all("[data-vote]")) {
      const recused = all(`[data-recused="${row.dataset.vote}"]:checked`).filter((x) => form.querySelector(`[name="m${x.dataset.of}-present"]`)?.checked).length;
      const votes = [...row.querySelectorAll("[data-count]")].map((i) => i.value.trim());
      const sum = votes.reduce((a, v) => a + (Number(v) || 0), 0);
      const may = there.length - recused;
      const at = row.querySelector("[data-sum]");
      const typed = votes.some((v) => v !== "");
      at.textContent = members.length ? `${sum} / ${may}` : `${sum}`;
      at.className = `votes-sum${typed && members.length ? (sum === may ? " tone-done" : " tone-refuse") : ""}`;
    }
  }
  form.addEventListener("input", count);
  form.addEventListener("change", count);
  count();
})();
