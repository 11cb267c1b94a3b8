import { randomFillSync } from "node:crypto";

/** Random bytes for many ids at once: asking for a few takes as long as asking for thousands. */
const pool = Buffer.alloc(16 * 256);
let used = pool.length;

let lastMs = 0;
let counter = 0;

/**
 * UUID v7 (RFC 9562): 48 bits of milliseconds, 12 bits of counter, 62 random bits. Within one process ids grow strictly,
 * also when the wall clock steps back, so that ordering by id is ordering by creation.
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs++;
    counter = 0;
  }
  const b = randomBytes16();
  b.writeUIntBE(lastMs, 0, 6);
  b.writeUInt16BE(0x7000 | counter, 6);
  b[8] = 0x80 | ((b[8] ?? 0) & 0x3f);
  const h = b.toString("hex");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

function randomBytes16(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}
