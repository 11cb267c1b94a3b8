import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** More characters than this are packed. */
const PACK_FROM = 32 * 1024;

const pack = promisify(gzip);

/** What many readers get alike, as it is or, where it is long, as JSON compressed with gzip. */
export async function packed<T>(content: T): Promise<T | { readonly packed: Uint8Array<ArrayBuffer> }> {
  const json = JSON.stringify(content);
  return json.length < PACK_FROM ? content : { packed: new Uint8Array(await pack(json)) };
}
