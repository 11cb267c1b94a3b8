import { ChannelId, NO_TEAM, type ReportGroup } from "@tongdai/shared";
import { useCallback } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";

/** What a group is called. */
export function useGroupName(groupBy: ReportGroup): (key: string | null) => string {
  const t = useT();
  const people = useSelect((s) => s.people);
  return useCallback(
    (key) => {
      if (key === null) return t("report.nobody");
      switch (groupBy) {
        case "queue":
          return neutralise(people.queues[key]?.name ?? t("common.unknown"));
        case "agent":
          return neutralise(people.users[key]?.name ?? t("common.unknown"));
        case "team":
          return key === NO_TEAM
            ? t("report.noTeam")
            : neutralise(people.teams[key]?.name ?? t("common.unknown"));
        case "channel":
          return channelName(key, t);
        case "hour":
          return `${key}:00`;
        case "day":
          return key.split("-").reverse().join("/");
      }
    },
    [groupBy, people, t],
  );
}

function channelName(key: string, t: T): string {
  const channel = ChannelId.safeParse(key);
  return channel.success ? t(`common.channel.${channel.data}`) : key;
}
