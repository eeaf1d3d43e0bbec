// What the server sends: outlines once, then one message per change, turned from codes into places.
function fetchShapes(address) {
  return fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return answer.json();
  });
}

function readMessage(message, shapes) {
  const rows = message.legend.rows;
  const classes = [...message.fills].map((digit) => parseInt(digit, 36));
  const wardsOf = (codes) => codes.map((code) => shapes.indexOf.get(code)).filter((ward) => ward !== undefined);
  const ofKind = (kind) => message.outlines.filter((outline) => outline[0] === kind);
  const members = (kind) => new Set(ofKind(kind).flatMap((outline) => wardsOf(outline[2])));
  const targets = members("target");
  const former = members("former");
  const gaps = members("gap");
  const both = new Set([...gaps].filter((ward) => targets.has(ward)));
  const selected = new Set([...members("selected"), ...wardsOf([message.selected])]);
  const numbers = new Map();
  for (const [, , codes, given] of message.outlines) {
    given.forEach((number, place) => {
      const [ward] = wardsOf([codes[place]]);
      if (ward !== undefined) numbers.set(ward, number);
    });
  }
  return {
    targets,
    former,
    gaps,
    both,
    selected,
    numbers,
    zones: readZones(message.zones),
    places: readPlaces(message),
    badges: [],
    message: {
      ...message,
      fills: classes.map((id) => rows[id][1]),
      marks: classes.map((id) => rows[id][2]),
      labels: message.labels
        .map(([text, longitude, latitude, kind, rank, always]) => {
          const { x, y } = toWorld(longitude, latitude);
          return { text, x, y, kind, rank, always };
        })
        .sort((one, other) => one.rank - other.rank),
      bothNumber: String(numbers.get([...both][0]) ?? ""),
      counts: { target: targets.size, former: former.size, gap: gaps.size, selected: selected.size, both: both.size },
    },
  };
}
