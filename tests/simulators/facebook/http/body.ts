import { isObject, type Json, type JsonObject, parseJson } from "../../kit/json.ts";
import type { MediaFile } from "../../kit/media.ts";
import { parseMultipart } from "../../kit/multipart.ts";

export interface Params {
  readonly values: JsonObject;
  readonly file: MediaFile | undefined;
  readonly malformed: boolean;
}

/** Query, JSON, form and multipart become one set of parameters, as at the real service. */
export function readParams(
  query: URLSearchParams,
  { contentType, body }: { contentType: string; body: Buffer },
): Params {
  const fromQuery = decodeFields(query);
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (body.length === 0) return { values: fromQuery, file: undefined, malformed: false };
  if (type === "application/x-www-form-urlencoded") {
    const values = { ...fromQuery, ...decodeFields(new URLSearchParams(body.toString("utf8"))) };
    return { values, file: undefined, malformed: false };
  }
  if (type === "multipart/form-data") {
    const form = parseMultipart(body, contentType);
    return {
      values: { ...fromQuery, ...decodeFields(form?.fields ?? []) },
      file: form?.files.get("filedata"),
      malformed: form === undefined,
    };
  }
  const json = parseJson(body.toString("utf8"));
  return isObject(json)
    ? { values: { ...fromQuery, ...json }, file: undefined, malformed: false }
    : { values: fromQuery, file: undefined, malformed: true };
}

/** Form values that hold an object or a list are JSON text; the rest stays text. */
function decodeFields(fields: Iterable<readonly [string, string]>): JsonObject {
  const values: Record<string, Json> = {};
  for (const [name, value] of fields) {
    const decoded = /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
    values[name] = decoded ?? value;
  }
  return values;
}
