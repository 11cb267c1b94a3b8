import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Engine } from "../engine.ts";

/** The whole first schema. Text is compared byte by byte on both engines (PostgreSQL: collation "C"). */
export async function first(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const integer = engine === "postgres" ? "bigint" : "integer";
  const run = (statement: string) => sql.raw(statement).execute(db);
  for (const [name, body] of Object.entries(tables)) {
    const columns = engine === "sqlite" ? forSqlite(name, body) : body;
    await run(`create table "${name}" (${columns.replaceAll(/ int\b/g, ` ${integer}`)})`);
  }
  for (const statement of [...views, ...indexes]) await run(statement);
  const serial = engine === "postgres" ? "bigserial primary key" : "integer primary key autoincrement";
  await run(`create table journal (seq ${serial}, ${journal.replaceAll(/ int\b/g, ` ${integer}`)})`);
  for (const statement of journalIndexes) await run(statement);
  for (const statement of engine === "postgres" ? searchPostgres : [...searchSqlite, ...urgencySqlite])
    await run(statement);
}

/** As `dueAt` and `urgency` of the domain reckon it; here for the order of lists. */
const due = (since: string): string => `case when answer_until < ${since} + coalesce(promise_ms, 43200000)
    then answer_until else ${since} + coalesce(promise_ms, 43200000) end`;
const urgency = `case interaction_state when 'offered' then ${due("waiting_since")}
    when 'waiting' then 100000000000000 + ${due("waiting_since")}
    when 'active' then coalesce(100000000000000 + ${due("unanswered_since")}, 200000000000000 + answer_until, 400000000000000 - last_message_at)
    when 'wrap_up' then 500000000000000 - last_message_at when 'parked' then 600000000000000 + parked_until end`;
const GENERATED_URGENCY = `urgency int generated always as (${urgency}) stored`;

/** SQLite's search index points at rows by their number, which VACUUM gives anew unless it is a column. */
const searched = new Set(["message", "customer", "audit"]);
const forSqlite = (name: string, body: string): string =>
  (searched.has(name)
    ? body.replace("id text primary key", "rowid integer primary key, id text not null unique")
    : body
  ).replace(GENERATED_URGENCY, "urgency int");

