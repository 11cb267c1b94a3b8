import { type AgentState, WorkKind } from "@tongdai/shared";
import { useSelect } from "../actions/react-client.ts";
import { useT } from "../i18n/index.ts";
import { selectWorkKinds } from "../state/selectors.ts";

type Loaded = Pick<AgentState, "carries" | "limits">;

/** What somebody carries, by kind of work: of the kinds that come here, and of any other that is in hand. */
export const loadsOf = ({ carries, limits }: Loaded, kinds: readonly WorkKind[]) =>
  WorkKind.options
    .filter((kind) => carries[kind] > 0 || (kinds.includes(kind) && limits[kind] > 0))
    .map((kind) => ({ kind, used: carries[kind], limit: limits[kind] }));

/** "2/3 chats": the one way to say how much somebody has in hand. */
export const useLoadText = () => {
  const t = useT();
  const kinds = useSelect(selectWorkKinds);
  return (agent: Loaded): string =>
    loadsOf(agent, kinds)
      .map(({ kind, used, limit }) => t(`rules.why.${kind}`, { carried: used, limit }))
      .join(" · ");
};
