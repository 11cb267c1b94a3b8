import type { EventName } from "../contract/events.ts";
import type { ReportEntry } from "../domain/report/read.ts";

/** A made-up id that reads well in a failure. */
export const reportId = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

interface Work {
  readonly interactionId: string;
  readonly customerId?: string;
  readonly queueId: string;
  readonly ownerId?: string | null;
  /** When the customer wrote; by default with the first step. */
  readonly waitingSince?: number;
}

/** Journal rows of work and of agents, numbered as they are written, as far as reports read them. */
export function reportDay(start: number) {
  const entries: ReportEntry[] = [];
  const push = (second: number, name: EventName, o: Partial<ReportEntry>) =>
    void entries.push({
      seq: entries.length + 1,
      at: start + second * 1_000,
      name,
      actorId: null,
      interactionId: null,
      data: {},
      ...o,
    });
  return {
    entries,
    /** A step of an interaction, so many seconds after the start. */
    step(
      second: number,
      name: Extract<EventName, `interaction.${string}`>,
      w: Work,
      o: { userId?: string; reasons?: readonly unknown[]; disposition?: string; actorId?: string } = {},
    ) {
      const now = {
        queueId: w.queueId,
        ownerId: w.ownerId ?? null,
        waitingSince: w.waitingSince ?? start + second * 1_000,
      };
      push(second, name, {
        interactionId: w.interactionId,
        actorId: o.actorId ?? null,
        data: {
          conversation: {
            id: w.interactionId,
            channel: "facebook",
            customerId: w.customerId ?? w.interactionId,
            queueId: w.queueId,
            interaction: name === "interaction.closed" ? null : now,
          },
          reasons: o.reasons ?? [],
          userId: o.userId ?? null,
          disposition: o.disposition ?? null,
        },
      });
    },
    reply(second: number, w: Pick<Work, "interactionId">, userId: string) {
      push(second, "message.created", {
        actorId: userId,
        data: {
          message: {
            kind: "message",
            direction: "out",
            author: { kind: "agent", userId },
            interactionId: w.interactionId,
          },
        },
      });
    },
    agent(
      second: number,
      userId: string,
      state: string,
      o: { reason?: string; load?: number; actorId?: string; chats?: number } = {},
    ) {
      push(second, "agent.changed", {
        actorId: o.actorId ?? null,
        data: {
          agent: {
            userId,
            state,
            reason: o.reason ?? null,
            load: o.load ?? 0,
            ...(o.chats === undefined ? {} : { limits: { call: 1, chat: o.chats, mail: 5 } }),
          },
        },
      });
    },
  };
}
