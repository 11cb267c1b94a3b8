/**
 * What a translation of `V` must look like: the same keys, plus a singular beside each plural,
 * because Vietnamese has one form (`x_other`) where English has two.
 */
export type Mirror<V> = {
  readonly [K in keyof V as V[K] extends string
    ? K extends `${infer Base}_other`
      ? `${Base}_one` | `${Base}_other`
      : K
    : K]: V[K] extends string ? string : Mirror<V[K]>;
};

type Plain<K extends string> = K extends `${infer Base}_other` ? Base : K;

/** Every path to a sentence: "inbox.filters.mine". A plural is asked for by its base name. */
export type Path<V> = {
  [K in keyof V & string]: V[K] extends string ? Plain<K> : `${K}.${Path<V[K]>}`;
}[keyof V & string];

/** The sentence at a path, as a literal type, so that its placeholders are known. */
export type At<V, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? Head extends keyof V
    ? At<V[Head], Rest>
    : never
  : P extends keyof V
    ? V[P]
    : `${P}_other` extends keyof V
      ? V[`${P}_other`]
      : never;

/** Names between double braces. */
export type Placeholder<S> = S extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type Value<Name> = Name extends "count" ? number : string | number;
export type Values<Names extends string> = { readonly [N in Names]: Value<N> };
