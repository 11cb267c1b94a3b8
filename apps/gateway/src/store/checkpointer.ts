import { parentPort, workerData } from "node:worker_threads";
import { openConnection } from "./sqlite-connection.ts";
import { checkpoint } from "./write-ahead-log.ts";

/*
 * A thread of its own: copies the write-ahead log into the database file and waits for the disk while the gateway goes on
 * writing. Each round leaves what was written meanwhile, less every time.
 */

/** What is left for the next time, or for the writer. */
const FEW_PAGES = 200;
const MAX_ROUNDS = 4;

const { path } = workerData as { path: string };
const database = openConnection(path);

parentPort?.on("message", (order: "copy" | "close") => {
  if (order === "close") {
    database.close();
    parentPort?.close();
    return;
  }
  for (let round = 0; round < MAX_ROUNDS; round++)
    if (checkpoint(database, "passive").left <= FEW_PAGES) break;
  parentPort?.postMessage("copied");
});
