/* Compares a file with what is published, without sending it: its SHA-512 is computed here. Where
   the page names hashes, they are compared on the spot; else the page asks by the hash alone. All
   texts stand in the page. Without this file the hash can be typed in. */
"use strict";

(() => {
  const zone = document.querySelector(".sd-drop");
  if (!zone) return;
  if (!window.isSecureContext || !window.crypto?.subtle) {
    document.querySelector("[data-unsicher]").hidden = false;
    document.querySelector(".sd-by-hand").open = true;
    return;
  }
  zone.hidden = false;

  const states = zone.querySelectorAll("[data-stand]");
  const bar = zone.querySelector("progress");
  const expected = zone.dataset.sha512.split(" ").filter(Boolean);
  let turn = 0;

  const show = (name) => {
    for (const one of states) one.hidden = one.dataset.stand !== name;
  };

  const read = (file) =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = event.loaded / event.total;
      });
      reader.addEventListener("load", () => resolve(reader.result));
      reader.addEventListener("error", () => reject(reader.error));
      reader.readAsArrayBuffer(file);
    });

  const hash = async (file) => {
    const digest = await crypto.subtle.digest("SHA-512", await read(file));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const check = async (file) => {
    const mine = ++turn; // a file chosen meanwhile overtakes this one
    bar.value = 0;
    show("laeuft");
    let found;
    try {
      found = await hash(file);
    } catch {
      if (mine === turn) show("fehler");
      return;
    }
    if (mine !== turn) return;
    const address = new URL(zone.dataset.pruefen, location.href);
    address.searchParams.set("sha512", found);
    if (!expected.length) {
      location.assign(address);
      return;
    }
    zone.querySelector("[data-suche]").href = address.href;
    show(expected.includes(found) ? "gleich" : "anders");
  };

  zone.querySelector("input").addEventListener("change", (event) => {
    if (event.target.files.length) check(event.target.files[0]);
  });
  /* A file dropped beside the zone would replace the page; so the whole page takes it. */
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("sd-drop--over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("sd-drop--over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("sd-drop--over");
    if (event.dataTransfer.files.length) check(event.dataTransfer.files[0]);
  });
})();
