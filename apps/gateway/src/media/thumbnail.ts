import { chmod } from "node:fs/promises";

const EDGE = 480;
/** A small file may unpack to gigabytes: 50 megapixels take 200 MB. */
const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 10;

/** Loaded with the first picture: it would be a good part of the time and the memory of every start. */
async function loadSharp() {
  const { default: sharp } = await import("sharp");
  // Files are used once, and one image at a time per call is enough: memory matters more than speed.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

/** Size as a person sees it (turned upright), and a small WebP at `target`; `null` where the picture cannot be read. */
export async function makeThumbnail(
  source: string,
  target: string,
): Promise<{ width: number; height: number } | null> {
  const sharp = await loadSharp();
  try {
    const image = sharp(source, { limitInputPixels: MAX_PIXELS, failOn: "error", pages: 1 });
    const { autoOrient } = await image.metadata();
    await image
      .autoOrient()
      .resize(EDGE, EDGE, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 75 })
      .timeout({ seconds: MAX_SECONDS })
      .toFile(target);
    await chmod(target, 0o600);
    return { width: autoOrient.width, height: autoOrient.height };
  } catch {
    return null;
  }
}
