import type { MediaFile } from "./media.ts";

export interface Multipart {
  readonly fields: [string, string][];
  readonly files: Map<string, MediaFile>;
}

const BREAK = "\r\n\r\n";

/** RFC 7578, as far as upload clients use it. Undefined when the body is not what the header says. */
export function parseMultipart(body: Buffer, contentType: string): Multipart | undefined {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (!boundary || !body.includes(`--${boundary}--`)) return undefined;
  const form: Multipart = { fields: [], files: new Map() };
  for (const part of splitParts(body, `--${boundary}`)) addPart(form, part);
  return form;
}

function splitParts(body: Buffer, marker: string): Buffer[] {
  const parts: Buffer[] = [];
  let start = body.indexOf(marker);
  while (start >= 0) {
    const next = body.indexOf(`\r\n${marker}`, start + marker.length);
    if (next < 0) break;
    parts.push(body.subarray(start + marker.length + 2, next));
    start = next + 2;
  }
  return parts;
}

function addPart(form: Multipart, part: Buffer): void {
  const split = part.indexOf(BREAK);
  if (split < 0) return;
  const head = part.subarray(0, split).toString("utf8");
  const content = part.subarray(split + BREAK.length);
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
  const name = /[;\s]name="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) return;
  const filename = /filename="([^"]*)"/i.exec(disposition)?.[1];
  if (filename === undefined) {
    form.fields.push([name, content.toString("utf8")]);
    return;
  }
  const contentType = /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? "application/octet-stream";
  form.files.set(name, { bytes: content, contentType: contentType.toLowerCase(), name: filename || "file" });
}
