// What stands around the ground: legend, tooltip, buttons, scale bar, north arrow, note band. Every word
// enters the page as text (textContent), never as markup.
function make(kind, className, text) {
  const node = document.createElement(kind);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function addStyle() {
  const style = make("style");
  style.textContent = STYLE;
  document.head.appendChild(style);
}

function buildFurniture(map, words, goHome) {
  const container = map.getContainer();
  container.classList.add("wm-map");
  const zoom = make("div", "wm-zoom");
  const closer = button("wm-button", "+", words.zoom_in, () => map.zoomIn());
  const wider = button("wm-button", "−", words.zoom_out, () => map.zoomOut());
  zoom.append(closer, wider);
  const whole = button("wm-button wm-whole", words.whole_area, "", goHome);
  const legend = make("div", "wm-legend");
  const foot = make("div", "wm-foot");
  const north = make("div", "wm-north");
  north.append(northArrow(), make("div", "", words.north));
  const scale = make("div", "wm-scale");
  foot.append(north, scale);
  const note = make("div", "wm-note");
  const tip = make("div", "wm-tip");
  tip.setAttribute("role", "status");
  tip.hidden = legend.hidden = note.hidden = true;
  for (const node of [zoom, whole, legend, foot, note, tip]) {
    L.DomEvent.disableClickPropagation(node);
    container.append(node);
  }
  L.DomEvent.disableScrollPropagation(legend);
  return { zoom, closer, wider, whole, legend, foot, scale, note, tip };
}

function button(className, text, hint, act) {
  const node = make("button", className, text);
  node.type = "button";
  if (hint) {
    node.title = hint;
    node.setAttribute("aria-label", hint);
  }
  node.addEventListener("click", act);
  return node;
}

function northArrow() {
  const [canvas, pen] = crispCanvas(14, 20);
  const whole = new Path2D("M7 1 12 18 7 13.5 2 18Z");
  pen.fillStyle = PAPER;
  pen.fill(whole);
  pen.fillStyle = pen.strokeStyle = LOOK.target;
  pen.fill(new Path2D("M7 1 7 13.5 2 18Z"));
  pen.lineJoin = "round";
  pen.stroke(whole);
  return canvas;
}

function fillLegend(panel, { legend, outlines, counts, bothNumber }, model) {
  panel.replaceChildren(make("div", "wm-legend-title", legend.title));
  if (legend.subtitle) panel.append(make("div", "wm-legend-subtitle", legend.subtitle));
  const inGrid = new Set(legend.cross ? legend.cross.cells.flat() : []);
  if (legend.cross) panel.append(crossKey(legend));
  legend.rows.forEach(([words, fill, mark, count, indent], id) => {
    if (!inGrid.has(id)) panel.append(legendRow(classSwatch(fill, mark), words, count, indent));
  });
  const lines = outlines.filter(([kind]) => counts[kind] > 0);
  if (lines.length) panel.append(make("div", "wm-legend-rule"));
  const rows = lines.filter(([kind]) => kind !== "selected");
  for (const [kind, words] of rows) panel.append(legendRow(outlineSwatch(kind), words, counts[kind]));
  if (counts.both) panel.append(legendRow(outlineSwatch("both", bothNumber), legend.both, counts.both));
  for (const [kind, words] of lines) if (kind === "selected") panel.append(legendRow(outlineSwatch(kind), words));
  const shown = placeRows(model);
  if (shown.length) panel.append(make("div", "wm-legend-rule"), ...shown);
  panel.hidden = false;
}

function legendRow(swatch, words, count, indent) {
  const row = make("div", indent ? "wm-legend-row wm-indent" : "wm-legend-row");
  row.append(swatch, make("span", "wm-words", words), make("span", "wm-count", count ?? ""));
  return row;
}

function fillNote(panel, text) {
  panel.textContent = text;
  panel.hidden = !text;
}

function showTip(tip, lines, point, size) {
  tip.replaceChildren(...lines.map((line) => make("div", "", line)));
  tip.hidden = false;
  const room = 14;
  const left = point.x + room + tip.offsetWidth > size.x ? point.x - room - tip.offsetWidth : point.x + room;
  const top = point.y + room + tip.offsetHeight > size.y ? point.y - room - tip.offsetHeight : point.y + room;
  tip.style.transform = `translate(${Math.max(4, left)}px,${Math.max(4, top)}px)`;
}

// The longest of 1, 2, 5 times a power of ten that fits, halved by a tick.
function fillScale(panel, metresPerPixel, words) {
  const most = metresPerPixel * 120;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= most);
  const isLong = metres >= 1000;
  const say = (value) => (isLong ? value / 1000 : value).toLocaleString(words.language);
  const bar = make("div", "wm-bar");
  bar.style.width = `${metres / metresPerPixel}px`;
  const marks = make("div", "wm-ticks");
  marks.append(make("span", "", "0"), make("span", "", say(metres / 2)));
  const end = make("span", "", say(metres));
  end.append(make("i", "", isLong ? words.kilometre : words.metre));
  marks.append(end);
  panel.replaceChildren(marks, bar);
}
