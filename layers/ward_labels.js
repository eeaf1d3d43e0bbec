// Where numbers, marks and names go. Right of way: number, then name by rank; what collides is dropped.
const LEAST_MARK = 4; // pixels: radius of the largest circle in the ward under which its mark is left out
const DISC = 9;

function placeAll(scene) {
  const taken = scene.obstacles.slice();
  const discs = placeDiscs(scene);
  for (const disc of discs) taken.push(square(disc, disc.radius + 1));
  for (const badge of scene.badges) taken.push(square(badge, badge.radius + 1));
  const marks = placeMarks(scene, discs);
  for (const mark of marks) taken.push(square(mark, mark.radius));
  return { discs, marks, labels: placeLabels(scene, discs, taken) };
}

function square({ x, y }, reach) {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function overlaps(one, other) {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}

// Neighbouring discs push each other apart a little, so that no number covers another.
function placeDiscs({ numbers, both, centre }) {
  const discs = [];
  for (const [ward, number] of numbers) {
    discs.push({ ...centre(ward), ward, number, radius: DISC, both: both.has(ward) });
  }
  for (let round = 0; round < 24; round += 1) {
    for (let i = 0; i < discs.length; i += 1) {
      for (let j = i + 1; j < discs.length; j += 1) pushApart(discs[i], discs[j], 2 * DISC + 2);
    }
  }
  return discs;
}

function pushApart(one, other, least) {
  const dx = other.x - one.x || 0.01;
  const dy = other.y - one.y;
  const distance = Math.hypot(dx, dy);
  if (distance >= least) return;
  const push = (least - distance) / 2 / distance;
  one.x -= dx * push;
  one.y -= dy * push;
  other.x += dx * push;
  other.y += dy * push;
}

function placeMarks({ marks, centre }, discs) {
  const numbered = new Set(discs.map((disc) => disc.ward));
  const placed = [];
  marks.forEach((name, ward) => {
    if (!name || numbered.has(ward)) return;
    const circle = centre(ward);
    if (circle.radius < LEAST_MARK) return;
    const mark = { x: circle.x, y: circle.y, ward, name, radius: Math.min(circle.radius * 0.8, 7) };
    if (discs.every((disc) => Math.hypot(disc.x - mark.x, disc.y - mark.y) > disc.radius + mark.radius)) placed.push(mark);
  });
  return placed;
}

function placeLabels({ labels, pen, toPixel, wardUnder, view, isNarrow }, discs, taken) {
  const placed = [];
  for (const label of labels) {
    const isDistrict = label.kind === "district";
    const text = isDistrict ? label.text.toLocaleUpperCase("vi") : label.text;
    setLabelFont(pen, isDistrict);
    const half = { x: pen.measureText(text).width / 2 + 1, y: 7 };
    const home = toPixel(label);
    if (home.x < view.left || home.x > view.right || home.y < view.top || home.y > view.bottom) continue;
    const ward = isDistrict ? -1 : wardUnder(home);
    for (const y of heights(home, ward, discs)) {
      const box = { left: home.x - half.x, right: home.x + half.x, top: y - half.y, bottom: y + half.y };
      if (!inside(box, view) || taken.some((other) => overlaps(box, other))) continue;
      const mayLeave = isDistrict || (label.always && !isNarrow);
      if (!mayLeave && !fits(box, ward, wardUnder)) continue;
      taken.push(box);
      placed.push({ text, x: home.x, y, isDistrict, source: label.text });
      break;
    }
  }
  return placed;
}

// A name goes under (or else over) the number of its own ward.
function heights(home, ward, discs) {
  const disc = discs.find((one) => one.ward === ward && Math.abs(one.x - home.x) < 24);
  if (!disc) return [home.y, home.y + 15, home.y - 15];
  return [disc.y + disc.radius + 9, disc.y - disc.radius - 9];
}

function inside(box, view) {
  return box.left > view.left && box.right < view.right && box.top > view.top && box.bottom < view.bottom;
}

function fits(box, ward, wardUnder) {
  const middle = (box.top + box.bottom) / 2;
  return [box.left, (box.left + box.right) / 2, box.right].every((x) => wardUnder({ x, y: middle }) === ward);
}

function setLabelFont(pen, isDistrict) {
  pen.font = `600 11px ${FONT}`;
  pen.letterSpacing = isDistrict ? "1.3px" : "0px";
}

function drawLabel(pen, label) {
  setLabelFont(pen, label.isDistrict);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  pen.strokeStyle = PAPER;
  pen.strokeText(label.text, label.x, label.y);
  pen.fillStyle = label.isDistrict ? LOOK.districtLabel : LOOK.label;
  pen.fillText(label.text, label.x, label.y);
  pen.letterSpacing = "0px";
}
