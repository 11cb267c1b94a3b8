import type { AgentState } from "@tongdai/shared";
import { readPhoneNumber } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { foldForSearch } from "../../ui/text.ts";

export interface Target {
  /** What is dialled. */
  readonly to: string;
  readonly name: string;
  /** `null`: a number. */
  readonly agent: AgentState | null;
}

const freedom = ({ agent }: Target): number => (agent?.state === "available" ? 1 : 0);

/** Colleagues whose phone is open, whoever is free first; and the number, when one was typed. */
export function useTargets(query: string): readonly Target[] {
  const { users, agents } = useSelect((s) => s.people);
  const myId = useSelect((s) => s.session.me?.id);
  const wanted = foldForSearch(query.trim());
  const colleagues = Object.values(agents)
    .filter(({ userId, phone }) => phone && userId !== myId)
    .map((agent): Target => ({ to: agent.userId, name: users[agent.userId]?.name ?? "", agent }))
    .filter(({ name }) => foldForSearch(name).includes(wanted))
    .sort((a, b) => freedom(b) - freedom(a) || a.name.localeCompare(b.name, "vi"));
  const number = readPhoneNumber(query)?.e164;
  return number === undefined ? colleagues : [...colleagues, { to: number, name: number, agent: null }];
}
