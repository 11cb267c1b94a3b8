import { drawSticker, type StickerName } from "../../kit/drawings.ts";
import type { MediaStore } from "./store.ts";

export interface Sticker {
  readonly id: string;
  readonly name: StickerName;
  readonly label: string;
}

export const LIKE_STICKER = "369239263222822";

export const STICKERS: readonly Sticker[] = [
  { id: LIKE_STICKER, name: "like", label: "Thích" },
  { id: "144884852352448", name: "hello", label: "Xin chào" },
  { id: "144884865685780", name: "thanks", label: "Cảm ơn" },
  { id: "144884752352458", name: "sad", label: "Buồn" },
  { id: "144885185685748", name: "parcel", label: "Đã nhận hàng" },
];

const drawn = new WeakMap<MediaStore, Map<string, string>>();

/** The picture of a sticker, drawn when first needed. */
export function stickerMedia(media: MediaStore, stickerId: string): string | undefined {
  const sticker = STICKERS.find(({ id }) => id === stickerId);
  if (!sticker) return undefined;
  const known = drawn.get(media) ?? new Map<string, string>();
  drawn.set(media, known);
  const id =
    known.get(stickerId) ??
    media.put({ bytes: drawSticker(sticker.name), contentType: "image/png", name: `${sticker.name}.png` });
  known.set(stickerId, id);
  return id;
}
