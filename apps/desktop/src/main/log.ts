/** Names and codes only: what customers wrote, tokens and addresses with queries stay out of the log. */
export function warn(what: string, why?: unknown): void {
  console.error(`tongdai desktop: ${[what, reasonOf(why)].filter(Boolean).join(": ")}`);
}

function reasonOf(why: unknown): string {
  if (why instanceof Error) return `${why.name}: ${why.message}`;
  return typeof why === "string" ? why : "";
}
