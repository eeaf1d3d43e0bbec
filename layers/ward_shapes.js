// Outlines as the server wrote them: whole parts of a degree, each ring its first point and then differences.
// Kept in "world" units, Leaflet's pixels at zoom 0, so that a zoom is one multiplication.
const UNITS = 100000;
const NET = 64;
const THIN = 0.35; // pixels; points nearer than that to the last one drawn are passed over

function readShapes(file) {
  const wards = file.wards.map((rings) => readArea(rings));
  const box = wards.reduce((all, ward) => all.extend(ward.box.min).extend(ward.box.max), L.bounds([]));
  return {
    order: file.order,
    codes: file.codes,
    indexOf: new Map(file.codes.map((code, index) => [code, index])),
    wards,
    parents: file.parents.map((rings) => readArea(rings)),
    centres: file.centres.map(readCircle),
    box,
    near: castNet(wards, box),
  };
}

function toWorld(longitude, latitude) {
  return L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, longitude), 0);
}

function readArea(rings, units = UNITS) {
  const box = L.bounds([]);
  const world = rings.map((steps) => {
    const ring = new Float64Array(steps.length);
    let longitude = 0;
    let latitude = 0;
    for (let i = 0; i < steps.length; i += 2) {
      const point = toWorld((longitude += steps[i]) / units, (latitude += steps[i + 1]) / units);
      ring[i] = point.x;
      ring[i + 1] = point.y;
      box.extend(point);
    }
    return ring;
  });
  return { rings: world, box };
}

function readCircle([longitude, latitude, radius]) {
  const centre = toWorld(longitude / UNITS, latitude / UNITS);
  const rim = toWorld(longitude / UNITS, (latitude + radius) / UNITS);
  return { x: centre.x, y: centre.y, radius: Math.abs(centre.y - rim.y) };
}

// Which wards lie near a point: their boxes sorted into the cells of a coarse net.
function castNet(wards, box) {
  const cells = new Map();
  const size = box.getSize().divideBy(NET);
  const cellOf = ({ x, y }) => [Math.floor((x - box.min.x) / size.x), Math.floor((y - box.min.y) / size.y)];
  wards.forEach((ward, index) => {
    const [left, top] = cellOf(ward.box.min);
    const [right, bottom] = cellOf(ward.box.max);
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const key = column * 2 * NET + row;
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(index);
      }
    }
  });
  return (point) => {
    const [column, row] = cellOf(point);
    return cells.get(column * 2 * NET + row) || [];
  };
}

// The ward under a point in world units, or -1. A point on a shared edge belongs to the first in order.
function wardAt(shapes, point) {
  return shapes.near(point).find((index) => contains(shapes.wards[index], point)) ?? -1;
}

function contains(area, { x, y }) {
  const { min, max } = area.box;
  if (x < min.x || x > max.x || y < min.y || y > max.y) return false;
  let inside = false;
  for (const ring of area.rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const crosses = ring[i + 1] > y !== ring[j + 1] > y;
      if (crosses && x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]) {
        inside = !inside;
      }
    }
  }
  return inside;
}

// Paths at one zoom, relative to `origin` (whole pixels), kept until the zoom changes.
function pathsAtZoom(shapes, zoom) {
  const scale = 2 ** zoom;
  const origin = shapes.box.min.multiplyBy(scale)._floor();
  const draw = (area) => {
    const path = new Path2D();
    for (const ring of area.rings) traceRing(path, ring, scale, origin);
    return path;
  };
  return { zoom, scale, origin, wards: shapes.wards.map(draw), parents: shapes.parents.map(draw) };
}

function traceRing(path, ring, scale, origin) {
  let lastX = ring[0] * scale - origin.x;
  let lastY = ring[1] * scale - origin.y;
  path.moveTo(lastX, lastY);
  for (let i = 2; i < ring.length; i += 2) {
    const x = ring[i] * scale - origin.x;
    const y = ring[i + 1] * scale - origin.y;
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < THIN) continue;
    path.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
  path.closePath();
}

// The closest view of everything in which no ward lies under the legend.
function homeView(size, shapes, margin, legend, snap) {
  const room = L.point(size.x - margin.left - margin.right, size.y - margin.top - margin.bottom);
  const extent = shapes.box.getSize();
  const closest = snap * Math.floor(Math.log2(Math.min(room.x / extent.x, room.y / extent.y)) / snap);
  const points = samplePoints(shapes);
  const corner = (zoom, alongX, alongY) => {
    const slack = room.subtract(extent.multiplyBy(2 ** zoom));
    return L.point(margin.left + slack.x * alongX, margin.top + slack.y * alongY);
  };
  for (let zoom = closest; legend && zoom > closest - 1.5; zoom -= snap) {
    for (const alongX of [0.5, 0.25, 0]) {
      for (const alongY of [0.5, 0.75, 1]) {
        const topLeft = corner(zoom, alongX, alongY);
        if (isFree(points, shapes.box.min, 2 ** zoom, topLeft, legend)) return view(zoom, topLeft);
      }
    }
  }
  return view(closest, corner(closest, 0.5, 0.5));

  function view(zoom, topLeft) {
    const middle = size.divideBy(2).subtract(topLeft).divideBy(2 ** zoom).add(shapes.box.min);
    return { zoom, centre: L.CRS.EPSG3857.pointToLatLng(middle, 0) };
  }
}

function isFree(points, start, scale, topLeft, box) {
  return points.every(([x, y]) => {
    const left = (x - start.x) * scale + topLeft.x;
    const top = (y - start.y) * scale + topLeft.y;
    return left < box.left || left > box.right || top < box.top || top > box.bottom;
  });
}

function samplePoints(shapes) {
  const total = shapes.wards.reduce((sum, ward) => sum + ward.rings.reduce((n, ring) => n + ring.length / 2, 0), 0);
  const every = Math.max(1, Math.floor(total / 4000));
  const points = shapes.centres.map(({ x, y }) => [x, y]);
  let count = 0;
  for (const ward of shapes.wards) {
    for (const ring of ward.rings) {
      for (let i = 0; i < ring.length; i += 2) if (count++ % every === 0) points.push([ring[i], ring[i + 1]]);
    }
  }
  return points;
}
