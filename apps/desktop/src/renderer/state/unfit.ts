import { type Capabilities, splitText, type Uploaded } from "@tongdai/shared";
import type { State } from "./model.ts";

export type Unfit = "wrong_type" | "too_big";

type FileFacts = Pick<Uploaded, "name" | "kind" | "size">;

export interface UnfitFile extends FileFacts {
  readonly id: string;
  readonly why: Unfit;
}

export function kindOf(mime: string): Uploaded["kind"] {
  const [group] = mime.split("/");
  return group === "image" || group === "video" || group === "audio" ? group : "file";
}

/** Bytes. */
export const mostBytes = (kind: Uploaded["kind"], rules: Capabilities["attachments"]): number =>
  kind === "image" ? rules.imageMaxBytes : rules.maxBytes;

/** Why a channel would refuse this file, or `null`. */
export function unfit({ name, kind, size }: FileFacts, rules: Capabilities["attachments"]): Unfit | null {
  const endings = rules.endings[kind];
  const ending = name.split(".").at(-1)?.toLowerCase() ?? "";
  if (!rules.kinds.includes(kind) || (endings && !endings.includes(ending))) return "wrong_type";
  return size > mostBytes(kind, rules) ? "too_big" : null;
}

/** The files of a draft that a channel would refuse, those that are still on their way among them. */
export function unfitFiles(
  { drafts, media, uploads }: Pick<State, "drafts" | "media" | "uploads">,
  conversationId: string,
  rules: Capabilities["attachments"],
): readonly UnfitFile[] {
  const there = (drafts[conversationId]?.mediaIds ?? []).flatMap((id) => {
    const file = media[id];
    return file ? [{ id, name: file.name, kind: file.kind, size: file.size }] : [];
  });
  return [...there, ...uploads.filter((u) => u.conversationId === conversationId)].flatMap(
    ({ id, name, kind, size }) => {
      const why = unfit({ name, kind, size }, rules);
      return why ? [{ id, name, kind, size, why }] : [];
    },
  );
}

/** Into how many messages a channel cuts these words. */
export const partsOf = (words: string, { maxLength }: Capabilities["text"]): number =>
  words.length <= maxLength ? 1 : splitText(words.trim(), maxLength).length;
