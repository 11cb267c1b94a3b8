import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "@tongdai/gateway";
import { defaultQueueRules } from "@tongdai/shared";
import type { Insertable } from "kysely";
import { newConversation } from "../../../apps/gateway/src/features/conversations/index.ts";
import { newInteraction } from "../../../apps/gateway/src/features/interactions/index.ts";
import { newId } from "../../../apps/gateway/src/ids.ts";
import { openSecrets, randomToken, sha256Hex } from "../../../apps/gateway/src/secrets.ts";
import { openStore, type Store } from "../../../apps/gateway/src/store/index.ts";
import type { Tables } from "../../../apps/gateway/src/store/schema.ts";

export const APP = { appId: "1001", appSecret: "bench-app-secret", verifyToken: "bench-verify" };
export const PAGE_ID = "2001";

export interface CentreSize {
  readonly agents: number;
  readonly queues: number;
  readonly conversations: number;
  /** Whether each conversation has an interaction in an agent's hands, one that nobody has yet, or none. */
  readonly work: "active" | "waiting" | "none";
}

/** Everything that a load generator must know of a contact centre. */
export interface Centre {
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Session tokens of the agents, by number. */
  readonly tokens: readonly string[];
  readonly userIds: readonly string[];
  /** Page-scoped ids of the customers; the conversation of customer i belongs to agent `i % agents`. */
  readonly customers: readonly string[];
  readonly conversationIds: readonly string[];
}

const CHUNK = 400;
const YEAR_MS = 365 * 24 * 60 * 60_000;

/** Fills an empty store with people, queues, a Facebook page and conversations. */
export async function seedCentre(
  dataDir: string,
  size: CentreSize,
  databaseUrl = join(dataDir, "tongdai.db"),
): Promise<Centre> {
  mkdirSync(dataDir, { recursive: true });
  const store = await openStore(databaseUrl, { onFatal: fail });
  try {
    const people = await seedPeople(store, size);
    const accountId = await seedPage(store, dataDir, people.queueIds[0] ?? "");
    return {
      dataDir,
      databaseUrl,
      ...people,
      ...(await seedConversations(store, size, { ...people, accountId })),
    };
  } finally {
    await store.close();
  }
}

const fail = (error: unknown): never => {
  throw error;
};

async function seedPeople(store: Store, size: CentreSize) {
  const now = Date.now();
  const queueIds = Array.from({ length: size.queues }, newId);
  const userIds = Array.from({ length: size.agents }, newId);
  const tokens = userIds.map(randomToken);
  await insertAll(
    store,
    "queue",
    queueIds.map((id, i) => ({
      id,
      name: `Hàng đợi ${i}`,
      offer_seconds: 30,
      wrap_up_seconds: 60,
      dispositions: '[{"name":"Xong","resolved":true}]',
      rules: JSON.stringify(defaultQueueRules),
    })),
  );
  await seedUsers(store, "agent", userIds, tokens);
  await insertAll(
    store,
    "queue_member",
    userIds.map((user_id, i) => ({ queue_id: queueIds[i % queueIds.length] ?? "", user_id })),
  );
  await insertAll(
    store,
    "agent_state",
    userIds.map((user_id) => ({
      user_id,
      state: "available",
      reason: null,
      since: now,
      limit_call: 1,
      limit_chat: 3,
      limit_mail: 5,
      idle_since: now,
      offered_at: now,
      lost_at: null,
    })),
  );
  return { queueIds, userIds, tokens };
}

/** Supervisors who belong to no queue; gives their session tokens. */
export async function seedSupervisors(databaseUrl: string, count: number): Promise<readonly string[]> {
  const store = await openStore(databaseUrl, { onFatal: fail });
  try {
    const userIds = Array.from({ length: count }, newId);
    const tokens = userIds.map(randomToken);
    await seedUsers(store, "supervisor", userIds, tokens);
    return tokens;
  } finally {
    await store.close();
  }
}

