import type { z } from "zod";
import { agentHistoryCommands } from "./agent-history.ts";
import { adminCommands } from "./commands-admin.ts";
import { callCommands } from "./commands-call.ts";
import { companyCommands } from "./commands-company.ts";
import { conversationCommands } from "./commands-conversation.ts";
import { customerCommands } from "./commands-customer.ts";
import { floorCommands } from "./commands-floor.ts";
import { hoursCommands } from "./commands-hours.ts";
import { interactionCommands } from "./commands-interaction.ts";
import { replayCommands } from "./commands-replay.ts";
import { reportCommands } from "./commands-report.ts";
import { roleCommands } from "./commands-role.ts";
import { sessionCommands } from "./commands-session.ts";
import { teamCommands } from "./commands-team.ts";
import { templateCommands } from "./commands-template.ts";
import { ticketCommands } from "./commands-ticket.ts";
import { trialCommands } from "./commands-trial.ts";
import { webhookCommands } from "./commands-webhook.ts";
import type { WireError } from "./errors.ts";
import { signOffCommands } from "./sign-off.ts";
import { signatureCommands } from "./signatures.ts";
import { stateRulesCommands } from "./state-rules.ts";

/** Everything that a client may ask for over the socket: `noun.verb` -> input, output, permission. */
export const commands = {
  ...sessionCommands,
  ...conversationCommands,
  ...interactionCommands,
  ...customerCommands,
  ...ticketCommands,
  ...adminCommands,
  ...hoursCommands,
  ...reportCommands,
  ...replayCommands,
  ...floorCommands,
  ...companyCommands,
  ...stateRulesCommands,
  ...agentHistoryCommands,
  ...teamCommands,
  ...roleCommands,
  ...webhookCommands,
  ...trialCommands,
  ...templateCommands,
  ...signOffCommands,
  ...signatureCommands,
  ...callCommands,
};

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]["input"]>;
export type CommandParsed<N extends CommandName> = z.output<(typeof commands)[N]["input"]>;
export type CommandOutput<N extends CommandName> = z.output<(typeof commands)[N]["output"]>;

/** The answer to every command. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: WireError };
