// 通行密钥: the browser's half of adding and using one. Without it the page offers the codes.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  for (const box of document.querySelectorAll("[data-passkey]")) {
    const [go, says] = [box.querySelector("[data-go]"), box.querySelector("[data-says]")];
    const { passkey: what, back = "/" } = box.dataset;
    const tell = (why) => { says.textContent = why; says.hidden = !why; };
    if (!window.PublicKeyCredential) {
      go.disabled = true;
      tell("这个浏览器不支持通行密钥");
      continue;
    }
    const send = async (path, body) => {
      const answer = await fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json, text/html", "x-csrf": box.dataset.csrf },
        body: JSON.stringify(body ?? {}),
      });
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || "没有办成，请再试一次");
      return answer;
    };
    const add = async () => {
      const { publicKey } = await (await send("/account/passkeys/options")).json();
      publicKey.challenge = bytes(publicKey.challenge);
      publicKey.user.id = bytes(publicKey.user.id);
      publicKey.excludeCredentials = named(publicKey.excludeCredentials);
      const made = await navigator.credentials.create({ publicKey });
      const credential = {
        id: made.id, rawId: text(made.rawId), type: made.type, extensions: made.getClientExtensionResults(),
        response: { attestationObject: text(made.response.attestationObject), clientDataJSON: text(made.response.clientDataJSON), transports: made.response.getTransports?.() },
      };
      const answer = await send("/account/passkeys", { label: box.querySelector("#label")?.value ?? "", back, credential });
      if (answer.redirected) return location.assign(answer.url);
      // The codes on paper are shown once: this answer is the page.
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.title = page.title;
      document.querySelector("#main").replaceWith(page.querySelector("#main"));
      document.querySelector("#main").focus();
    };
    const prove = async () => {
      const { publicKey } = await (await send("/account/proof/passkey/options")).json();
      publicKey.challenge = bytes(publicKey.challenge);
      publicKey.allowCredentials = named(publicKey.allowCredentials);
      const used = await navigator.credentials.get({ publicKey });
      const credential = {
        id: used.id, rawId: text(used.rawId), type: used.type, extensions: used.getClientExtensionResults(),
        response: {
          authenticatorData: text(used.response.authenticatorData), clientDataJSON: text(used.response.clientDataJSON),
          signature: text(used.response.signature), userHandle: used.response.userHandle ? text(used.response.userHandle) : null,
        },
      };
      const answer = await (await send("/account/proof/passkey", { back, credential })).json();
      if (answer.go) return location.assign(answer.go);
      // What waited for the proof goes on, under the session's new token.
      const form = box.closest("form");
      form.elements.csrf.value = answer.csrf;
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "proved", value: "1" }));
      form.submit();
    };
    go.addEventListener("click", async () => {
      go.disabled = true;
      tell("");
      try {
        await (what === "add" ? add() : prove());
      } catch (why) {
        tell(why.name === "NotAllowedError" ? "没有确认，或者等得太久；可以再试一次" : why.name === "InvalidStateError" ? "这把钥匙已经登记过了" : why.message);
        go.disabled = false;
      }
    });
  }
})();
