// Reading the view: what stands where in the frame, and how long a pixel is.
function readRow(row) {
  return [...row.querySelectorAll("span")].map((part) => part.textContent);
}

function metresPerPixel(map) {
  const size = map.getSize();
  const at = (x) => map.containerPointToLatLng([size.x / 2 + x, size.y / 2]);
  return map.distance(at(-50), at(50)) / 100;
}

function placeOf(node, map, around) {
  if (node.hidden || !node.offsetWidth) return null;
  const frame = map.getContainer().getBoundingClientRect();
  const box = node.getBoundingClientRect();
  return {
    left: box.left - frame.left - around,
    right: box.right - frame.left + around,
    top: box.top - frame.top - around,
    bottom: box.bottom - frame.top + around,
  };
}

function labelObstacles(map, furniture) {
  const { legend, zoom, whole, foot, note } = furniture;
  return [legend, zoom, whole, foot, note].map((node) => placeOf(node, map, 2)).filter(Boolean);
}
