import type { Team } from "@tongdai/shared";
import { cn } from "../ui/cn.ts";
import { tints } from "../ui/tints.ts";

/** In the order of their names. */
export const byName = <T extends { readonly name: string }>(things: Readonly<Record<string, T>>): T[] =>
  Object.values(things).sort((a, b) => a.name.localeCompare(b.name));

/** A team by its name, in its colour where it has one. */
export function TeamTag({ team }: { readonly team: Pick<Team, "name" | "colour"> }) {
  const tint = team.colour === null ? undefined : tints[team.colour - 1];
  return (
    <span
      data-edge
      className={cn(
        "inline-flex h-5 max-w-40 min-w-0 items-center rounded-tight px-1.5 text-small font-medium",
        tint ?? "bg-sunken text-ink-2",
      )}
    >
      <span className="truncate">{team.name}</span>
    </span>
  );
}
