import type { LetterBody } from "@tongdai/shared";
import type { Client } from "./client.ts";

/** @param o.images pictures that lie elsewhere too */
export const letterBody = (
  client: Client,
  o: { readonly messageId: string; readonly images: boolean },
): Promise<LetterBody> => client.rest.letterBody(o.messageId, o.images);
