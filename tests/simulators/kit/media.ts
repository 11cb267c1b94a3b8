import type { ServerResponse } from "node:http";

export interface MediaFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly name: string;
}

export function sendFile(response: ServerResponse, file: MediaFile | undefined): void {
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": file.contentType,
    "content-length": file.bytes.length,
    "cache-control": "private, max-age=3600",
    "x-content-type-options": "nosniff",
  });
  response.end(file.bytes);
}