async function seedUsers(
  store: Store,
  role: "agent" | "supervisor",
  userIds: readonly string[],
  tokens: readonly string[],
): Promise<void> {
  const now = Date.now();
  await insertAll(
    store,
    "user",
    userIds.map((id, i) => ({
      id,
      username: `${role}-${i}`,
      name: `Nhân viên ${i}`,
      password_hash: "",
      roles: JSON.stringify([role]),
      skills: "{}",
      disabled: 0,
      created_at: now,
    })),
  );
  await insertAll(
    store,
    "session",
    userIds.map((user_id, i) => ({
      id: newId(),
      token_hash: sha256Hex(tokens[i] ?? ""),
      user_id,
      created_at: now,
      last_seen_at: now,
      expires_at: now + YEAR_MS,
      revoked_at: null,
      user_agent: "bench",
      address: "127.0.0.1",
    })),
  );
}

async function seedPage(store: Store, dataDir: string, queueId: string): Promise<string> {
  const secrets = await openSecrets({ ...readConfig({}), dataDir });
  const id = newId();
  // Nobody listens at this address: what the gateway asks the vendor is refused at once.
  const config = { ...APP, pageId: PAGE_ID, pageToken: "bench-page-token", graphUrl: "http://127.0.0.1:9" };
  await insertAll(store, "channel_account", [
    {
      id,
      channel: "facebook",
      external_id: PAGE_ID,
      name: "Sen Việt",
      queue_id: queueId,
      comment_queue_id: null,
      enabled: 1,
      config: secrets.seal(JSON.stringify(config)),
      needs: "[]",
      webhook_key: APP.appId,
      one_way: 0,
      health: "ok",
      health_since: Date.now(),
      last_inbound_at: null,
      last_error: null,
    },
  ]);
  return id;
}

interface People {
  readonly queueIds: readonly string[];
  readonly userIds: readonly string[];
  readonly accountId: string;
}

async function seedConversations(store: Store, size: CentreSize, people: People) {
  const customers: string[] = [];
  const conversationIds: string[] = [];
  for (let from = 0; from < size.conversations; from += CHUNK) {
    const count = Math.min(CHUNK, size.conversations - from);
    const rows = Array.from({ length: count }, (_, i) => conversation(from + i, size, people));
    await insertAll(
      store,
      "customer",
      rows.map((r) => r.customer),
    );
    await insertAll(
      store,
      "identity",
      rows.map((r) => r.identity),
    );
    await insertAll(
      store,
      "conversation",
      rows.map((r) => r.conversation),
    );
    await insertAll(
      store,
      "interaction",
      rows.flatMap((r) => r.interaction ?? []),
    );
    for (const r of rows) {
      customers.push(r.identity.external_id);
      conversationIds.push(r.conversation.id);
    }
  }
  return { customers, conversationIds };
}

function conversation(n: number, size: CentreSize, { queueIds, userIds, accountId }: People) {
  const now = Date.now() - 60_000;
  const agent = n % size.agents;
  const queue_id = queueIds[agent % queueIds.length] ?? "";
  const state = size.work === "none" ? null : size.work;
  const owner_id = size.work === "active" ? (userIds[agent] ?? "") : null;
  const [customer_id, identity_id] = [newId(), newId()];
  const place = { id: accountId, channel: "facebook", queue_id };
  const talk = newConversation(place, { identityId: identity_id, customerId: customer_id }, now);
  const work = state && {
    ...newInteraction(talk, "chat", now + n),
    state,
    owner_id,
    opened_at: now,
    accepted_at: owner_id === null ? null : now,
    look_again: state === "waiting" ? 1 : 0,
    version: 2,
  };
  const name = `Khách hàng ${n}`;
  return {
    customer: {
      id: customer_id,
      name,
      folded: `khach hang ${n}`,
      attributes: "{}",
      tags: "[]",
      created_at: now,
      version: 1,
    },
    identity: {
      id: identity_id,
      home_id: customer_id,
      customer_id,
      channel: "facebook",
      account_id: accountId,
      external_id: String(7_000_000_000_000_000 + n * 7_919),
      display_name: name,
      avatar_media_id: null,
      profile_at: now,
    },
    conversation: {
      ...talk,
      preview_text: "Xin chào",
      preview_direction: "in",
      last_message_at: now + (n % 50_000),
      last_inbound_at: now,
      window_opened_at: now,
      interaction_id: work?.id ?? null,
      interaction_state: state,
      waiting_since: work?.waiting_since ?? null,
      owner_id,
    },
    interaction: work,
  };
}

/** Rows into a table, a few hundred a statement. */
export async function insertAll<T extends keyof Tables>(
  store: Store,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    await store.write((tx) => tx.db.insertInto(table).values(chunk).execute());
  }
}
