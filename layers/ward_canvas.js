// One canvas for everything drawn on the ground, in this order: fills, hatch, zones, ward lines, district
// lines, outlines, the selected ward, dots, marks, names, numbers, badges. A new message repaints it in one go.
const WARD_LINE = { colour: LOOK.wardLine, width: 0.7 };
const DISTRICT_LINE = { colour: LOOK.districtLine, width: 1.15 };

const WardCanvas = L.Renderer.extend({
  initialize(model) {
    L.Renderer.prototype.initialize.call(this, { padding: 0.25 });
    this._model = model;
    this.drawn = { wards: 0, dots: 0, marks: 0, numbers: [], labels: [], badges: [] };
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.className = "wm-ground";
    this._container.setAttribute("aria-hidden", "true");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  _updatePaths() {},

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    this.paint();
  },

  paint() {
    const { shapes, message } = this._model;
    if (!this._bounds || !shapes) return;
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    this._container.width = Math.round(size.x * ratio);
    this._container.height = Math.round(size.y * ratio);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    if (!message) return;
    const zoom = this._map.getZoom();
    if (!this._paths || this._paths.zoom !== zoom) this._paths = pathsAtZoom(shapes, zoom);
    const shift = this._paths.origin.subtract(this._map.getPixelOrigin());
    const pen = this._container.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.translate(shift.x - this._bounds.min.x, shift.y - this._bounds.min.y);
    const box = L.bounds(this._bounds.min.subtract(shift), this._bounds.max.subtract(shift));
    this.drawn.wards = paintFills(pen, this._paths, message, box);
    paintZones(pen, this._model.zones, this._paths);
    paintLines(pen, this._paths, message);
    paintOutlines(pen, this._paths, this._model);
    const { places, homeZoom } = this._model;
    const whole = shapes.box.getSize().multiplyBy(2 ** homeZoom);
    this.drawn.dots = paintDots(pen, places, this._paths, box, whole.x * whole.y, zoom - homeZoom);
    this._paintSigns(pen, box, shift);
  },

  _paintSigns(pen, box, shift) {
    const { scale, origin } = this._paths;
    const badges = placeBadges(this._model.places, this._paths);
    const { shapes, message, numbers, both, obstacles } = this._model;
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(shift);
    const size = this._map.getSize();
    const view = { left: corner.x, top: corner.y, right: corner.x + size.x, bottom: corner.y + size.y };
    const scene = {
      pen,
      view,
      isNarrow: size.x < NARROW,
      numbers,
      both,
      badges,
      marks: message.marks,
      labels: message.labels,
      obstacles: obstacles().map((one) => ({
        left: one.left + corner.x,
        right: one.right + corner.x,
        top: one.top + corner.y,
        bottom: one.bottom + corner.y,
      })),
      centre: (ward) => {
        const { x, y, radius } = shapes.centres[ward];
        return { x: x * scale - origin.x, y: y * scale - origin.y, radius: radius * scale };
      },
      toPixel: ({ x, y }) => ({ x: x * scale - origin.x, y: y * scale - origin.y }),
      wardUnder: ({ x, y }) => wardAt(shapes, { x: (x + origin.x) / scale, y: (y + origin.y) / scale }),
    };
    const { discs, marks, labels } = placeAll(scene);
    for (const mark of marks) drawMark(pen, mark.name, mark.x, mark.y, mark.radius);
    for (const label of labels) drawLabel(pen, label);
    for (const disc of discs) drawDisc(pen, disc.x, disc.y, disc.radius, String(disc.number), disc.both);
    drawBadges(pen, badges);
    this._model.badges = badges;
    this.drawn.badges = badges.map(({ kind, number }) => `${kind} ${number}`);
    this.drawn.marks = marks.length;
    this.drawn.numbers = discs.map((disc) => disc.number);
    this.drawn.labels = labels.map((label) => label.source);
  },
});

function paintFills(pen, paths, message, box) {
  const hatched = new Path2D();
  let hasHatch = false;
  paths.wards.forEach((path, ward) => {
    const fill = message.fills[ward];
    pen.fillStyle = fill || PAPER;
    pen.fill(path, "evenodd");
    if (!fill) {
      hatched.addPath(path);
      hasHatch = true;
    }
  });
  if (hasHatch) hatch(pen, hatched, box);
  return paths.wards.length;
}

function paintLines(pen, paths, message) {
  pen.lineJoin = "round";
  pen.setLineDash([]);
  pen.lineWidth = WARD_LINE.width;
  const isPale = (ward) => !message.fills[ward] || message.fills[ward] === PAPER;
  pen.strokeStyle = WARD_LINE.colour;
  paths.wards.forEach((path, ward) => isPale(ward) || pen.stroke(path));
  pen.strokeStyle = LOOK.paleLine;
  paths.wards.forEach((path, ward) => isPale(ward) && pen.stroke(path));
  pen.strokeStyle = DISTRICT_LINE.colour;
  pen.lineWidth = DISTRICT_LINE.width;
  for (const path of paths.parents) pen.stroke(path);
}

function paintOutlines(pen, paths, { targets, former, gaps, selected }) {
  const solid = [...targets].map((ward) => [LINES.target, ward]);
  const outside = (wards, line) => [...wards].filter((ward) => !targets.has(ward)).map((ward) => [line, ward]);
  const dashed = [...outside(gaps, LINES.gap), ...outside(former, LINES.former)];
  strokeCased(pen, paths, [...dashed, ...solid]);
  strokeCased(pen, paths, [...selected].map((ward) => [LINES.selected, ward]));
}

function strokeCased(pen, paths, lines) {
  pen.lineJoin = "round";
  pen.setLineDash([]);
  pen.strokeStyle = PAPER;
  for (const [line, ward] of lines) {
    pen.lineWidth = line.casing;
    pen.stroke(paths.wards[ward]);
  }
  for (const [line, ward] of lines) {
    pen.setLineDash(line.dash);
    pen.lineWidth = line.width;
    pen.strokeStyle = line.colour;
    pen.stroke(paths.wards[ward]);
  }
  pen.setLineDash([]);
}
