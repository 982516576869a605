// 居民的门: keeps what is typed on this phone, tries again while the network is bad, makes photos smaller.
// Every page works without it.
(() => {
  "use strict";
  const KEPT = "zhiren-report";
  const form = document.querySelector("form[data-ask]");
  const read = () => { try { return JSON.parse(localStorage.getItem(KEPT) ?? "{}"); } catch { return {}; } };
  const keep = (values) => { try { localStorage.setItem(KEPT, JSON.stringify(values)); } catch { /* a full or closed store: the form still travels */ } };
  const forget = () => { try { localStorage.removeItem(KEPT); } catch { /* as above */ } };
  const FIELDS = ["key", "words", "place_words", "named", "name", "phone"];

  if (document.querySelector("[data-sent]")) forget();

  if (form) {
    const kept = read();
    // The key of a report that was begun on this phone: sent twice, it is one report.
    if (kept.key && form.dataset.question === "words" && kept.words) form.elements.key.value = kept.key;
    for (const name of FIELDS) {
      const field = form.elements[name];
      if (field && field.type !== "hidden" && !field.value && kept[name]) field.value = kept[name];
    }
    const note = () => {
      const values = read();
      for (const name of FIELDS) if (form.elements[name]) values[name] = form.elements[name].value;
      keep(values);
    };
    form.addEventListener("input", note);
    note();

    // A place is chosen anew: the one before steps back.
    form.addEventListener("change", (e) => {
      if (e.target.type !== "radio" || e.target.name !== "place") return;
      form.querySelectorAll('input[type="hidden"][name="place"]').forEach((i) => i.remove());
    });

    form.addEventListener("submit", async (e) => {
      const button = e.submitter;
      if (!button?.hasAttribute("data-send")) return;
      e.preventDefault();
      const wait = form.querySelector("[data-wait]");
      button.disabled = true;
      const body = new URLSearchParams(new FormData(form));
      body.set("act", "send");
      for (let tries = 0; ; tries += 1) {
        try {
          const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
          if (answer.status === 403 && tries < 3) {
            // The page stood open too long: a fresh token, the same key.
            const page = new DOMParser().parseFromString(await (await fetch("/r/report")).text(), "text/html");
            body.set("csrf", page.querySelector('input[name="csrf"]').value);
            continue;
          }
          if (answer.status >= 500) throw new Error(String(answer.status));
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const main = page.querySelector("main");
          document.title = page.title;
          document.querySelector("main").replaceWith(main);
          if (main.querySelector("[data-sent]")) forget();
          main.querySelectorAll("form[data-photo]").forEach(photo);
          main.focus();
          return;
        } catch {
          wait.hidden = false;
          await new Promise((go) => setTimeout(go, Math.min(15_000, 1_000 * 2 ** Math.min(tries, 4))));
        }
      }
    });
  }

  // A photo of a phone has more than anybody needs to see: 1600 points wide is enough.
  function photo(sends) {
    const input = sends.querySelector('input[type="file"]');
    input.addEventListener("change", async () => {
      const file = input.files[0];
      if (!file || file.size < 600_000 || !globalThis.createImageBitmap) return;
      try {
        const image = await createImageBitmap(file);
        const scale = Math.min(1, 1600 / Math.max(image.width, image.height));
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
        if (!small || small.size >= file.size) return;
        const moved = new DataTransfer();
        moved.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
        input.files = moved.files;
      } catch { /* no picture the browser can read: the desk says so kindly */ }
    });
  }
  document.querySelectorAll("form[data-photo]").forEach(photo);
})();