const tables: Record<string, string> = {
  user: `id text primary key, username text not null unique, name text not null, password_hash text not null, must_change int not null default 0,
    roles text not null, skills text not null, disabled int not null, created_at int not null, version int not null default 1`,
  session: `id text primary key, token_hash text not null unique, user_id text not null references "user"(id),
    created_at int not null, last_seen_at int not null, expires_at int not null, revoked_at int,
    user_agent text not null, address text not null`,
  audit: `id text primary key, at int not null, actor_id text, address text, action text not null, target text not null,
    detail text not null, folded text not null`,
  hours: `id text primary key, name text not null unique, time_zone text not null, weekly text not null, days text not null,
    version int not null default 1`,
  queue: `id text primary key, name text not null unique, version int not null default 1, offer_seconds int not null, wrap_up_seconds int not null, promise_ms int,
    dispositions text not null, wrap_up text, rules text not null, hours_id text references hours(id), out_of_hours text, waiting text`,
  queue_member: `queue_id text not null references queue(id), user_id text not null references "user"(id),
    primary key (queue_id, user_id)`,
  role: `id text primary key, name text not null, permissions text not null, version int not null`,
  team: `id text primary key, name text not null unique, colour int, version int not null`,
  team_member: `team_id text not null references team(id), user_id text not null references "user"(id),
    primary key (team_id, user_id)`,
  team_lead: `team_id text not null references team(id), user_id text not null references "user"(id),
    primary key (team_id, user_id)`,
  queue_team: `queue_id text not null references queue(id), team_id text not null references team(id),
    primary key (queue_id, team_id)`,
  skill: `id text primary key, name text not null unique, version int not null default 1`,
  agent_state: `user_id text primary key references "user"(id), state text not null, reason text, since int not null,
    limit_call int not null, limit_chat int not null, limit_mail int not null, idle_since int not null,
    offered_at int not null, lost_at int, over_at int, keeps_until int, phone int not null default 0`,
  channel_account: `id text primary key, version int not null default 1, channel text not null, external_id text not null, name text not null,
    queue_id text not null references queue(id), comment_queue_id text references queue(id), enabled int not null, needs text not null default '[]', config text not null,
    webhook_key text not null, one_way int not null default 0, health text not null, health_since int not null, last_inbound_at int,
    last_error text, facts text not null default '[]', facts_at int, alarms text not null default '[]', unique (channel, external_id)`,
  credential: `account_id text primary key references channel_account(id), sealed text, lease_until int not null`,
  consent: `state_hash text primary key, account_id text not null references channel_account(id),
    user_id text not null references "user"(id), session_id text not null, verifier text not null, expires_at int not null`,
  connection: `account_id text primary key references channel_account(id), holder text not null, lease_until int not null`,
  place: `account_id text not null references channel_account(id), source text not null, value text not null,
    primary key (account_id, source)`,
  customer: `id text primary key, name text not null, folded text not null, attributes text not null,
    tags text not null, owner_id text, created_at int not null, version int not null,
    linked_to text references customer(id), own text`,
  identity: `id text primary key, home_id text not null references customer(id), customer_id text not null references customer(id), channel text not null,
    account_id text not null references channel_account(id), external_id text not null, display_name text not null,
    avatar_media_id text, profile_at int, opted_out_at int, unique (account_id, external_id)`,
  clue: `home_id text not null references customer(id), kind text not null, value text not null, source text not null,
    proven int not null, at int not null, primary key (home_id, kind, value)`,
  apart: `one_id text not null, other_id text not null, primary key (one_id, other_id)`,
  post: `id text primary key, account_id text not null references channel_account(id), external_id text not null,
    text text not null, url text, picture_media_id text, posted_at int, removed_at int, unique (account_id, external_id)`,
  conversation: `id text primary key, channel text not null, account_id text not null,
    identity_id text not null references identity(id), thread text not null default '', subject text not null default '',
    post_id text references post(id),
    customer_id text not null references customer(id),
    queue_id text not null references queue(id), unread int not null, unsent int not null default 0, preview_text text not null,
    preview_direction text not null, preview_attachment text, preview_author_id text, last_message_at int not null, last_inbound_at int,
    window_opened_at int, window_refused_at int, human_window_refused_at int, unanswered_since int, delivered_until int not null, read_until int not null, interaction_id text,
    interaction_state text, waiting_since int, parked_until int, owner_id text,
    promise_ms int, answer_until int, ${GENERATED_URGENCY},
    unique (identity_id, thread)`,
  message: `id text primary key, conversation_id text not null references conversation(id), account_id text not null,
    interaction_id text, kind text not null, direction text not null, author_kind text not null, author_id text,
    text text not null, folded text not null, attachments text not null, reply_to_id text,
    reply_to_external_id text, reply_excerpt text not null, reactions text not null, mentions text not null,
    state text not null, state_at int, error text, event text, letter text, template text, comment text, private_to text, sending_id text, revision int not null, external_id text, vendor_at int, client_id text,
    part int not null, at int not null, created_at int not null,
    unique (account_id, external_id, kind)`,
  message_body: `message_id text primary key references message(id), html text, quoted text not null`,
  message_change: `account_id text not null, external_id text not null, kind text not null, rank int not null,
    value text, kept_at int not null, primary key (account_id, external_id, kind)`,
  mention: `user_id text not null references "user"(id), message_id text not null references message(id),
    conversation_id text not null, at int not null, seen_at int, primary key (user_id, message_id)`,
  message_part: `account_id text not null, sender text not null, reference int not null, total int not null, number int not null,
    text text not null, received_at int not null, shown int not null, primary key (account_id, sender, reference, total, number)`,
  delivery: `id text primary key, channel text not null, webhook_key text not null, received_at int not null,
    body text not null, state text not null, attempts int not null, error text, file text`,
  interaction: `id text primary key, conversation_id text not null references conversation(id),
    customer_id text not null, channel text not null, work text not null, queue_id text not null references queue(id),
    state text not null, owner_id text, boost int not null, rank_at int not null, opened_at int not null,
    waiting_since int not null, promise_ms int, accepted_at int, parked_until int, return_to text, wrap_up_until int, extensions int not null, closed_at int, disposition text, form text,
    last_agent_id text, transferred_to text, declined_by text not null, wait_reason text, held_until int, wait text, look_again int not null, version int not null`,
  offer: `id text primary key, interaction_id text not null references interaction(id), work text not null,
    user_id text not null, made_at int not null, deadline int not null, state text not null, reasons text not null`,
  draft: `conversation_id text not null, user_id text not null, text text not null, media_ids text not null,
    reply_to_id text, note int not null, privately int not null, letter text, saved_at int not null, primary key (conversation_id, user_id)`,
  canned_reply: `id text primary key, shortcut text not null unique, text text not null, version int not null default 1`,
  signature: `owner_id text primary key, html text not null, text text not null, version int not null`,
  media: `id text primary key, hash text not null, name text not null, mime text not null, size int not null,
    kind text not null, width int, height int, thumbnail int not null, uploaded_by text, conversation_id text,
    created_at int not null`,
  outbox: `id text primary key, kind text not null, account_id text not null, lane text not null,
    payload text not null, state text not null, attempts int not null, next_at int not null, lease_until int`,
  timer: `key text primary key, kind text not null, subject_id text not null, due_at int not null`,
  instance: `id text primary key, seen_at int not null, wall_at int not null`,
  presence: `instance_id text not null, user_id text not null, primary key (instance_id, user_id)`,
  ticket: `id text primary key, number int not null unique, client_id text unique, subject text not null,
    folded text not null, status text not null, priority text not null, owner_id text, queue_id text not null,
    home_id text not null references customer(id), customer_id text not null references customer(id), due_at int, created_at int not null,
    updated_at int not null, version int not null`,
  ticket_interaction: `ticket_id text not null references ticket(id),
    interaction_id text not null references interaction(id), primary key (ticket_id, interaction_id)`,
  ticket_comment: `id text primary key, client_id text unique, ticket_id text not null references ticket(id),
    author_id text, text text not null, at int not null`,
  ticket_filter: `id text primary key, user_id text not null, name text not null, query text not null`,
  report_segment: `id int primary key, arrived_at int not null, interaction_id text not null, customer_id text not null,
    state text not null, end_id int, changed_seq int not null, data text not null`,
  report_stretch: `id int primary key, user_id text not null, began_at int not null, ended_at int, changed_seq int not null,
    data text not null`,
  webhook: `id text primary key, name text not null unique, url text not null, events text not null, texts int not null,
    enabled int not null, ended text, secrets text not null, since_seq int not null, failures int not null,
    failing_since int, rest_until int, last_success_at int`,
  webhook_delivery: `id text primary key, webhook_id text not null, seq int not null, type text not null,
    lane text not null, body text not null, state text not null, attempts int not null, next_at int not null,
    lease_until int, created_at int not null`,
  webhook_attempt: `id text primary key, delivery_id text not null, at int not null, duration_ms int, status int,
    failure text, answer text not null`,
  call: `id text primary key, interaction_id text references interaction(id),
    conversation_id text references conversation(id), account_id text references channel_account(id),
    direction text not null, called text not null, state text not null, legs text not null, started_at int not null,
    answered_at int, ended_at int, outcome text, cause text, talk text`,
  dial: `id text primary key, client_id text not null unique, user_id text not null references "user"(id),
    queue_id text not null references queue(id), account_id text not null references channel_account(id),
    conversation_id text not null references conversation(id), interaction_id text not null, number text not null,
    purpose text not null, at int not null, call_id text unique`,
  companion: `conversation_id text not null, user_id text not null, visible int not null, joined_at int not null,
    primary key (conversation_id, user_id)`,
  whisper: `id text primary key, client_id text not null unique, conversation_id text not null, from_id text not null,
    agent_id text not null, text text not null, at int not null`,
  setting: `key text primary key, value text not null`,
};

