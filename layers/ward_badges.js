// Numbered places: proposed sites as discs, gaps as broken rings. Those that would cover each other move apart, and
// a line leads back to where they are.
const BADGE = { site: 8.5, gap: 10 };

function placeBadges(groups, { scale, origin }) {
  const badges = groups
    .filter(({ kind }) => kind in BADGE)
    .flatMap(({ kind, world, numbers, tipOf }) =>
      world.map(({ x, y }, place) => {
        const at = { x: x * scale - origin.x, y: y * scale - origin.y };
        return { kind, at, x: at.x, y: at.y, radius: BADGE[kind], number: numbers[place] ?? "", tip: tipOf(place) };
      }),
    );
  for (let round = 0; round < 24; round += 1) {
    for (let i = 0; i < badges.length; i += 1) {
      for (let j = i + 1; j < badges.length; j += 1) {
        pushApart(badges[i], badges[j], badges[i].radius + badges[j].radius + 2);
      }
    }
  }
  for (const badge of badges) badge.shown = { x: (badge.x + origin.x) / scale, y: (badge.y + origin.y) / scale };
  return badges;
}

function drawBadges(pen, badges) {
  for (const badge of badges) drawLeader(pen, badge);
  for (const { kind, x, y, radius, number } of badges) drawBadge(pen, kind, x, y, radius, String(number));
}

function drawLeader(pen, { kind, at, x, y, radius }) {
  if (Math.hypot(x - at.x, y - at.y) < radius) return;
  const line = new Path2D();
  line.moveTo(at.x, at.y);
  line.lineTo(x, y);
  const dot = new Path2D();
  dot.arc(at.x, at.y, 2.4, 0, TAU);
  for (const [colour, width] of [[PAPER, 3.4], [LOOK.place[kind], 1.4]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke(line);
    if (colour === PAPER) pen.stroke(dot);
  }
  fillIn(pen, LOOK.place[kind], dot);
}

function drawBadge(pen, kind, x, y, radius, text) {
  const disc = new Path2D();
  disc.arc(x, y, radius, 0, TAU);
  const rim = new Path2D();
  rim.arc(x, y, radius + 1.2, 0, TAU);
  fillIn(pen, PAPER, rim);
  const isSite = kind === "site";
  fillIn(pen, isSite ? LOOK.place.site : PAPER, disc);
  pen.strokeStyle = isSite ? PAPER : LOOK.place[kind];
  pen.lineWidth = isSite ? 1.4 : Math.min(2.2, radius / 3);
  pen.setLineDash(isSite ? [] : [TAU * radius / 12, TAU * radius / 20]);
  pen.stroke(disc);
  pen.setLineDash([]);
  pen.font = `700 ${radius < 8 || text.length > 2 ? 8.5 : 10.5}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = isSite ? PAPER : LOOK.place[kind];
  centreText(pen, text, x, y);
}
