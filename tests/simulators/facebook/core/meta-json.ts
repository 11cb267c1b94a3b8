import type { Json } from "../../kit/json.ts";

/**
 * The vendor's wire form: non-ASCII as lower-case \uXXXX and every slash escaped. A receiver that
 * verifies a signature over re-serialised JSON therefore fails here as it does in production.
 */
export function toMetaJson(value: Json): string {
  return JSON.stringify(value)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("/", "\\/");
}
