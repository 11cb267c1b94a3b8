import { handlers as audit } from "../features/audit/index.ts";
import { handlers as calls } from "../features/calls/index.ts";
import { handlers as cannedReplies } from "../features/canned-replies/index.ts";
import { handlers as channelAccounts } from "../features/channel-accounts/index.ts";
import { handlers as company } from "../features/company/index.ts";
import { handlers as conversations } from "../features/conversations/index.ts";
import { handlers as customers } from "../features/customers/index.ts";
import { handlers as drafts } from "../features/drafts/index.ts";
import { handlers as floor } from "../features/floor/index.ts";
import { handlers as hours } from "../features/hours/index.ts";
import { handlers as interactions } from "../features/interactions/index.ts";
import { handlers as queues } from "../features/queues/index.ts";
import { handlers as replay } from "../features/replay/index.ts";
import { handlers as reports } from "../features/reports/index.ts";
import { handlers as routing } from "../features/routing/index.ts";
import { handlers as signatures } from "../features/signatures/index.ts";
import { handlers as skills } from "../features/skills/index.ts";
import { handlers as teams } from "../features/teams/index.ts";
import { handlers as tickets } from "../features/tickets/index.ts";
import { handlers as trial } from "../features/trial/index.ts";
import { handlers as users } from "../features/users/index.ts";
import { handlers as webhooks } from "../features/webhooks/index.ts";
import type { Handlers } from "./handler.ts";

export type ConnectionCommand = "sync.start" | "floor.watch" | "floor.unwatch";

/** Every command but those that are about the connection itself; one that nobody answers does not compile. */
export const handlers: Omit<Handlers, ConnectionCommand> = {
  ...audit,
  ...calls,
  ...cannedReplies,
  ...channelAccounts,
  ...company,
  ...conversations,
  ...customers,
  ...drafts,
  ...hours,
  ...floor,
  ...interactions,
  ...queues,
  ...routing,
  ...signatures,
  ...skills,
  ...replay,
  ...reports,
  ...teams,
  ...tickets,
  ...trial,
  ...users,
  ...webhooks,
};
