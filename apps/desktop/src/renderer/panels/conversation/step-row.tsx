import type { Conversation } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import type { Step } from "../../state/model.ts";
import { formatDateTime, formatTime } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { answersText, type Names, reasonText } from "../words.ts";

interface StepRowProps {
  readonly step: Step;
  readonly conversation: Conversation;
}

/** A quiet line: who took it, who passed it on and with which words. */
export function StepRow({ step, conversation }: StepRowProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const queues = useSelect((s) => s.people.queues);
  const skills = useSelect((s) => s.people.skills);
  const stateRules = useSelect((s) => s.people.stateRules);
  return (
    <li className="my-1.5 text-center text-small text-ink-3">
      <span>{stepText(step, conversation, { users, queues, skills, stateRules }, t)}</span>{" "}
      <time title={formatDateTime(step.at)} className="tabular">
        {formatTime(step.at)}
      </time>
      {step.form.length > 0 && (
        <span className="mx-auto mt-1 block max-w-120 text-pretty">{answersText(step.form, t)}</span>
      )}
      {step.note && (
        <span className="mx-auto mt-1 block max-w-120 rounded-ui bg-amber-soft px-3 py-1.5 text-body text-amber-ink">
          {t(step.name === "interaction.closed" ? "desk.step.summary" : "desk.step.note", {
            note: neutralise(step.note),
          })}
        </span>
      )}
    </li>
  );
}

function stepText(step: Step, conversation: Conversation, names: Names, t: T): string {
  const { users, queues } = names;
  const nameOf = (id: string | null) => (id ? (users[id]?.name ?? t("common.unknown")) : t("common.system"));
  const queue = queues[conversation.queueId]?.name ?? "";
  const reason = step.reasons.map((why) => reasonText(why, names, t)).join(", ");
  const because = reason ? ` (${reason})` : "";
  switch (step.name) {
    case "interaction.opened":
      return t("desk.step.opened", { queue });
    case "interaction.deferred":
      return t("desk.step.deferred", { reason });
    case "interaction.offered":
      return t("desk.step.offered", { name: nameOf(step.userId) });
    case "interaction.accepted":
      return t("desk.step.accepted", { name: nameOf(step.actorId ?? step.userId) });
    case "interaction.declined":
      return t("desk.step.declined", { name: nameOf(step.userId ?? step.actorId) });
    case "interaction.missed":
      return t("desk.step.missed", { name: nameOf(step.userId) });
    case "interaction.requeued":
      return t("desk.step.requeued", { queue }) + because;
    case "interaction.transferred":
      return step.userId
        ? t("desk.step.transferredTo", { name: nameOf(step.actorId), target: nameOf(step.userId) })
        : t("desk.step.transferredTo", { name: nameOf(step.actorId), target: queue });
    case "interaction.prioritised":
      return t("desk.step.prioritised", { name: nameOf(step.actorId) }) + because;
    case "interaction.parked":
      return t("park.step.parked", { name: nameOf(step.actorId) });
    case "interaction.unparked":
      return t("park.step.unparked", { name: nameOf(step.userId) }) + because;
    case "interaction.ended":
      return t("desk.step.ended", { name: nameOf(step.actorId) });
    case "interaction.extended":
      return t("desk.step.wrapUpExtended", { name: nameOf(step.actorId) });
    case "interaction.resumed":
      return step.reasons.some(({ code }) => code === "started_by_agent")
        ? t("desk.step.resumedByAgent")
        : t("desk.step.resumed");
    case "interaction.closed":
      return step.disposition
        ? t("conversation.event.closed", {
            name: nameOf(step.actorId),
            disposition: neutralise(step.disposition),
          }) + because
        : t("desk.step.closed") + because;
    default:
      return t("desk.step.closed") + because;
  }
}
