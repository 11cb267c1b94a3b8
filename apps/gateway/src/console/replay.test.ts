import { defaultQueueRules, noSums, noWaitRules } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { changesOf, type NamedQueue, readOptions } from "./replay-options.ts";
import { tableOf } from "./replay-table.ts";

const queue = (queueId: string, name: string): NamedQueue => ({
  queueId,
  name,
  memberIds: [],
  offerSeconds: 30,
  rules: defaultQueueRules,
  waiting: noWaitRules,
  hours: null,
  outOfHours: "hold",
});
const care = queue("00000000-0000-7000-8000-000000000001", "Chăm sóc");
const warranty = queue("00000000-0000-7000-8000-000000000002", "Bảo hành");
const read = (...args: string[]) =>
  changesOf(readOptions(["--day", "2026-11-20", ...args]), [care, warranty]);

describe("npm run replay", () => {
  test("rules are set for the queue that is named, on top of each other", () => {
    const { queues, staff } = read(
      "--queue",
      "chăm sóc",
      "--set",
      "strategy=round_robin",
      "--set",
      "last-agent-seconds=0",
      "--set",
      "agents=-1@9-12",
    );
    expect(queues).toEqual([
      { queueId: care.queueId, rules: { ...defaultQueueRules, strategy: "round_robin", lastAgentMs: 0 } },
    ]);
    expect(staff).toEqual([{ queueId: care.queueId, fromHour: 9, toHour: 12, count: -1 }]);
  });

  test("without a name they are for all; work and its length are of the whole day", () => {
    const changes = read("--set", "offer-seconds=20", "--set", "arrivals=+20%", "--set", "handle=-10%");
    expect(changes.queues).toHaveLength(2);
    expect(changes).toMatchObject({ arrivalsPercent: 20, handlePercent: -10 });
  });

  test.each([
    [["--queue", "Kho"], 'There is no queue "Kho". There are: "Chăm sóc", "Bảo hành".'],
    [["--set", "speed=9"], "known are strategy"],
    [["--set", "strategy=best"], "strategy is one of longest_idle"],
    [["--set", "agents=two"], "write agents=+2"],
    [["--set", "agents=+1@12-9"], "it ends after it begins"],
    [["--set", "arrivals=lots"], "write arrivals=+20%"],
    [["--changes", "/nowhere.json"], "cannot be read"],
    [["--speed"], "Unknown option '--speed'"],
  ])("%j is answered with what to type", (args, sentence) => {
    expect(() => read(...args)).toThrow(sentence);
  });

  test("a day must be one", () => {
    expect(() => readOptions([])).toThrow("Say which day: --day 2026-11-20");
    expect(() => readOptions(["--day", "yesterday"])).toThrow("write it as 2026-11-20");
  });

  test("a day on which nobody came is told as such", () => {
    const total = { key: null, sums: noSums(), p90WaitMs: null, longestWaitMs: null };
    const side = { total, queues: [], hours: [], agents: [] };
    const result = {
      day: "2026-01-02",
      timeZone: "Asia/Ho_Chi_Minh",
      recorded: side,
      replayed: side,
      changed: side,
      notes: [],
    };
    expect(tableOf(result, String)).toContain("Nothing was recorded on this day");
  });
});
