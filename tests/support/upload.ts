import type { Person } from "./person.ts";
import type { World } from "./world.ts";

/** Uploads a file as somebody, and returns its id. */
export async function upload(
  w: World,
  who: Person,
  file: { bytes: Uint8Array<ArrayBuffer>; name: string; type: string },
): Promise<string> {
  const form = new FormData();
  form.append("file", new Blob([file.bytes], { type: file.type }), file.name);
  const answer = await fetch(`${w.gateway.url}/api/v1/media`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.token}` },
    body: form,
  });
  const { mediaId } = JSON.parse(await answer.text());
  return String(mediaId);
}
