import { parentPort, workerData } from "node:worker_threads";
import { AppError, type ErrorCode, type ReplayQuestion, type ReplayResult } from "@tongdai/shared";
import { openReadOnly } from "../../store/read-only.ts";
import type { DaySource } from "./read-day.ts";
import { runReplay } from "./run-replay.ts";

/*
 * A thread of its own: a day takes seconds to run, and the gateway must not stand still for it. It reads the store over
 * a connection of its own.
 */

export interface ReplayOrder extends Omit<DaySource, "store"> {
  readonly databaseUrl: string;
  readonly question: ReplayQuestion;
}

export type ReplayNews =
  | { readonly part: number }
  | { readonly result: ReplayResult }
  | { readonly code: ErrorCode; readonly message: string };

const order = workerData as ReplayOrder;
const tell = (news: ReplayNews): void => parentPort?.postMessage(news);
const store = await openReadOnly(order.databaseUrl);
try {
  let told = 0;
  const progress = (part: number): void => {
    if (part - told < 0.01) return;
    told = part;
    tell({ part });
  };
  tell({ result: await runReplay({ ...order, store }, { ...order.question, progress }) });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  tell({ code: error.code, message: error.message });
} finally {
  await store.close();
}
