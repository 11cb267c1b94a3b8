import { drawPng, type Pixel } from "./png.ts";

type Point = readonly [x: number, y: number];
/** Distance to the edge of a shape: negative inside. */
type Shape = (x: number, y: number) => number;

const CLEAR: Pixel = { r: 0, g: 0, b: 0, a: 0 };

function hex(value: string): Pixel {
  const n = Number.parseInt(value.slice(1), 16);
  return { r: n >> 16, g: (n >> 8) & 255, b: n & 255, a: 255 };
}

function circle([cx, cy]: Point, radius: number): Shape {
  return (x, y) => Math.hypot(x - cx, y - cy) - radius;
}

/** A line with a round brush: the pencil of these drawings. */
function stroke([ax, ay]: Point, [bx, by]: Point, width: number): Shape {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy || 1;
  return (x, y) => {
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
    return Math.hypot(x - ax - t * dx, y - ay - t * dy) - width / 2;
  };
}

function box([cx, cy]: Point, [w, h]: Point, round = 6): Shape {
  return (x, y) => {
    const qx = Math.abs(x - cx) - w / 2 + round;
    const qy = Math.abs(y - cy) - h / 2 + round;
    return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - round;
  };
}

function heart([cx, cy]: Point, scale: number): Shape {
  return (x, y) => {
    const px = (x - cx) / scale;
    const py = -(y - cy) / scale;
    const base = px * px + py * py - 1;
    return base ** 3 - px * px * py ** 3;
  };
}

function ring([cx, cy]: Point, radius: number, half: number): Shape {
  return (x, y) => Math.abs(Math.hypot(x - cx, y - cy) - radius) - half;
}

function arc([cx, cy]: Point, radius: number, side: 1 | -1): Shape {
  return (x, y) => (side * (y - cy) < radius * 0.25 ? 1 : Math.abs(Math.hypot(x - cx, y - cy) - radius) - 5);
}

type Layer = readonly [colour: string, ...shapes: Shape[]];

function paint(layers: readonly Layer[], ground: (x: number, y: number) => Pixel = () => CLEAR) {
  const top = layers.toReversed().map(([colour, ...shapes]) => ({ pixel: hex(colour), shapes }));
  return (x: number, y: number): Pixel =>
    top.find(({ shapes }) => shapes.some((shape) => shape(x, y) < 0))?.pixel ?? ground(x, y);
}

const FACE: Layer[] = [
  ["#f2b93b", circle([80, 80], 66)],
  ["#ffd65c", circle([80, 77], 62)],
];
const EYES: Layer = ["#4a3410", circle([58, 66], 8), circle([102, 66], 8)];

const STICKER_LAYERS = {
  like: [
    ["#0b6cff", box([40, 104], [30, 72], 8), box([92, 112], [78, 60], 16)],
    ["#0b6cff", stroke([76, 92], [92, 40], 26), stroke([64, 100], [80, 84], 24)],
    ["#3d8bff", box([118, 90], [34, 20], 10), box([122, 112], [34, 20], 10), box([116, 133], [34, 18], 9)],
  ],
  hello: [...FACE, EYES, ["#4a3410", arc([80, 84], 32, 1)]],
  thanks: [
    ["#d6336c", heart([80, 88], 52)],
    ["#f06595", heart([80, 84], 46)],
    ["#ffe3ec", circle([58, 62], 9)],
  ],
  sad: [
    ...FACE,
    EYES,
    ["#4a3410", arc([80, 128], 28, -1)],
    ["#4dabf7", circle([56, 90], 9), stroke([56, 78], [56, 88], 7)],
  ],
  parcel: [
    ["#b07c45", box([80, 92], [116, 88], 8)],
    ["#c9965b", box([80, 66], [116, 36], 8)],
    ["#f1e2c8", box([80, 92], [22, 88], 2)],
    ["#2f9e44", circle([120, 124], 24)],
    ["#ffffff", stroke([109, 125], [117, 133], 7), stroke([117, 133], [131, 116], 7)],
  ],
} satisfies Record<string, readonly Layer[]>;

export type StickerName = keyof typeof STICKER_LAYERS;

export function drawSticker(name: StickerName): Buffer {
  return drawPng({ width: 160, height: 160 }, paint(STICKER_LAYERS[name]));
}

/** What a customer would send: the parcel that came with a crushed corner. */
export function drawSamplePicture(): Buffer {
  const layers: Layer[] = [
    ["#c9a882", box([240, 300], [520, 160], 0)],
    ["#8a5a2b", box([236, 190], [252, 168], 10)],
    ["#b07c45", box([232, 186], [252, 168], 10)],
    ["#c9965b", box([232, 130], [252, 56], 10)],
    ["#efe0c4", box([232, 186], [40, 168], 2)],
    ["#ffffff", box([164, 226], [76, 50], 4)],
    [
      "#8c8c8c",
      stroke([138, 216], [186, 216], 5),
      stroke([138, 228], [176, 228], 5),
      stroke([138, 240], [182, 240], 5),
    ],
    [
      "#5b3a1a",
      stroke([300, 108], [352, 160], 9),
      stroke([316, 140], [350, 118], 7),
      stroke([296, 134], [330, 176], 6),
    ],
    ["#d9480f", ring([324, 138], 54, 5)],
  ];
  const wall = (_x: number, y: number): Pixel => {
    const t = Math.min(1, y / 320);
    return { r: 226 - 20 * t, g: 232 - 22 * t, b: 236 - 26 * t, a: 255 };
  };
  return drawPng({ width: 480, height: 340 }, paint(layers, wall));
}

const AVATAR_GROUNDS = ["#31708e", "#7a4b8c", "#a0522d", "#2e7d5b", "#5c6bc0"];

export function drawAvatar(seed: number): Buffer {
  const ground = hex(AVATAR_GROUNDS[seed % AVATAR_GROUNDS.length] ?? "#31708e");
  const layers: Layer[] = [["#f3ece4", circle([64, 50], 24), circle([64, 128], 46)]];
  return drawPng(
    { width: 128, height: 128 },
    paint(layers, () => ground),
  );
}
