import type { Correspondent, Message } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";
import { formatDateTime } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";

/** What stands above a letter that is quoted or passed on. */
export function quoteIntro(message: Message, forward: boolean, t: T): string {
  const { letter, at } = message;
  const date = formatDateTime(at);
  const who = letter?.from ? named(letter.from) : t("letter.intro.us");
  if (!forward) return t("letter.intro.reply", { date, who });
  const line = (label: string, value: string) => (value === "" ? [] : [`${label}: ${value}`]);
  return [
    `---------- ${t("letter.intro.forward")} ----------`,
    ...line(t("desk.letter.from"), who),
    ...line(t("letter.intro.date"), date),
    ...line(t("desk.letter.subject"), letter?.subject ?? ""),
    ...line(t("desk.letter.to"), (letter?.to ?? []).map(named).join(", ")),
    ...line(t("desk.letter.cc"), (letter?.cc ?? []).map(named).join(", ")),
  ].join("\n");
}

const named = ({ name, address }: Correspondent): string =>
  name === "" ? address : `${neutralise(name)} <${address}>`;
