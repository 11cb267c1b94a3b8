import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { stripTypeScriptTypes } from "node:module";

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  ts: "text/javascript; charset=utf-8",
};

/** A page's files; TypeScript leaves as JavaScript, so that nothing has to be built first. */
export async function sendAsset(response: ServerResponse, path: string, folder: URL): Promise<void> {
  const name = path === "/" ? "index.html" : path.replace(/^\/page\//, "");
  const type = TYPES[name.split(".").at(-1) ?? ""];
  const text = /^[\w-]+\.\w+$/.test(name) && type ? await read(name, folder) : undefined;
  if (text === undefined || type === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
    return;
  }
  response.writeHead(200, {
    "content-type": type,
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(text);
}

async function read(name: string, folder: URL): Promise<string | undefined> {
  try {
    const text = await readFile(new URL(name, folder), "utf8");
    return name.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
  } catch {
    return undefined;
  }
}
