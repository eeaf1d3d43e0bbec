// Wiring: mounted once, repainted by messages, and tells the page which ward was clicked.
const NARROW = 640;
const LEAST_FRAME = 120; // pixels; a frame not yet laid out is smaller
const NOTHING = new Set();

function mount(map, options) {
  const model = {
    shapes: null,
    message: null,
    numbers: new Map(),
    targets: NOTHING,
    former: NOTHING,
    gaps: NOTHING,
    both: NOTHING,
    selected: NOTHING,
    zones: [],
    places: [],
    badges: [],
    homeZoom: 0,
    obstacles: () => labelObstacles(map, furniture),
  };
  addStyle();
  const furniture = buildFurniture(map, options.words, () => goHome(true));
  const canvas = new WardCanvas(model);
  const record = { mount: Math.random().toString(36).slice(2), applied: 0, isMoving: false, trouble: "" };
  let pending = null;
  let home = null;

  map.setMaxZoom(18);
  map.addLayer(canvas);
  adaptToTouch(map);
  adaptFrame();
  takeSize();
  map.on("moveend zoomend", showView);
  map.on("movestart", () => (record.isMoving = true));
  map.on("moveend", () => (record.isMoving = false));
  map.on("click", (event) => event.originalEvent.detail > 1 || take(event));
  if (!isTouch()) map.on("mousemove", hover);
  map.on("mouseout movestart zoomstart", () => (furniture.tip.hidden = true));
  new ResizeObserver(takeSize).observe(map.getContainer());
  Promise.all([400, 600, 700].map((weight) => document.fonts.load(`${weight} 11px ${FONT}`, "Bờ"))).then(takeFonts);
  const shapes = options.shapes ? Promise.resolve(options.shapes) : fetchShapes(options.geometry);
  shapes.then(takeShapes, (error) => fail(options.words.unreachable, error));
  return { apply, state, place };

  function takeFonts() {
    canvas.paint();
    if (isHome()) goHome(false);
  }

  function takeShapes(file) {
    model.shapes = readShapes(file);
    if (pending) apply(pending);
    else goHome(false);
  }

  function apply(message) {
    pending = message;
    if (!model.shapes) return;
    if (message.order !== model.shapes.order) return fail("", new Error("the message is about other wards"));
    pending = null;
    Object.assign(model, readMessage(message, model.shapes));
    for (const panel of [furniture.legend, options.below]) if (panel) fillLegend(panel, model.message, model);
    fillNote(furniture.note, message.note);
    map.getContainer().setAttribute("aria-label", message.title);
    map.getContainer().setAttribute("role", "application");
    furniture.tip.hidden = true;
    if (record.applied === 0 && isHome()) goHome(false);
    canvas.paint();
    record.applied += 1;
  }

  // A finger cannot hover: its first business with a place is to read it.
  function take({ latlng, containerPoint }) {
    const tip = isTouch() ? placeTip(latlng) : null;
    if (tip) showTip(furniture.tip, tip, containerPoint, map.getSize());
    else choose(wardAtLatLng(latlng));
  }

  function choose(ward) {
    if (!model.message || (ward < 0 && !model.selected.size)) return;
    model.selected = ward < 0 ? NOTHING : new Set([ward]);
    canvas.paint();
    tellPage(ward < 0 ? "" : model.shapes.codes[ward]);
  }

  function hover({ latlng, containerPoint, originalEvent }) {
    const isBeside = originalEvent.target.closest("button,.wm-legend");
    const ward = isBeside ? -1 : wardAtLatLng(latlng);
    const tip = (!isBeside && placeTip(latlng)) || (model.message && model.message.tips[ward]);
    map.getContainer().classList.toggle("wm-over", ward >= 0);
    if (tip) showTip(furniture.tip, tip, containerPoint, map.getSize());
    else furniture.tip.hidden = true;
  }

  function placeTip(latlng) {
    return tipAt(model, toWorld(latlng.lng, latlng.lat), map.getZoom());
  }

  function showView() {
    fillScale(furniture.scale, metresPerPixel(map), options.words);
    furniture.whole.classList.toggle("wm-idle", isHome());
    furniture.wider.disabled = map.getZoom() <= map.getMinZoom();
    furniture.closer.disabled = map.getZoom() >= map.getMaxZoom();
  }

  function wardAtLatLng(latlng) {
    return model.shapes ? wardAt(model.shapes, toWorld(latlng.lng, latlng.lat)) : -1;
  }

  function takeSize() {
    const wasHome = isHome();
    map.invalidateSize({ animate: false, pan: false });
    const isNarrow = map.getSize().x < NARROW;
    map.getContainer().classList.toggle("wm-narrow", isNarrow);
    map.options.zoomSnap = isNarrow ? 0.125 : 0.25;
    if (wasHome) goHome(false);
    else if (findHome()) fence();
  }

  // Leaflet forgets a view that is set while it animates a zoom.
  function goHome(animate) {
    if (map._animatingZoom) return void map.once("zoomend", () => goHome(animate));
    if (!findHome()) return;
    map.setMaxBounds(null);
    map.options.minZoom = home.zoom;
    map.once("moveend", fence);
    map.setView(home.centre, home.zoom, { animate });
  }

  // Never further out than the whole area, never far beside it.
  function fence() {
    map.options.minZoom = home.zoom;
    const half = map.getSize().divideBy(2);
    const middle = map.project(home.centre, home.zoom);
    const corner = (sign) => map.unproject(middle.add(half.multiplyBy(sign)), home.zoom);
    map.setMaxBounds(L.latLngBounds(corner(-1.02), corner(1.02)));
    showView();
  }

  function findHome() {
    const size = map.getSize();
    if (!model.shapes || size.x < LEAST_FRAME || size.y < LEAST_FRAME) return false;
    const isNarrow = size.x < NARROW;
    const edge = isNarrow ? 10 : 16;
    const margin = { left: edge, right: edge, top: edge, bottom: edge + (furniture.note.offsetHeight || 0) };
    const legend = isNarrow || !model.message ? null : placeOf(furniture.legend, map, 8);
    home = homeView(size, model.shapes, margin, legend, map.options.zoomSnap);
    model.homeZoom = home.zoom;
    return true;
  }

  function isHome() {
    if (!home) return true;
    const away = map.project(home.centre, home.zoom).distanceTo(map.project(map.getCenter(), home.zoom));
    return Math.abs(map.getZoom() - home.zoom) < 0.01 && away < 3;
  }

  function fail(words, error) {
    record.trouble = String(error);
    console.error(error);
    if (words) fillNote(furniture.note, words);
  }

  function state() {
    const { message } = model;
    return {
      ...record,
      key: message && message.key,
      wards: canvas.drawn.wards,
      fills: message ? message.fills : [],
      codes: model.shapes ? model.shapes.codes : [],
      marks: canvas.drawn.marks,
      numbers: canvas.drawn.numbers,
      labels: canvas.drawn.labels,
      dots: canvas.drawn.dots,
      badges: canvas.drawn.badges,
      zones: model.zones.map(({ kind }) => kind),
      selected: [...model.selected].map((ward) => model.shapes.codes[ward]),
      legend: [...furniture.legend.querySelectorAll(".wm-legend-row")].map(readRow),
      cross: [...furniture.legend.querySelectorAll(".wm-cross-cell")].map(readRow),
      zoom: map.getZoom(),
      centre: [map.getCenter().lat, map.getCenter().lng],
      size: [map.getSize().x, map.getSize().y],
      isHome: isHome(),
    };
  }

  // Where a ward is in the window, in CSS pixels: centre and radius of its largest inscribed circle.
  function place(code) {
    const { x, y, radius } = model.shapes.centres[model.shapes.indexOf.get(code)];
    const frame = map.getContainer().getBoundingClientRect();
    const point = map.latLngToContainerPoint(L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0));
    return [point.x + frame.left, point.y + frame.top, radius * 2 ** map.getZoom()];
  }
}

window.__diaban = {
  mount(map, options) {
    Object.assign(window.__diaban, mount(map, options));
  },
};
