import type { ServerResponse } from "node:http";
import type { SimTime } from "../../kit/clock.ts";
import { type MediaFile, sendFile } from "../../kit/media.ts";
import type { Faults } from "../core/faults.ts";
import { newNumericId } from "../core/ids.ts";
import { hmacHex, sameText } from "../core/signature.ts";

export interface MediaStore {
  put(file: MediaFile): string;
  /** A file of a former run, under the id that its messages name. */
  restore(id: string, file: MediaFile): void;
  get(id: string): MediaFile | undefined;
  /** A signed link as the webhook carries it: it stops working when its time is over. */
  url(id: string): string;
  /** Answers a request for such a link, faults included. */
  serve(path: string, query: URLSearchParams, response: ServerResponse): void;
}

export interface MediaDeps {
  readonly time: SimTime;
  readonly faults: Faults;
  readonly ttlMs: number;
  readonly baseUrl: () => string;
}

export function createMediaStore({ time, faults, ttlMs, baseUrl }: MediaDeps): MediaStore {
  const files = new Map<string, MediaFile>();
  const secret = newNumericId(30);
  const sign = (id: string, expiry: string) => hmacHex(secret, `${id}:${expiry}`).slice(0, 32);

  const refusal = (id: string, query: URLSearchParams): { status: number; text: string } | undefined => {
    const expiry = query.get("oe") ?? "";
    if (!sameText(sign(id, expiry), query.get("oh") ?? "")) return { status: 403, text: "Bad URL hash" };
    if (time.windowNow() > Number.parseInt(expiry, 16)) return { status: 403, text: "URL signature expired" };
    return files.has(id) ? undefined : { status: 404, text: "Not found" };
  };

  return {
    put(file) {
      const id = newNumericId(17);
      files.set(id, file);
      return id;
    },
    restore: (id, file) => void files.set(id, file),
    get: (id) => files.get(id),
    url(id) {
      const expiry = (time.windowNow() + ttlMs).toString(16);
      const name = encodeURIComponent(files.get(id)?.name ?? "file");
      return `${baseUrl()}/cdn/v/t1.15752-9/${id}/${name}?_nc_cat=1&oe=${expiry}&oh=${sign(id, expiry)}`;
    },
    serve(path, query, response) {
      if (misbehave(response, faults.strike("media.host"))) return;
      const id = path.split("/").at(-2) ?? "";
      const refused = refusal(id, query);
      if (refused) {
        response.writeHead(refused.status, { "content-type": "text/plain" }).end(refused.text);
        return;
      }
      sendFile(response, files.get(id));
    },
  };
}

function misbehave(response: ServerResponse, fault: unknown): boolean {
  switch (fault) {
    case "not-found":
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
      return true;
    case "redirect-private":
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
      return true;
    case "wrong-type":
      response.writeHead(200, { "content-type": "text/html" }).end("<script>alert(1)</script>");
      return true;
    case "stall":
      response.writeHead(200, { "content-type": "image/png", "content-length": "100000" });
      response.write(Buffer.alloc(10));
      return true;
    case "endless":
      response.writeHead(200, { "content-type": "image/png" });
      pourForEver(response);
      return true;
    default:
      return false;
  }
}

function pourForEver(response: ServerResponse): void {
  const block = Buffer.alloc(64 * 1024, 1);
  const pour = () => {
    if (response.destroyed) return;
    if (response.write(block)) setImmediate(pour);
    else response.once("drain", pour);
  };
  pour();
}
