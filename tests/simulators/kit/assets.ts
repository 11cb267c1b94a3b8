import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { stripTypeScriptTypes } from "node:module";

/** The page for all channels shows those of each in frames; they have ports of their own on the same machine. */
const NEIGHBOURS = "http://127.0.0.1:* http://localhost:*";
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  `frame-src ${NEIGHBOURS}`,
  `frame-ancestors ${NEIGHBOURS}`,
].join("; ");

const welcoming = (guest: string): string =>
  CSP.replace("script-src 'self'", `script-src 'self' ${guest}`).replace(
    "connect-src 'self'",
    `connect-src 'self' ${guest} ${guest.replace(/^http/, "ws")}`,
  );

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  ts: "text/javascript; charset=utf-8",
};

const SHARED = new URL("./page/", import.meta.url);

/** Whether a path is a page's file, its own or one that all pages share. */
export const isAsset = (path: string): boolean => path === "/" || /^\/(kit\/)?page\//.test(path);

/**
 * A page's files; TypeScript leaves as JavaScript, so that nothing has to be built first. Addresses are those of the folders, so
 * that an import means the same in the browser. A page without an index of its own has the shared one.
 *
 * @param guest origin of somebody else's script that the page embeds
 */
export async function sendAsset(
  response: ServerResponse,
  path: string,
  folder: URL,
  guest?: string,
): Promise<void> {
  const name = path === "/" ? "index.html" : path.replace(/^\/(kit\/)?page\//, "");
  const type = TYPES[name.split(".").at(-1) ?? ""];
  const places = path === "/" ? [folder, SHARED] : [path.startsWith("/kit/") ? SHARED : folder];
  const text = /^[\w-]+\.\w+$/.test(name) && type ? await read(name, places) : undefined;
  if (text === undefined || type === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
    return;
  }
  response.writeHead(200, {
    "content-type": type,
    "content-security-policy": guest === undefined ? CSP : welcoming(guest),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(text);
}

async function read(name: string, places: readonly URL[]): Promise<string | undefined> {
  for (const place of places)
    try {
      const text = await readFile(new URL(name, place), "utf8");
      return name.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
    } catch {
      // Perhaps in the next place.
    }
  return undefined;
}
