/** Names and codes only: what customers wrote, tokens and addresses with queries stay out of the log. */
export function warn(what: string, why?: unknown): void {
  const reason =
    why instanceof Error ? `: ${why.name}: ${why.message}` : why === undefined ? "" : `: ${String(why)}`;
  process.stderr.write(`tongdai desktop: ${what}${reason}\n`);
}
