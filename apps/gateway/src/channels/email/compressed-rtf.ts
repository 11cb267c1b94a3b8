/** What every dictionary begins with. Source: [MS-OXRTFCP] 2.1.2.1. */
const FIRST_WORDS = Buffer.from(
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx",
  "latin1",
);
const DICTIONARY = 4_096;
const HEADER = 16;
const COMPRESSED = 0x75_46_5a_4c;
const PLAIN = 0x41_4c_45_4d;
/** Nobody writes more on purpose; eighteen bytes may come of two. */
const MOST = 8 * 1024 * 1024;

/**
 * The RTF of a message's compressed property. `null`: it is none, is damaged, or has more than we read.
 * Source: [MS-OXRTFCP] 2.1 and 3.1.
 */
export function unpackRtf(bytes: Buffer): Buffer | null {
  if (bytes.length < HEADER) return null;
  const rawSize = bytes.readUInt32LE(4);
  const kind = bytes.readUInt32LE(8);
  if (rawSize > MOST) return null;
  if (kind === PLAIN) return bytes.subarray(HEADER, HEADER + rawSize);
  return kind === COMPRESSED ? inflate(bytes.subarray(HEADER), rawSize) : null;
}

/** Eight tokens follow each control byte: a byte as it is, or the place and length of what was said before. */
function inflate(from: Buffer, rawSize: number): Buffer | null {
  const dictionary = Buffer.alloc(DICTIONARY);
  FIRST_WORDS.copy(dictionary);
  const out = Buffer.alloc(rawSize);
  let [at, length, end] = [0, 0, FIRST_WORDS.length];
  const put = (byte: number): void => {
    if (length < rawSize) out[length++] = byte;
    dictionary[end] = byte;
    end = (end + 1) % DICTIONARY;
  };
  while (at < from.length) {
    const control = from[at++] ?? 0;
    for (let bit = 0; bit < 8; bit++) {
      if (((control >> bit) & 1) === 0) {
        const byte = from[at++];
        if (byte === undefined) return null;
        put(byte);
        continue;
      }
      if (at + 2 > from.length) return null;
      const token = from.readUInt16BE(at);
      at += 2;
      const place = token >> 4;
      // It points at its own end: all has been said.
      if (place === end) return out.subarray(0, length);
      for (let i = 0; i < (token & 0xf) + 2; i++) put(dictionary[(place + i) % DICTIONARY] ?? 0);
    }
  }
  return null;
}
