import { neutralise } from "../../ui/safe-text.ts";

const reference = /^@(?:queue|skill|hours|team|role|user):/;
const escaped = /^@@+(?:queue|skill|hours|team|role|user):/;

/** A word of a file of the configuration: things go by their names in it, `@queue:Bảo hành`. */
export const plainName = (text: string): string =>
  neutralise(escaped.test(text) ? text.slice(1) : text.replace(reference, ""));

/** What a thing is called, by its id or by its name in a file. */
export function nameIn(things: Readonly<Record<string, { readonly name: string }>>, id: string): string {
  const known = things[id];
  return known ? neutralise(known.name) : reference.test(id) ? plainName(id) : "?";
}
