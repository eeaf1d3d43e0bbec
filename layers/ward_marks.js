// Marks, swatches and hatching. LOOK (colours) and MARKS (paths in a circle of radius 1, y downwards) come
// from palettes.py and marks.py, so that screen and paper draw the same signs.
const TAU = 2 * Math.PI;
const FONT = '"Be Vietnam Pro","DejaVu Sans",sans-serif';
const PAPER = "#FFFFFF";
const LINES = {
  target: { colour: LOOK.target, width: 2.2, casing: 4.4, dash: [] },
  former: { colour: LOOK.target, width: 2.2, casing: 4.4, dash: [6, 3.5] },
  gap: { colour: LOOK.gap, width: 2.2, casing: 4.4, dash: [5.5, 3.2] },
  selected: { colour: LOOK.selected, width: 3.4, casing: 6.5, dash: [] },
};

function drawMark(pen, name, x, y, radius) {
  const { colour, strokes } = MARKS[name];
  pen.save();
  pen.translate(x, y);
  pen.scale(radius, radius);
  pen.lineCap = "round";
  pen.lineJoin = "miter";
  pen.fillStyle = pen.strokeStyle = colour;
  for (const [outline, width] of strokes) {
    pen.lineWidth = width;
    if (width) pen.stroke(new Path2D(outline));
    else pen.fill(new Path2D(outline));
  }
  pen.restore();
}

function centreText(pen, text, x, y) {
  const box = pen.measureText(text);
  pen.fillText(text, x, y + (box.actualBoundingBoxAscent - box.actualBoundingBoxDescent) / 2);
}

// 45° lines inside the path, over the given box; anchored to (0, 0), so that they move with the map.
function hatch(pen, path, box) {
  pen.save();
  pen.clip(path, "evenodd");
  pen.beginPath();
  const step = LOOK.hatchSpacing * Math.SQRT2;
  const height = box.max.y - box.min.y;
  const first = Math.floor((box.min.x + box.min.y) / step) * step;
  for (let sum = first; sum < box.max.x + box.max.y; sum += step) {
    pen.moveTo(sum - box.min.y, box.min.y);
    pen.lineTo(sum - box.min.y - height, box.max.y);
  }
  pen.strokeStyle = LOOK.hatch;
  pen.lineWidth = LOOK.hatchWidth;
  pen.stroke();
  pen.restore();
}

function crispCanvas(width, height) {
  const canvas = document.createElement("canvas");
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.setAttribute("aria-hidden", "true");
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  return [canvas, pen];
}

function classSwatch(fill, mark) {
  const [canvas, pen] = crispCanvas(20, 14);
  const frame = new Path2D();
  frame.rect(0.5, 0.5, 19, 13);
  pen.fillStyle = fill || PAPER;
  pen.fill(frame);
  if (!fill) hatch(pen, frame, { min: { x: 0, y: 0 }, max: { x: 20, y: 14 } });
  pen.strokeStyle = fill && fill !== PAPER ? "rgba(23,32,42,.35)" : LOOK.hatch;
  pen.lineWidth = 1;
  pen.stroke(frame);
  if (mark) drawMark(pen, mark, 10, 7, 4.6);
  return canvas;
}

function outlineSwatch(kind, number) {
  const [canvas, pen] = crispCanvas(20, 14);
  if (kind === "both") {
    drawDisc(pen, 10, 7, 6.4, number, true);
    return canvas;
  }
  const line = LINES[kind];
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, 20, 14);
  pen.strokeStyle = line.colour;
  pen.lineWidth = Math.min(line.width, 2.6);
  pen.setLineDash(line.dash.map((length) => length * 0.7));
  pen.strokeRect(1.5, 1.5, 17, 11);
  pen.setLineDash([]);
  if (kind === "target") drawDisc(pen, 10, 7, 3.4, "", false);
  return canvas;
}

function drawDisc(pen, x, y, radius, text, both) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, TAU);
  pen.fillStyle = both ? LOOK.gap : PAPER;
  pen.fill();
  pen.strokeStyle = LOOK.target;
  pen.lineWidth = radius > 5 ? 1.4 : 1.2;
  pen.stroke();
  pen.font = `700 ${radius < 8 || text.length > 2 ? 8.5 : 11}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = both ? PAPER : LOOK.target;
  centreText(pen, text, x, y);
}