const journal = `at int not null, name text not null, actor_id text, scopes text not null, data text not null,
  customer_id text, conversation_id text, interaction_id text, ticket_id text`;

const journalIndexes = [
  `create index journal_teams on journal (seq) where name in ('team.saved', 'team.removed')`,
  `create index journal_setup on journal (seq) where name in ('queue.saved', 'user.saved', 'capacity.saved', 'hours.saved')`,
  `create index journal_customer on journal (customer_id, seq) where customer_id is not null`,
  `create index journal_interaction on journal (interaction_id, seq) where interaction_id is not null`,
  `create index journal_ticket on journal (ticket_id, seq) where ticket_id is not null`,
  `create index journal_notice on journal (seq) where name in ('agent.departed', 'agent.overstayed')`,
];

/** Who is in which queue: named themselves, or as one of a team. */
const views = [
  `create view queue_staff as select queue_id, user_id from queue_member
    union select t.queue_id, m.user_id from queue_team t join team_member m on m.team_id = t.team_id`,
];

const indexes = [
  `create index session_of_user on session (user_id)`,
  `create index queue_member_user on queue_member (user_id, queue_id)`,
  `create index team_member_user on team_member (user_id, team_id)`,
  `create index queue_team_team on queue_team (team_id, queue_id)`,
  `create index audit_at on audit (at, id)`,
  `create index audit_actor on audit (actor_id, at, id)`,
  `create index audit_action on audit (action, at, id)`,
  `create index audit_actor_action on audit (actor_id, action, at, id)`,
  `create index audit_target on audit (target, at, id)`,
  `create index account_webhook on channel_account (channel, webhook_key)`,
  `create index clue_value on clue (kind, value)`,
  `create index apart_other on apart (other_id)`,
  `create index customer_linked on customer (linked_to) where linked_to is not null`,
  `create index identity_customer on identity (customer_id)`,
  `create index identity_home on identity (home_id)`,
  `create index identity_address on identity (external_id)`,
  `create index conversation_recent on conversation (last_message_at, id)`,
  // Few at a time, and put in order when looked at: their time changes with every message.
  `create index conversation_owner on conversation (owner_id) where owner_id is not null`,
  `create index conversation_queue on conversation (queue_id, last_message_at, id)`,
  `create index conversation_open on conversation (urgency, id) where interaction_id is not null`,
  // Nobody passes over the work of queues that are not theirs.
  `create index conversation_open_queue on conversation (queue_id, urgency, id) where interaction_id is not null`,
  // What is open may be older than everything that is over. With its queue, whose work is then found without a look at the row.
  `create index conversation_open_recent on conversation (last_message_at, id, queue_id) where interaction_id is not null`,
  // Which window closes first is asked of those who wait only.
  `create index conversation_window on conversation (queue_id, channel, window_opened_at)
    where interaction_state = 'waiting' and window_opened_at is not null`,
  `create index conversation_customer on conversation (customer_id)`,
  // Only what was written here has a command behind it.
  `create unique index message_command on message (client_id, part) where client_id is not null`,
  // A comment has one private answer, whoever races; one that did not leave is none.
  `create unique index message_private on message (account_id, private_to)
    where private_to is not null and state not in ('failed', 'removed')`,
  `create unique index conversation_thread on conversation (account_id, thread) where post_id is not null`,
  `create index conversation_post on conversation (post_id) where post_id is not null`,
  `create index message_order on message (conversation_id, at, id)`,
  `create index message_in_flight on message (state) where state in ('queued', 'sending', 'unknown')`,
  // Few, and looked for among all messages.
  `create index message_not_arrived on message (account_id, at, id) where state in ('failed', 'unknown')`,
  `create index message_change_age on message_change (kept_at)`,
  `create index mention_unseen on mention (user_id) where seen_at is null`,
  `create index delivery_open on delivery (state, received_at) where state <> 'done'`,
  `create index delivery_file on delivery (file) where file is not null`,
  `create index delivery_age on delivery (received_at)`,
  // At most one open interaction a conversation, whoever races.
  `create unique index interaction_one_open on interaction (conversation_id) where state <> 'closed'`,
  `create index agent_lost on agent_state (user_id) where lost_at is not null and state = 'available'`,
  `create index interaction_conversation on interaction (conversation_id, opened_at)`,
  `create index interaction_line on interaction (queue_id, work, rank_at, id) where state = 'waiting'`,
  `create index interaction_look on interaction (waiting_since, id) where state = 'waiting' and look_again = 1`,
  `create index interaction_of_customer on interaction (customer_id) where state = 'waiting'`,
  `create index interaction_kept on interaction (id) where state = 'waiting' and wait_reason = 'kept_for'`,
  `create index interaction_transferred on interaction (transferred_to) where transferred_to is not null and state = 'waiting'`,
  `create index interaction_held on interaction (queue_id) where held_until is not null and state <> 'closed'`,
  `create index interaction_owner on interaction (owner_id, state, work) where owner_id is not null and state <> 'closed'`,
  // At most one open offer an interaction.
  `create unique index offer_one_open on offer (interaction_id) where state = 'open'`,
  `create index call_of_conversation on call (conversation_id, started_at)`,
  `create index call_open on call (interaction_id) where ended_at is null`,
  `create index dial_user on dial (user_id, at)`,
  `create index dial_at on dial (at)`,
  `create index dial_number on dial (number, at)`,
  `create index offer_user on offer (user_id, work) where state = 'open'`,
  `create index media_hash on media (hash)`,
  `create index media_unsent on media (created_at) where conversation_id is null`,
  `create index outbox_due on outbox (state, next_at, id)`,
  `create index outbox_lane on outbox (lane, id)`,
  `create index timer_due on timer (due_at)`,
  `create index presence_user on presence (user_id)`,
  `create index ticket_updated on ticket (updated_at, id)`,
  `create index ticket_owner on ticket (owner_id, updated_at, id)`,
  `create index ticket_status on ticket (status, updated_at, id)`,
  `create index ticket_customer on ticket (customer_id)`,
  `create index ticket_home on ticket (home_id)`,
  `create index ticket_comment_ticket on ticket_comment (ticket_id, at)`,
  `create index ticket_interaction_interaction on ticket_interaction (interaction_id)`,
  `create index report_segment_arrived on report_segment (arrived_at, id)`,
  `create unique index report_segment_open on report_segment (interaction_id) where state = 'open'`,
  `create index report_segment_customer on report_segment (customer_id, end_id) where state = 'closed'`,
  `create index report_segment_changed on report_segment (changed_seq)`,
  `create index report_stretch_changed on report_stretch (changed_seq)`,
  `create index companion_user on companion (user_id)`,
  `create index whisper_conversation on whisper (conversation_id, at, id)`,
  `create index report_stretch_began on report_stretch (began_at, id)`,
  `create index report_stretch_user on report_stretch (user_id, began_at, id)`,
  `create index webhook_delivery_log on webhook_delivery (webhook_id, id)`,
  `create index webhook_delivery_state on webhook_delivery (webhook_id, state, id)`,
  `create index webhook_delivery_due on webhook_delivery (webhook_id, next_at, seq) where state = 'ready'`,
  `create index webhook_delivery_lane on webhook_delivery (webhook_id, lane, seq) where state in ('ready', 'trying')`,
  `create index webhook_delivery_lease on webhook_delivery (lease_until) where state = 'trying'`,
  `create index webhook_delivery_age on webhook_delivery (created_at)`,
  `create index webhook_attempt_delivery on webhook_attempt (delivery_id, id)`,
  `create unique index report_stretch_open on report_stretch (user_id) where ended_at is null`,
];

