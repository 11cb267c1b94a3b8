import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { SimTime } from "../kit/clock.ts";
import { type MediaFile, sendFile } from "../kit/media.ts";
import type { Faults } from "./faults.ts";

export interface MediaStore {
  put(file: MediaFile): string;
  /** A file of a former run, under the id that its messages name. */
  restore(id: string, file: MediaFile): void;
  get(id: string): MediaFile | undefined;
  /** A link as webhooks carry it: dead when its time is over. */
  url(id: string): string;
  serve(path: string, query: URLSearchParams, response: ServerResponse): void;
}

const LIVES_MS = 24 * 3_600_000;

export function createMedia(deps: {
  readonly time: SimTime;
  readonly faults: Faults;
  readonly baseUrl: () => string;
}): MediaStore {
  const files = new Map<string, MediaFile>();
  return {
    put(file) {
      const id = randomBytes(12).toString("hex");
      files.set(id, file);
      return id;
    },
    restore: (id, file) => void files.set(id, file),
    get: (id) => files.get(id),
    url(id) {
      const name = encodeURIComponent(files.get(id)?.name ?? "file");
      return `${deps.baseUrl()}/cdn/${id}/${name}?until=${deps.time.windowNow() + LIVES_MS}`;
    },
    serve(path, query, response) {
      const fault = deps.faults.strike("media.host");
      if (fault === "wrong-type") {
        response.writeHead(200, { "content-type": "text/html" }).end("<script>alert(1)</script>");
        return;
      }
      const isOver = deps.time.windowNow() > Number(query.get("until") ?? 0);
      const file = fault || isOver ? undefined : files.get(path.split("/")[2] ?? "");
      sendFile(response, file);
    },
  };
}
