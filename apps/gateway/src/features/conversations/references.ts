const MOST_REFERENCES = 20;

/** What a reply refers to: the first of the chain, which names the thread, and the newest. Source: RFC 5322, 3.6.4. */
export function referencesOf(parent: {
  readonly id: string;
  readonly references: readonly string[];
}): string[] {
  const chain = [...new Set([...parent.references, parent.id])];
  if (chain.length <= MOST_REFERENCES) return chain;
  const [first = parent.id] = chain;
  return [first, ...chain.slice(1 - MOST_REFERENCES)];
}
