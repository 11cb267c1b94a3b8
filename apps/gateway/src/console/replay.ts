import { AppError, addDays, ReportDefinition, startOfDate } from "@tongdai/shared";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Ctx } from "../context.ts";
import { runReplay, setupOf, windowsOf } from "../features/replay/index.ts";
import { factsBehind } from "../features/reports/index.ts";
import { allQueues } from "../store/people.ts";
import { openReadOnly, type ReadOnlyStore } from "../store/read-only.ts";
import {
  changesOf,
  Mistyped,
  type NamedQueue,
  type ReplayOptions,
  readOptions,
  setNames,
} from "./replay-options.ts";
import { tableOf } from "./replay-table.ts";

const HELP = `npm run replay -- --day 2026-11-20 [--queue NAME] [--set WHAT=VALUE] [--changes FILE] [--json]

Runs a recorded day again, as it was and with changes, and prints both beside what was recorded. Nothing is saved.

  --day      the day, in the contact centre's calendar
  --queue    the queue that --set is about; more than once for several, left out for all
  --set      ${setNames.join(", ")}
             agents=+2 all day, agents=-1@9-12 from nine to noon; arrivals=+20%; handle=-10%
  --changes  a JSON file: { "queues": [...], "people": [...], "staff": [...] }, see docs/replay.md
  --target   seconds within which work is to be answered (60)
  --seed     another number draws other chances (1)
  --json     the whole answer, by queue, hour and agent

The store is that of npm start: TONGDAI_DATABASE_URL or TONGDAI_DATA_DIR names another one.
`;

/** The command line's `replay`. @returns the exit code */
export async function runReplayCommand(
  config: Config,
  args: readonly string[],
  channels: Ctx["channels"]["all"],
): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  let store: ReadOnlyStore | null = null;
  try {
    const options = readOptions(args);
    store = await openReadOnly(config.databaseUrl);
    process.stdout.write(
      await answer(config, { store, options, windows: windowsOf({ channels: { all: channels } }) }),
    );
    return 0;
  } catch (error) {
    return tell(error);
  } finally {
    await store?.close();
  }
}

async function answer(
  { timeZone }: Config,
  o: { store: ReadOnlyStore; options: ReplayOptions; windows: ReturnType<typeof windowsOf> },
): Promise<string> {
  const { store, options, windows } = o;
  const behind = await factsBehind(store);
  if (behind > 0)
    process.stderr.write(
      `The newest ${behind} entries of the journal are not counted yet: a running gateway does it.\n`,
    );
  const { day, seed } = options;
  const queues = await namedQueues(store, {
    from: startOfDate(day, timeZone),
    to: startOfDate(addDays(day, 1), timeZone),
  });
  const result = await runReplay(
    { store, timeZone, windows, at: systemClock.now() },
    {
      day,
      seed,
      definition: ReportDefinition.parse({ targetSeconds: options.target }),
      changes: changesOf(options, queues),
    },
  );
  if (options.json) return `${JSON.stringify(result, null, 2)}\n`;
  const names = new Map(queues.map((q) => [q.queueId, q.name]));
  return tableOf(result, (id) => names.get(id) ?? id);
}

async function namedQueues(store: ReadOnlyStore, day: { from: number; to: number }): Promise<NamedQueue[]> {
  const names = new Map((await allQueues(store)).map((row) => [row.id, row.name]));
  const { queues } = await setupOf(store, day);
  return queues.map((q) => ({ ...q, name: names.get(q.queueId) ?? q.queueId }));
}

/** @returns the exit code: 64 for what was typed, 1 for everything else */
function tell(error: unknown): number {
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${said}\n`);
  if (error instanceof Mistyped) {
    process.stderr.write("See --help.\n");
    return 64;
  }
  if (error instanceof AppError || !(error instanceof Error) || "code" in error || /store/.test(said))
    return 1;
  throw error;
}
