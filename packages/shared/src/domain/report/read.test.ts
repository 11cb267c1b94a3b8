import { describe, expect, test } from "vitest";
import { reportDay, reportId } from "../../testing/report-day.ts";
import { type ReportEntry, readReportEvent, reportEventNames } from "./read.ts";

const work = { interactionId: reportId(1), queueId: reportId(2) };

function first(tell: (day: ReturnType<typeof reportDay>) => void): ReportEntry {
  const day = reportDay(1_000);
  tell(day);
  const [entry] = day.entries;
  if (!entry) throw new Error("nothing was told");
  return entry;
}

describe("a journal row", () => {
  test("of work entered after it was done begins with its conversation's queue", () => {
    const entry = first((day) => day.step(5, "interaction.opened", work));
    const { conversation } = entry.data as { conversation: object };
    const late = { ...entry, data: { conversation: { ...conversation, interaction: null }, reasons: [] } };
    expect(readReportEvent(late)).toMatchObject({
      now: { queueId: work.queueId, waitingSince: 6_000, ownerId: null },
    });
    expect(readReportEvent({ ...late, name: "interaction.closed" })).toMatchObject({ now: null });
  });

  test("has its reasons as codes, with or without what they are about", () => {
    const entry = first((day) =>
      day.step(0, "interaction.closed", work, { reasons: ["unresolved", { code: "ring", ring: 2 }] }),
    );
    expect(readReportEvent(entry)).toMatchObject({ reasons: ["unresolved", "ring"] });
  });

  test("of an agent counts work of all kinds", () => {
    const busy = (agent: object) => {
      const entry = first((day) => day.agent(0, reportId(9), "available"));
      return readReportEvent({
        ...entry,
        data: { agent: { userId: reportId(9), state: "available", reason: null, ...agent } },
      });
    };
    expect(busy({ load: 1 })).toMatchObject({ busy: true });
    expect(busy({ load: 0 })).toMatchObject({ busy: false });
    expect(busy({ carries: { call: 0, chat: 2, mail: 0 } })).toMatchObject({ busy: true });
    expect(busy({ carries: { call: 0, chat: 0, mail: 0 } })).toMatchObject({ busy: false });
  });

  test("is an answer only when an agent wrote to the customer", () => {
    const entry = first((day) => day.reply(0, work, reportId(9)));
    expect(readReportEvent(entry)).toMatchObject({ kind: "reply", interactionId: work.interactionId });
    const message = (entry.data as { message: object }).message;
    for (const other of [
      { kind: "note" },
      { direction: "in" },
      { author: { kind: "outside" } },
      { interactionId: null },
    ])
      expect(readReportEvent({ ...entry, data: { message: { ...message, ...other } } })).toBeNull();
  });

  test("that cannot be read, or says nothing to reports, is passed over", () => {
    const entry = first((day) => day.step(0, "interaction.opened", work));
    expect(readReportEvent({ ...entry, data: null })).toBeNull();
    expect(readReportEvent({ ...entry, interactionId: null })).toBeNull();
    expect(readReportEvent({ ...entry, name: "customer.updated" })).toBeNull();
    expect(reportEventNames).not.toContain("interaction.deferred");
  });
});
