import { crc32, deflateSync } from "node:zlib";

export interface Pixel {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/** Draws by asking for the colour of each point; four samples per pixel keep the edges smooth. */
export function drawPng(
  size: { width: number; height: number },
  colourAt: (x: number, y: number) => Pixel,
): Buffer {
  const { width, height } = size;
  const rows = Buffer.alloc((width * 4 + 1) * height);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    at += 1;
    for (let x = 0; x < width; x += 1) {
      const pixel = average([0.25, 0.75].flatMap((dy) => [0.25, 0.75].map((dx) => colourAt(x + dx, y + dy))));
      rows.set([pixel.r, pixel.g, pixel.b, pixel.a], at);
      at += 4;
    }
  }
  return encode(width, height, rows);
}

/** Weighted by opacity, or a clear neighbour would darken the edge. */
function average(samples: readonly Pixel[]): Pixel {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (const sample of samples) {
    r += sample.r * sample.a;
    g += sample.g * sample.a;
    b += sample.b * sample.a;
    a += sample.a;
  }
  if (a === 0) return { r: 0, g: 0, b: 0, a: 0 };
  return {
    r: Math.round(r / a),
    g: Math.round(g / a),
    b: Math.round(b / a),
    a: Math.round(a / samples.length),
  };
}

function encode(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
