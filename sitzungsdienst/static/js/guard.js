/* Warns before typed text is left behind, and lets a double click send a form once. Marks:
   <form data-guard>. Without this file nothing is missing but the question; the office refuses
   what must not be there twice. */
"use strict";

(() => {
  let dirty = false;

  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) dirty = true;
  });
  const sent = new WeakMap();
  const DOUBLE_CLICK = 1500; // milliseconds
  document.addEventListener("submit", (event) => {
    const last = sent.get(event.target) ?? -DOUBLE_CLICK;
    if (event.timeStamp - last < DOUBLE_CLICK) {
      event.preventDefault();
      return;
    }
    sent.set(event.target, event.timeStamp);
    dirty = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  /* A page that came back with errors begins at them. */
  const errors = document.getElementById("fehler");
  if (errors) {
    errors.tabIndex = -1;
    errors.focus();
  }
})();
