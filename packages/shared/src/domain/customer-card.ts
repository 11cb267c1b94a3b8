/** What people and vendors say of a customer, without who it is. */
export interface Card {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly ownerId: string | null;
}

/** Until a vendor tells a name a customer is called `#` and the end of its address. */
const isPlaceholder = (name: string): boolean => name.startsWith("#");

/**
 * One card for customers who are linked, the oldest first: the oldest one's word counts where two say different things, and
 * a name that is none gives way to the first that is one. It depends on who is linked only, not on how they came to be.
 */
export function mergedCard(own: readonly Card[]): Card {
  const attributes = new Map<string, string>();
  for (const card of own)
    for (const [name, value] of Object.entries(card.attributes))
      if (!attributes.has(name)) attributes.set(name, value);
  return {
    name: own.find((c) => !isPlaceholder(c.name))?.name ?? own[0]?.name ?? "",
    attributes: Object.fromEntries(attributes),
    tags: [...new Set(own.flatMap((c) => c.tags))],
    ownerId: own.find((c) => c.ownerId !== null)?.ownerId ?? null,
  };
}

/**
 * The linked customers' own cards after their merged one was edited: what was added or changed is the oldest one's, what was
 * taken away is taken from all. `mergedCard` of them is the edited card.
 */
export function spreadEdit(own: readonly Card[], edited: Card): Card[] {
  const before = mergedCard(own);
  const [first, ...others] = own.map((card) => without(card, before, edited));
  return first ? [withEdits(first, before, edited), ...others] : [];
}

function without(card: Card, before: Card, edited: Card): Card {
  const kept = Object.entries(card.attributes).filter(([name]) => Object.hasOwn(edited.attributes, name));
  return {
    name: card.name,
    attributes: Object.fromEntries(kept),
    tags: card.tags.filter((tag) => edited.tags.includes(tag)),
    ownerId: edited.ownerId === before.ownerId ? card.ownerId : null,
  };
}

function withEdits(first: Card, before: Card, edited: Card): Card {
  const changed = Object.entries(edited.attributes).filter(([name, value]) =>
    Object.hasOwn(before.attributes, name) ? before.attributes[name] !== value : true,
  );
  return {
    name: edited.name === before.name ? first.name : edited.name,
    attributes: Object.fromEntries([...Object.entries(first.attributes), ...changed]),
    tags: [...first.tags, ...edited.tags.filter((tag) => !before.tags.includes(tag))],
    ownerId: edited.ownerId === before.ownerId ? first.ownerId : edited.ownerId,
  };
}
