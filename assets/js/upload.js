// 上传: drag and drop, a whole folder, and how far it has come. Without it the form is sent as any other.
(() => {
  "use strict";
  const form = document.querySelector("[data-upload]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-list]");
  const going = form.querySelector("[data-going]");
  const go = form.querySelector("[data-go]");
  const folder = form.querySelector("[data-folder]");
  let files = [];

  const size = (n) => (n > 1048576 ? `${(n / 1048576).toFixed(1)} 兆` : `${Math.max(1, Math.round(n / 1024))} 千字节`);
  function show() {
    const lines = files.slice(0, 8).map((f) => `${f.name}　${size(f.file.size)}`);
    if (files.length > 8) lines.push(`……共 ${files.length} 个文件，${size(files.reduce((a, f) => a + f.file.size, 0))}`);
    list.replaceChildren(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }
  const take = (all) => { files = all.filter((f) => !f.name.split("/").pop().startsWith(".")); show(); };
  const named = (file) => ({ file, name: file.webkitRelativePath || file.name });
  input.addEventListener("change", () => take([...input.files].map(named)));

  const whole = Object.assign(document.createElement("input"), { type: "file", webkitdirectory: true, multiple: true });
  // The browser's own button speaks the browser's language; ours speaks the office's.
  const choose = form.querySelector("[data-choose]");
  choose.hidden = false;
  choose.addEventListener("click", () => input.click());
  input.classList.add("hidden");
  folder.hidden = false;
  folder.addEventListener("click", () => whole.click());
  whole.addEventListener("change", () => take([...whole.files].map(named)));

  // A dropped folder is walked through.
  const walk = (entry, path) => new Promise((done) => {
    if (entry.isFile) return entry.file((file) => done([{ file, name: path + file.name }]), () => done([]));
    const reader = entry.createReader();
    const all = [];
    const more = () => reader.readEntries(async (entries) => {
      if (!entries.length) return done(all);
      for (const one of entries) all.push(...(await walk(one, `${path}${entry.name}/`)));
      more();
    }, () => done(all));
    more();
  });
  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, (e) => { e.preventDefault(); form.classList.add("is-over"); });
  form.addEventListener("dragleave", (e) => { if (!form.contains(e.relatedTarget)) form.classList.remove("is-over"); });
  form.addEventListener("drop", async (e) => {
    e.preventDefault();
    form.classList.remove("is-over");
    const entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry()).filter(Boolean);
    take((await Promise.all(entries.map((entry) => walk(entry, "")))).flat());
  });

  form.addEventListener("submit", (e) => {
    if (!files.length) return;
    e.preventDefault();
    const data = new FormData();
    files.forEach((f) => data.append("files", f.file, f.name));
    const request = new XMLHttpRequest();
    const [bar, says] = [going.querySelector("progress"), going.querySelector("[data-says]")];
    request.upload.addEventListener("progress", (p) => {
      bar.value = p.total ? (100 * p.loaded) / p.total : 0;
      says.textContent = p.loaded < p.total ? `已上传 ${size(p.loaded)} / ${size(p.total)}` : "上传完毕，正在打开预览";
    });
    request.addEventListener("load", () => {
      if (request.status < 400) return location.assign(request.responseURL);
      going.hidden = true;
      go.disabled = false;
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const why = page.querySelector("#main .lead")?.textContent || "上传没有成功，请再试一次";
      list.replaceChildren(Object.assign(document.createElement("li"), { className: "field-mistake", textContent: why }));
    });
    request.addEventListener("error", () => { going.hidden = true; go.disabled = false; says.textContent = ""; list.append(Object.assign(document.createElement("li"), { className: "field-mistake", textContent: "网络中断，请再试一次" })); });
    going.hidden = false;
    go.disabled = true;
    request.open("POST", form.action);
    request.send(data);
  });
})();
