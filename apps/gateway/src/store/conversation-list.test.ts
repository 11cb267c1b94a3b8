import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InboxView } from "@tongdai/shared";
import { CompiledQuery, type KyselyPlugin, type RootOperationNode, SqliteQueryCompiler } from "kysely";
import { expect, test } from "vitest";
import { listConversations } from "./conversation-list.ts";
import { openStore, type Store } from "./index.ts";

/** How SQLite goes about a list of the inbox. */
async function plansOf(store: Store, o: { view: InboxView; queueIds: string[] | null }): Promise<string[]> {
  const nodes: RootOperationNode[] = [];
  const hear: KyselyPlugin = {
    transformQuery: ({ node }) => {
      nodes.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const q = { db: store.db.withPlugin(hear), engine: "sqlite" } as const;
  await listConversations(q, { ...o, order: "newest", userId: "lan", limit: 50 });
  const plans: string[] = [];
  for (const node of nodes) {
    const { sql, parameters } = new SqliteQueryCompiler().compileQuery(node, { queryId: "" });
    const query = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
    const { rows } = await store.db.executeQuery<{ detail: string }>(query);
    plans.push(rows.map((r) => r.detail).join("; "));
  }
  return plans;
}

test("what is open, newest first, is found without passing over all that is over", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tongdai-list-"));
  const store = await openStore(join(dir, "store.db"), { onFatal: () => {} });
  const order = "SCAN conversation USING INDEX conversation_open_recent";
  expect(await plansOf(store, { view: "open", queueIds: null })).toContain(order);
  expect(await plansOf(store, { view: "waiting", queueIds: null })).toContain(order);
  const [ofQueue] = await plansOf(store, { view: "open", queueIds: ["q"] });
  expect(ofQueue).toBe(order);
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});
