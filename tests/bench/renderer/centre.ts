import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { SESSION_COOKIE } from "../../../apps/gateway/src/realtime/token.ts";
import { APP, PAGE_ID } from "../gateway/seed.ts";
import { type Running, startGateway } from "../gateway/start.ts";
import { root } from "../lib/place.ts";
import { fire } from "../load/webhooks.ts";
import { type Bulk, bulk } from "../parts/bulk.ts";
import type { MeasuredPage, Measuring } from "./chromium.ts";

export const webRoot: string = join(root, "apps/desktop/dist/renderer");

export interface BusyCentre {
  readonly bulk: Bulk;
  readonly url: string;
  /** The client as agent number `agent` sees it, once the first rows are painted. */
  open(chromium: Measuring, agent: number): Promise<MeasuredPage>;
  /** Customers write, 50 a second, until the answer is called; it gives the number of messages. */
  write(): () => Promise<number>;
  close(): Promise<void>;
}

const agents = 20;
/** Room for a few more conversations than the agent of the offers has in hand. */
const spare = 6;

/** One queue that all see, and in it everything; agent 0 has her hands full, agent 1 waits to sign on. */
export async function startBusyCentre(dir: string, conversations: number): Promise<BusyCentre> {
  const big = await bulk(dir, { conversations, longest: Math.min(10_000, conversations), agents, queues: 1 });
  settle(big);
  const gateway = await startGateway(big.centre, { env: { TONGDAI_WEB_ROOT: webRoot } });
  return {
    bulk: big,
    url: gateway.url,
    async open(chromium, agent) {
      const value = big.centre.tokens[agent] ?? "";
      const p = await chromium.open((context) =>
        context.addCookies([{ name: SESSION_COOKIE, value, url: gateway.url }]),
      );
      await p.page.goto(gateway.url);
      await p.page.getByRole("option").first().waitFor();
      return p;
    },
    write: () => write(gateway, big, conversations),
    close: () => gateway.stop(),
  };
}

function settle(big: Bulk): void {
  const database = new Sqlite(big.path);
  const [full, free] = big.centre.userIds;
  database.prepare("update agent_state set state = 'offline' where user_id <> ?").run(full);
  database
    .prepare(
      "update agent_state set limit_chat = ? + (select count(*) from interaction where owner_id = ? and state = 'active') where user_id = ?",
    )
    .run(spare, free, free);
  database.close();
}

const rate = 50;
let written = 0;

function write(gateway: Running, big: Bulk, conversations: number): () => Promise<number> {
  let more = true;
  // Every part of the list hears something, its far end as often as its beginning.
  const customers = Array.from({ length: conversations }, (_, n) => big.customer(n * 7_919));
  const work = async () => {
    const from = written;
    while (more) {
      await fire(
        {
          url: gateway.url,
          path: `/webhooks/facebook/${APP.appId}`,
          secret: APP.appSecret,
          pageId: PAGE_ID,
          customers,
          first: written,
          count: rate,
          rate,
          connections: 4,
          repeatEvery: 0,
        },
        () => {},
      );
      written += rate;
    }
    return written - from;
  };
  const done = work();
  return () => {
    more = false;
    return done;
  };
}
