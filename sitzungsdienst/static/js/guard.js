/* Warns before typed text is left behind. Marks: <form data-guard>. Without this file nothing is
   missing but the question. */
"use strict";

(() => {
  let dirty = false;

  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) dirty = true;
  });
  document.addEventListener("submit", () => { dirty = false; });
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
