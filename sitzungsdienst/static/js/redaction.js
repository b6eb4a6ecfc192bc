/* Draws rectangles on a page's picture, by mouse, pen or keyboard, and writes them as lines into the
   text field, which alone is sent. Without this file the lines are typed. Marks: data-sheet with
   the page's number and its size in millimetres, data-areas, data-told, data-whole, data-undo. */
"use strict";

(() => {
  const sheet = document.querySelector("[data-sheet]");
  const field = document.querySelector("[data-areas]");
  if (!sheet || !field) return;
  const page = Number(sheet.dataset.page);
  const width = Number(sheet.dataset.width);
  const height = Number(sheet.dataset.height);
  const told = document.querySelector("[data-told]");
  const LINE = /^(?:seite\s+)?(\d+)\s*:\s*(?:(ganz)|([\d.,]+)\s+([\d.,]+)\s+([\d.,]+)\s+([\d.,]+))$/i;
  const SMALLEST = 1; // millimetres; less was a click

  document.querySelectorAll(".rd-script").forEach((one) => { one.hidden = false; });
  sheet.classList.add("rd-sheet--drawn");
  sheet.querySelector("img").src = sheet.dataset.clean; // what is chosen is drawn here

  const within = (value, most) => Math.min(Math.max(value, 0), most);
  const put = (element, [left, top, right, bottom]) => {
    element.style.left = `${(left / width) * 100}%`;
    element.style.top = `${(top / height) * 100}%`;
    element.style.width = `${((right - left) / width) * 100}%`;
    element.style.height = `${((bottom - top) / height) * 100}%`;
  };
  const number = (text) => Number(text.replace(",", "."));

  const chosen = () => field.value.split("\n").flatMap((line) => {
    const found = LINE.exec(line.trim());
    if (!found || Number(found[1]) !== page) return [];
    return [found[2] ? [0, 0, width, height] : found.slice(3, 7).map(number)];
  });
  const show = () => {
    sheet.querySelectorAll(".rd-sheet__box").forEach((one) => one.remove());
    for (const area of chosen()) {
      const box = document.createElement("div");
      box.className = "rd-sheet__box";
      put(box, area);
      sheet.append(box);
    }
  };
  const changed = () => field.dispatchEvent(new Event("input", { bubbles: true }));
  const write = (line) => {
    field.value = `${field.value.trimEnd()}${field.value.trim() ? "\n" : ""}${line}\n`;
    changed();
    told.textContent = `Aufgenommen: ${line}`;
  };
  /* Outwards to whole tenths, so that nothing of what was covered stays outside. */
  const lineOf = ([left, top, right, bottom]) => {
    const outer = [Math.floor(left * 10), Math.floor(top * 10), Math.ceil(right * 10), Math.ceil(bottom * 10)];
    return `${page}: ${outer.map((one) => (one / 10).toString().replace(".", ",")).join(" ")}`;
  };

  field.addEventListener("input", show);
  if (field.value.trim()) changed(); // lines that came along are not saved yet: guard.js asks
  document.querySelector("[data-whole]").addEventListener("click", () => write(`${page}: ganz`));
  document.querySelector("[data-undo]").addEventListener("click", () => {
    const lines = field.value.trimEnd().split("\n");
    const gone = lines.pop();
    field.value = lines.length ? `${lines.join("\n")}\n` : "";
    changed();
    told.textContent = gone ? `Zurückgenommen: ${gone}` : "";
  });

  /* By keyboard: one rectangle that can be reached with Tab, moved, sized and taken. */
  let area = [20, 20, 70, 28].map((one, place) => Math.min(one, place % 2 ? height : width));
  const draft = document.createElement("div");
  draft.className = "rd-sheet__draft";
  draft.tabIndex = 0;
  draft.setAttribute("role", "application");
  draft.setAttribute("aria-label", "Rechteck zum Schwärzen");
  draft.setAttribute("aria-describedby", "rd-hilfe");
  sheet.append(draft);
  const place = () => put(draft, area);
  const say = () => {
    const [left, top, right, bottom] = area.map((one) => Math.round(one));
    told.textContent = `Rechteck: ${left} bis ${right} mm von links, ${top} bis ${bottom} mm von oben`;
  };
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  draft.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      write(lineOf(area));
      return;
    }
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.ctrlKey ? 10 : 1;
    let [left, top, right, bottom] = area;
    if (event.shiftKey) {
      right = Math.min(Math.max(right + move[0] * step, left + SMALLEST), width);
      bottom = Math.min(Math.max(bottom + move[1] * step, top + SMALLEST), height);
    } else {
      const across = within(left + move[0] * step, width - (right - left)) - left;
      const along = within(top + move[1] * step, height - (bottom - top)) - top;
      [left, right, top, bottom] = [left + across, right + across, top + along, bottom + along];
    }
    area = [left, top, right, bottom];
    place();
    say();
  });
  place();

  /* By mouse or pen. */
  let from = null;
  const point = (event) => {
    const edges = sheet.querySelector("img").getBoundingClientRect();
    return [
      within(((event.clientX - edges.left) / edges.width) * width, width),
      within(((event.clientY - edges.top) / edges.height) * height, height),
    ];
  };
  const spanned = (one, other) => [
    Math.min(one[0], other[0]), Math.min(one[1], other[1]),
    Math.max(one[0], other[0]), Math.max(one[1], other[1]),
  ];
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    from = point(event);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!from) return;
    area = spanned(from, point(event));
    place();
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!from) return;
    const drawn = spanned(from, point(event));
    from = null;
    if (drawn[2] - drawn[0] < SMALLEST || drawn[3] - drawn[1] < SMALLEST) return;
    area = drawn;
    place();
    write(lineOf(drawn));
  });
  sheet.addEventListener("pointercancel", () => { from = null; });
  show();
})();
