import { PublicEventName, type WebhookAttempt } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";

type Split<N extends string> = N extends `${infer Noun}.${infer Verb}` ? [Noun, Verb] : never;
type Group = Split<PublicEventName>[0];
type Verb = Split<PublicEventName>[1];

/** The names of the contract are `noun.verb`. */
export const eventGroup = (name: PublicEventName): Group => name.slice(0, name.indexOf(".")) as Group;
export const eventVerb = (name: PublicEventName): Verb => name.slice(name.indexOf(".") + 1) as Verb;

/** "Phiếu: tạo mới"; a test, or what this client does not know, stays as it is called. */
export function eventText(type: string, t: T): string {
  const name = PublicEventName.safeParse(type);
  if (!name.success) return type === "webhook.test" ? t("webhook.test") : type;
  return `${t(`webhook.group.${eventGroup(name.data)}`)}: ${t(`webhook.event.${eventVerb(name.data)}`)}`;
}

/** "200", "Không trả lời trong 15 giây". */
export function attemptText({ status, failure }: WebhookAttempt, t: T): string {
  if (status !== null) return String(status);
  return failure === null ? "" : t(`webhook.failure.${failure}`);
}

/** What to do about a test that was not received. */
export function adviceText({ status, failure }: WebhookAttempt, t: T): string {
  if (status === null) return t(`webhook.advice.${failure ?? "connection"}`);
  if (status >= 500) return t("webhook.advice.broken");
  if (status >= 300 && status < 400) return t("webhook.advice.moved");
  if (status === 401 || status === 403) return t("webhook.advice.forbidden");
  return status === 404 || status === 410 ? t("webhook.advice.nowhere") : t("webhook.advice.rejected");
}
