// 草稿: what is typed is kept a moment later, and found again when she comes back. Without it there is a button.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const says = form.querySelector("[data-draft-says]");
  let wait, dirty = false, done = false;
  async function keep() {
    clearTimeout(wait);
    if (!dirty || done) return;
    dirty = false;
    const data = new URLSearchParams(new FormData(form));
    data.set("page", form.dataset.draft);
    data.delete("once"); // the key is for the saving itself
    try {
      const answer = await fetch("/drafts", { method: "POST", body: data, keepalive: true });
      says.textContent = answer.ok ? `草稿已存 ${new Date().toTimeString().slice(0, 5)}` : "草稿没有存上";
    } catch { says.textContent = "草稿没有存上"; }
  }
  form.addEventListener("input", () => { dirty = true; clearTimeout(wait); wait = setTimeout(keep, 700); });
  form.addEventListener("submit", () => { done = true; clearTimeout(wait); });
  addEventListener("pagehide", keep);
})();