/**
 * Newest first is `order by rowid desc`: rowids grow with arrival. Beginnings are indexed up to the length of nearly every
 * Vietnamese syllable: any other makes the list of all its hits before the first one is given.
 */
const searchSqlite = [
  `create virtual table message_fts using fts5(folded, content='message', content_rowid='rowid',
    tokenize='unicode61', prefix='2 3 4 5 6 7', columnsize=0)`,
  // How far the index has come: see message-index.ts. The triggers touch only what it holds.
  `create table message_index (upto int not null)`,
  `insert into message_index values (0)`,
  // A rowid may be given again when the newest message is gone.
  `create trigger message_fts_delete after delete on message begin
    insert into message_fts(message_fts, rowid, folded) select 'delete', old.rowid, old.folded
      where old.folded <> '' and old.rowid <= (select upto from message_index);
    update message_index set upto = min(upto, (select coalesce(max(rowid), 0) from message)); end`,
  `create trigger message_fts_update after update of folded on message
    when old.rowid <= (select upto from message_index) begin
    insert into message_fts(message_fts, rowid, folded) select 'delete', old.rowid, old.folded where old.folded <> '';
    insert into message_fts(rowid, folded) select new.rowid, new.folded where new.folded <> ''; end`,
  `create virtual table customer_fts using fts5(folded, content='customer', content_rowid='rowid',
    tokenize='unicode61', prefix='2 3 4 5 6 7')`,
  `create virtual table audit_fts using fts5(folded, content='audit', content_rowid='rowid',
    tokenize='unicode61', prefix='2 3 4 5 6 7', columnsize=0)`,
  `create trigger audit_fts_insert after insert on audit begin
    insert into audit_fts(rowid, folded) values (new.rowid, new.folded); end`,
  `create trigger audit_fts_delete after delete on audit begin
    insert into audit_fts(audit_fts, rowid, folded) values ('delete', old.rowid, old.folded); end`,
  `create trigger customer_fts_insert after insert on customer begin
    insert into customer_fts(rowid, folded) values (new.rowid, new.folded); end`,
  `create trigger customer_fts_delete after delete on customer begin
    insert into customer_fts(customer_fts, rowid, folded) values ('delete', old.rowid, old.folded); end`,
  `create trigger customer_fts_update after update of folded on customer begin
    insert into customer_fts(customer_fts, rowid, folded) values ('delete', old.rowid, old.folded);
    insert into customer_fts(rowid, folded) values (new.rowid, new.folded); end`,
];

