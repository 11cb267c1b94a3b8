/** A link as somebody types it, as an address that may be opened; `null`: it is none. */
export function linkAddress(typed: string): string | null {
  const text = typed.trim();
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  const address = /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[\w.-]+:\d+/.test(text) ? text : `https://${text}`;
  if (!/^(?:https?|mailto|tel):/i.test(address) || /\s/.test(address)) return null;
  return URL.canParse(address) && (!/^https?:/i.test(address) || /[.:]|localhost/.test(new URL(address).host))
    ? address
    : null;
}
