/** What rtpengine's control protocol carries: numbers are integers, text is UTF-8, `undefined` is left out. */
export type Value = string | number | readonly Value[] | { readonly [key: string]: Value | undefined };

/** Bencoding, as BEP 3 has it; keys stay in their order, which rtpengine does not mind. */
export function encode(value: Value): string {
  if (typeof value === "number") return `i${value}e`;
  if (typeof value === "string") return `${Buffer.byteLength(value)}:${value}`;
  if (isList(value)) return `l${value.map(encode).join("")}e`;
  const entries = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [encode(key), encode(item)],
  );
  return `d${entries.join("")}e`;
}

const isList = (value: readonly Value[] | object): value is readonly Value[] => Array.isArray(value);

/** How deep lists and dictionaries may lie in each other: an answer's are some six. */
const deepest = 32;

/** @throws RangeError when the octets are not one bencoded value */
export function decode(octets: Buffer): Value {
  let at = 0;

  function upTo(mark: string): string {
    const end = octets.indexOf(mark, at);
    if (end < 0 || end - at > 20) throw new RangeError(`no ${mark} at octet ${at}`);
    const text = octets.toString("latin1", at, end);
    at = end + 1;
    return text;
  }

  function integer(text: string): number {
    if (!/^-?[0-9]{1,16}$/.test(text)) throw new RangeError(`no number at octet ${at}`);
    return Number(text);
  }

  function string(): string {
    const length = integer(upTo(":"));
    if (length < 0 || at + length > octets.length) throw new RangeError(`too short at octet ${at}`);
    at += length;
    return octets.toString("utf8", at - length, at);
  }

  function items(depth: number): Value[] {
    const list: Value[] = [];
    for (at++; octets[at] !== 0x65; ) list.push(value(depth + 1));
    at++;
    return list;
  }

  function dictionary(depth: number): Value {
    const list = items(depth);
    const dictionary: { [key: string]: Value | undefined } = {};
    for (let i = 0; i < list.length; i += 2) {
      const key = list[i];
      if (typeof key !== "string") throw new RangeError(`no key before octet ${at}`);
      dictionary[key] = list[i + 1];
    }
    return dictionary;
  }

  function value(depth: number): Value {
    if (depth > deepest) throw new RangeError("too deep");
    const kind = String.fromCharCode(octets[at] ?? 0);
    if (kind === "d") return dictionary(depth);
    if (kind === "l") return items(depth);
    if (kind !== "i") return string();
    at++;
    return integer(upTo("e"));
  }

  const result = value(0);
  if (at !== octets.length) throw new RangeError(`more at octet ${at}`);
  return result;
}
