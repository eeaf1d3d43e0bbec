// The key of two measures at once, and the rows of an internal map's places.
function crossKey({ rows, cross }) {
  const grid = make("div", "wm-cross");
  grid.style.gridTemplateColumns = `minmax(0, 0.95fr) repeat(${cross.columns.length}, minmax(0, 1fr))`;
  grid.append(make("div", "wm-cross-corner"), make("div", "wm-cross-title", `${cross.columnTitle} →`));
  grid.append(make("div", "wm-cross-head", `${cross.rowTitle} ↓`));
  for (const column of cross.columns) grid.append(make("div", "wm-cross-head wm-cross-column", column));
  cross.cells.forEach((line, row) => {
    grid.append(make("div", "wm-cross-head", cross.rows[row]));
    line.forEach((id, column) => grid.append(crossCell(rows[id], cross.ink[row][column])));
  });
  return grid;
}

function crossCell([words, fill, , count], ink) {
  const cell = make("div", "wm-cross-cell");
  cell.style.background = fill;
  cell.style.color = ink;
  cell.title = words;
  cell.append(make("span", "wm-cross-words", words), make("span", "wm-cross-count", count));
  return cell;
}

function placeRows({ zones, places }) {
  const rows = zones.map(({ kind, words }) => legendRow(zoneSwatch(kind), words));
  return [...rows, ...places.map(({ kind, words, count }) => legendRow(placeSwatch(kind), words, count))];
}

function zoneSwatch(kind) {
  const [canvas, pen] = crispCanvas(20, 14);
  const frame = new Path2D();
  frame.rect(0.5, 0.5, 19, 13);
  fillIn(pen, PAPER, frame);
  pen.globalAlpha = LOOK.zoneOpacity[kind];
  fillIn(pen, LOOK.zone[kind], frame);
  pen.globalAlpha = 1;
  pen.strokeStyle = LOOK.zoneLine;
  pen.lineWidth = 0.6;
  pen.stroke(frame);
  return canvas;
}

function placeSwatch(kind) {
  const [canvas, pen] = crispCanvas(20, 14);
  if (kind in BADGE) drawBadge(pen, kind, 10, 7, 5.6, "1");
  else paintKind(pen, kind, [[10, 7]], kind === "incident" ? 2.6 : 4);
  return canvas;
}