/**
 * SQLite writes the indexes of a generated column anew whenever what it is made of is set, two pages for each message that
 * leaves the urgency as it was.
 */
const newUrgency = urgency.replace(/\b\w+_(state|since|at|until|ms)\b/g, "new.$&");
const setUrgency = `begin update conversation set urgency = ${newUrgency} where rowid = new.rowid; end`;
const urgencySqlite = [
  `create trigger conversation_urgency_insert after insert on conversation
    when ${newUrgency} is not null ${setUrgency}`,
  `create trigger conversation_urgency_update
    after update of interaction_state, waiting_since, parked_until, unanswered_since, last_message_at, promise_ms, answer_until
    on conversation
    when new.urgency is not (${newUrgency}) ${setUrgency}`,
];

const searchPostgres = [
  `create index message_recent on message (at, id)`,
  `alter table message add column fts tsvector generated always as (to_tsvector('simple', folded)) stored`,
  `create index message_fts on message using gin (fts)`,
  `alter table customer add column fts tsvector generated always as (to_tsvector('simple', folded)) stored`,
  `create index customer_fts on customer using gin (fts)`,
  `alter table audit add column fts tsvector generated always as (to_tsvector('simple', folded)) stored`,
  `create index audit_fts on audit using gin (fts)`,
];

/** Until it is released this schema may still change; a store that was made before must not pass for one of today. */
export const firstName = `0001-first-${createHash("sha256")
  .update(
    JSON.stringify([tables, journal, indexes, journalIndexes, searchSqlite, urgencySqlite, searchPostgres]),
  )
  .digest("hex")
  .slice(0, 8)}`;
