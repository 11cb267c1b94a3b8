import { extname, join } from "node:path";
import { APP_HOST, APP_SCHEME, parseUrl } from "./origin.ts";

const CONTENT_TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
  ".wasm": "application/wasm",
};

export const contentTypeOf = (path: string): string =>
  CONTENT_TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";

/**
 * The file behind an `app://tongdai/...` address, or undefined when it names anything but a plain path
 * inside `root`. Segments are judged after decoding, so an encoded slash or dot cannot climb out.
 */
export function rendererFile(root: string, address: string): string | undefined {
  const url = parseUrl(address);
  if (url?.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return undefined;
  if (url.pathname === "" || url.pathname === "/") return join(root, "index.html");
  const segments = url.pathname.split("/").slice(1).map(decodeSegment);
  const plain = segments.filter((segment) => segment !== undefined && isPlainName(segment));
  return plain.length === segments.length ? join(root, ...plain.map(String)) : undefined;
}

function decodeSegment(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A colon is a drive or an alternate stream on Windows; a leading dot covers "..", "." and hidden files. */
const isPlainName = (name: string): boolean => /^[^./\\:\0][^/\\:\0]*$/.test(name);
