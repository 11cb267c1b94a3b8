import { type AgentState, type CapacityRule, hasRoom, WorkKind } from "@tongdai/shared";
import { useSelect } from "../actions/react-client.ts";
import { useT } from "../i18n/index.ts";
import { selectWorkKinds } from "../state/selectors.ts";

type Loaded = Pick<AgentState, "carries" | "limits">;

interface Measure {
  readonly kinds: readonly WorkKind[];
  readonly capacity: CapacityRule;
}

/**
 * What somebody carries, by kind of work: of the kinds that come here, and of any other that is in hand. `isFull`: there would
 * be room, but other work takes it.
 */
export const loadsOf = (agent: Loaded, { kinds, capacity }: Measure) =>
  WorkKind.options
    .filter((kind) => agent.carries[kind] > 0 || (kinds.includes(kind) && agent.limits[kind] > 0))
    .map((kind) => {
      const [used, limit] = [agent.carries[kind], agent.limits[kind]];
      return { kind, used, limit, isFull: used < limit && !hasRoom(atBest(agent), capacity, kind) };
    });

/** Which chats wait for their customer is not told: where those count for less, all are taken to, so that "full" is never wrong. */
const atBest = ({ limits, carries }: Loaded) => ({
  limits,
  carries: { ...carries, idleChats: carries.chat },
});

/** What the loads of agents are measured by. */
export const useMeasure = (): Measure => {
  const kinds = useSelect(selectWorkKinds);
  return { kinds, capacity: useSelect((s) => s.people.capacity) };
};

/** "2/3 chats, no room beside other work": the one way to say how much somebody has in hand. */
export const useLoadText = () => {
  const t = useT();
  const measure = useMeasure();
  return (agent: Loaded): string =>
    loadsOf(agent, measure)
      .map(({ kind, used, limit, isFull }) => {
        const load = t(`rules.why.${kind}`, { carried: used, limit });
        return isFull ? t("agent.fullThrough", { load }) : load;
      })
      .join(" · ");
};
