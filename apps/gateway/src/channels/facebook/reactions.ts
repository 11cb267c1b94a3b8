/** The reactions that Meta names in its webhooks. Any other emoji is called `other`. */
const emojiByName = {
  love: "❤️",
  smile: "😆",
  wow: "😮",
  sad: "😢",
  angry: "😠",
  like: "👍",
  dislike: "👎",
} as const;

const isNamed = (name: string): name is keyof typeof emojiByName => Object.hasOwn(emojiByName, name);

export const namedReactions: readonly string[] = Object.values(emojiByName);

/** Without variation selectors: Meta and keyboards differ in writing U+2764 with or without U+FE0F. */
const bare = (emoji: string): string => emoji.replaceAll("\uFE0F", "");

const canonical = new Map(namedReactions.map((emoji) => [bare(emoji), emoji]));

/** One spelling for each emoji, so that a reaction set here and one set there compare equal. */
export const canonicalEmoji = (emoji: string): string => canonical.get(bare(emoji)) ?? emoji;

/** @returns the emoji of a webhook's reaction, or `null` if it tells neither an emoji nor a known name */
export function reactionEmoji(name: string | null, emoji: string | null): string | null {
  if (emoji) return canonicalEmoji(emoji);
  return name !== null && isNamed(name) ? emojiByName[name] : null;
}
