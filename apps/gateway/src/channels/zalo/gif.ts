/** Width and height of a GIF in pixels, `null` for what is none. Source: GIF89a specification, 18: logical screen. */
export function gifSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  const isGif = bytes.length >= 10 && /^GIF8[79]a$/.test(bytes.toString("latin1", 0, 6));
  return isGif ? { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) } : null;
}
