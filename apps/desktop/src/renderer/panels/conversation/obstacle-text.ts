import type { Obstacle } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";
import { formatTime } from "../../ui/format.ts";
import { stateText } from "../state-words.ts";
import type { Names } from "../words.ts";

/** What keeps one agent from the work, in words; `null`: nothing does. */
export function obstacleText(obstacle: Obstacle | null, { users, skills, stateRules }: Names, t: T): string {
  if (obstacle === null) return t("rules.why.free");
  switch (obstacle.code) {
    case "not_available":
      return stateText(obstacle.state, stateRules, t);
    case "lacks_skill": {
      const skill = skills[obstacle.skillId]?.name ?? t("common.unknown");
      return t("rules.why.lacks_skill", { skill, level: obstacle.level });
    }
    case "at_capacity": {
      const { kind, carried, limit } = obstacle;
      const load = t(`rules.why.${kind}`, { carried, limit });
      // Of this kind there would be room: what else is in hand takes the rest.
      return carried < limit ? t("rules.why.beside_more", { load }) : load;
    }
    case "kept_for": {
      const name = users[obstacle.userId]?.name ?? t("common.unknown");
      return obstacle.until === null
        ? t("rules.why.kept_for", { name })
        : t("rules.why.kept_until", { name, time: formatTime(obstacle.until, { seconds: true }) });
    }
    case "not_in_queue":
    case "declined":
    case "no_phone":
    case "agents_pick":
      return t(`rules.why.${obstacle.code}`);
  }
}

const codes: readonly Obstacle["code"][] = [
  "kept_for",
  "at_capacity",
  "no_phone",
  "declined",
  "agents_pick",
  "not_available",
  "lacks_skill",
  "not_in_queue",
];

/** Who is nearest to taking it stands first. */
export const nearness = (obstacle: Obstacle | null): number =>
  obstacle === null ? -1 : codes.indexOf(obstacle.code);
