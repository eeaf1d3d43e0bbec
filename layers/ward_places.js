// Places of an internal map: what cameras see, incidents and cameras. They come with the message alone and
// are kept nowhere else. Thousands of dots are one path, filled twice: a white rim, then the colour.
const PLACE_UNITS = 1000000;
const DOTS = ["camera_off", "camera", "incident"];
const SIZES = { incident: [0.9, 1.9, 3.4], camera: [1.1, 3.4, 5], camera_off: [1.1, 3.4, 5] }; // radii in pixels
const SHARE = 0.06;
const HIT = 8; // pixels around a place within which the pointer finds it

function readZones(zones) {
  return zones.map(([kind, words, rings]) => ({ kind, words, area: readArea(rings, PLACE_UNITS) }));
}

function readPlaces({ corner: [west, south], places }) {
  return places.map(({ kind, words, count, x, y, numbers, tips, tip }) => {
    const world = x.map((step, place) => toWorld(west + step / PLACE_UNITS, south + y[place] / PLACE_UNITS));
    return { kind, words, count, world, numbers, tipOf: (place) => tips[tip.length ? tip[place] : 0] };
  });
}

function paintZones(pen, zones, { scale, origin }) {
  for (const { kind, area } of zones) {
    const path = new Path2D();
    for (const ring of area.rings) traceRing(path, ring, scale, origin);
    pen.globalAlpha = LOOK.zoneOpacity[kind];
    pen.fillStyle = LOOK.zone[kind];
    pen.fill(path, "evenodd");
    pen.globalAlpha = 1;
    pen.strokeStyle = LOOK.zoneLine;
    pen.lineWidth = 0.6;
    pen.stroke(path);
  }
}

// Seen whole, all dots of a kind take about the same share of the ground; they grow while the view closes in.
// ground: its square pixels seen whole; closer: how many times the view was doubled since.
function dotRadius(kind, count, ground, closer) {
  const [least, roomy, most] = SIZES[kind];
  const crowded = Math.sqrt((SHARE * ground) / (4 * Math.max(1, count)));
  const base = Math.min(roomy, Math.max(least, crowded));
  return base + (most - base) * Math.min(1, Math.max(0, closer / 3));
}

function paintDots(pen, groups, { scale, origin }, box, ground, closer) {
  let drawn = 0;
  for (const kind of DOTS) {
    const world = groups.filter((group) => group.kind === kind).flatMap((group) => group.world);
    const spots = world
      .map(({ x, y }) => [x * scale - origin.x, y * scale - origin.y])
      .filter(([x, y]) => x > box.min.x && x < box.max.x && y > box.min.y && y < box.max.y);
    paintKind(pen, kind, spots, dotRadius(kind, world.length, ground, closer));
    drawn += spots.length;
  }
  return drawn;
}

function paintKind(pen, kind, spots, radius) {
  const trace = (sign) => {
    const path = new Path2D();
    for (const [x, y] of spots) sign(path, x, y);
    return path;
  };
  const rim = Math.min(1, 0.45 * radius);
  if (kind === "incident") {
    const disc = (reach) => trace((path, x, y) => (path.moveTo(x + reach, y), path.arc(x, y, reach, 0, TAU)));
    fillIn(pen, PAPER, disc(radius + rim));
    return fillIn(pen, LOOK.place[kind], disc(radius));
  }
  const square = (reach) => trace((path, x, y) => path.rect(x - reach, y - reach, 2 * reach, 2 * reach));
  fillIn(pen, PAPER, square(radius + rim));
  if (kind === "camera") return fillIn(pen, LOOK.place[kind], square(radius));
  pen.strokeStyle = LOOK.place[kind];
  pen.lineWidth = Math.min(1.2, 0.4 * radius);
  pen.lineCap = "butt";
  pen.stroke(square(radius - 0.5 * pen.lineWidth));
  const cross = trace((path, x, y) => {
    path.moveTo(x - radius, y - radius);
    path.lineTo(x + radius, y + radius);
    path.moveTo(x - radius, y + radius);
    path.lineTo(x + radius, y - radius);
  });
  return pen.stroke(cross);
}

function fillIn(pen, colour, path) {
  pen.fillStyle = colour;
  pen.fill(path);
}

// The tip of the nearest place about a point, or null: badges first, where they are drawn, then dots.
function tipAt({ badges, places }, point, zoom) {
  const scale = 2 ** zoom;
  const away = (spot) => Math.hypot(spot.x - point.x, spot.y - point.y) * scale;
  const badge = badges.find((one) => away(one.shown) <= one.radius);
  if (badge) return badge.tip;
  let best = null;
  let least = HIT;
  for (const { kind, world, tipOf } of places) {
    if (!DOTS.includes(kind)) continue;
    world.forEach((spot, place) => {
      const distance = away(spot);
      if (distance < least) [least, best] = [distance, tipOf(place)];
    });
  }
  return best && best.length ? best : null;
}
