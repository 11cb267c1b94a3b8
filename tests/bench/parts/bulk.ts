import Sqlite from "better-sqlite3";
import type { Caller } from "../../../apps/gateway/src/context.ts";
import { type Centre, seedCentre } from "../gateway/seed.ts";
import { callerOf } from "./callers.ts";

export interface Bulk {
  readonly path: string;
  readonly centre: Centre;
  readonly accountId: string;
  readonly agent: Caller;
  readonly supervisor: Caller;
  /** The id of the conversation with most messages. */
  readonly longest: string;
  readonly messages: number;
  readonly customers: number;
  /** The vendor's id of a customer. */
  customer(n: number): string;
}

export interface BulkSize {
  readonly conversations: number;
  /** Messages of the longest conversation. */
  readonly longest: number;
  readonly agents?: number;
  readonly queues?: number;
}

/** Years of a contact centre, written by the store's own engine in a few statements; every index and trigger works. */
export async function bulk(dir: string, o: BulkSize): Promise<Bulk> {
  const { agents = 500, queues: queueCount = 50 } = o;
  const centre = await seedCentre(dir, { agents, queues: queueCount, conversations: 0, work: "none" });
  const database = new Sqlite(centre.databaseUrl);
  // Nothing is lost when this is interrupted: it is thrown away afterwards in any case.
  database.pragma("synchronous = off");
  database.pragma("foreign_keys = off");
  database.pragma("cache_size = -400000");
  const now = Date.now();
  const account = database.prepare("select id from channel_account").pluck().get() as string;
  const queues = database.prepare("select id from queue order by rowid").pluck().all() as string[];
  database.exec(`
    create temp table q as select key as k, value as id from json_each('${JSON.stringify(queues)}');
    create temp table u as select key as k, value as id from json_each('${JSON.stringify(centre.userIds)}');
    create temp table n as with recursive c(i) as (select 0 union all select i + 1 from c where i + 1 < ${o.conversations})
      select i, printf('00000000-0000-7000-8000-%012x', i) as id, ${now} - (${o.conversations} - i) * 30000 as at,
        case when i >= ${o.conversations} * 0.98 then 'active' when i >= ${o.conversations} * 0.97 then 'waiting' end as state
      from c;
    begin;`);
  const people = centre.userIds.length;
  const joined = `n join q on q.k = i % ${queues.length} join u on u.k = i % ${people}`;
  const steps = [
    into("customer", joined, {
      id: "n.id",
      name: "'Khách ' || i",
      folded: "'khach ' || i",
      attributes: "'{}'",
      tags: "'[]'",
      created_at: "at",
      version: "1",
    }),
    into("identity", joined, {
      id: "n.id",
      home_id: "n.id",
      customer_id: "n.id",
      channel: "'facebook'",
      account_id: `'${account}'`,
      external_id: "cast(7000000000000000 + i as text)",
      display_name: "'Khách ' || i",
      profile_at: "at",
    }),
    into("conversation", joined, {
      id: "n.id",
      channel: "'facebook'",
      account_id: `'${account}'`,
      identity_id: "n.id",
      customer_id: "n.id",
      queue_id: "q.id",
      unread: "i % 3",
      preview_text: "'Đơn hàng DH' || i",
      preview_direction: "'in'",
      last_message_at: "at",
      last_inbound_at: "at",
      window_opened_at: "at",
      answer_until: "at + 86400000",
      unanswered_since: "case when state is not null then at end",
      delivered_until: "0",
      read_until: "0",
      interaction_id: "case when state is not null then n.id end",
      interaction_state: "state",
      waiting_since: "case when state is not null then at end",
      owner_id: "case state when 'active' then u.id end",
    }),
    into("interaction", joined, {
      id: "n.id",
      conversation_id: "n.id",
      customer_id: "n.id",
      channel: "'facebook'",
      queue_id: "q.id",
      state: "coalesce(state, 'closed')",
      owner_id: "case when state is null or state = 'active' then u.id end",
      work: "'chat'",
      boost: "0",
      rank_at: "at",
      opened_at: "at",
      waiting_since: "at",
      accepted_at: "at",
      closed_at: "case when state is null then at end",
      declined_by: "'[]'",
      wait_reason: "case state when 'waiting' then 'at_capacity' end",
      look_again: "0",
      extensions: "0",
      version: "1",
    }),
    // The older first: rows stand in the order in which they came.
    messages({
      from: `n where i < ${o.longest}`,
      id: "'1' || substr(n.id, 2)",
      conversation: `'${idOf(7)}'`,
      account,
    }),
    messages({ from: "n", id: "n.id", conversation: "n.id", account }),
  ];
  for (const step of steps) database.exec(step);
  database.exec(`insert into message_fts (rowid, folded) select rowid, folded from message where folded <> '';
    update message_index set upto = (select max(rowid) from message)`);
  database.exec("commit");
  const count = database.prepare("select count(*) from message").pluck().get() as number;
  database.close();
  return {
    path: centre.databaseUrl,
    centre,
    accountId: account,
    agent: callerOf(centre.userIds[7] ?? "", "agent", [queues[7] ?? ""]),
    supervisor: callerOf(centre.userIds[0] ?? "", "supervisor", []),
    longest: idOf(7),
    messages: count,
    customers: o.conversations,
    customer: (n) => String(7_000_000_000_000_000 + (n % o.conversations)),
  };
}

/** One `insert ... select`: columns with the expression of each. */
const into = (table: string, from: string, columns: Record<string, string>): string =>
  `insert into ${table} (${Object.keys(columns).join(", ")}) select ${Object.values(columns).join(", ")} from ${from}`;

const messages = (o: { from: string; id: string; conversation: string; account: string }): string =>
  into("message", o.from, {
    id: o.id,
    conversation_id: o.conversation,
    account_id: `'${o.account}'`,
    kind: "'message'",
    direction: "'in'",
    author_kind: "'customer'",
    text: "'Cho chị hỏi đơn hàng DH' || i || ' bao giờ thì giao tới nơi ạ ' || (i % 977)",
    folded: "'cho chi hoi don hang dh' || i || ' bao gio thi giao toi noi a ' || (i % 977)",
    attachments: "'[]'",
    reply_excerpt: "''",
    reactions: "'[]'",
    mentions: "'[]'",
    state: "'received'",
    revision: "0",
    external_id: `'m_' || ${o.id}`,
    part: "0",
    at: "at",
    created_at: "at",
  });

const idOf = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
