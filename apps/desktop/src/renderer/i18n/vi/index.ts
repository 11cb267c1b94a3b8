import { admin } from "./admin.ts";
import { agent } from "./agent.ts";
import { alarm } from "./alarm.ts";
import { auth } from "./auth.ts";
import { begin } from "./begin.ts";
import { board } from "./board.ts";
import { call } from "./call.ts";
import { comments } from "./comments.ts";
import { common } from "./common.ts";
import { company } from "./company.ts";
import { configFile } from "./config-file.ts";
import { conversation } from "./conversation.ts";
import { counter } from "./counter.ts";
import { customer } from "./customer.ts";
import { desk } from "./desk.ts";
import { dial } from "./dial.ts";
import { errors } from "./errors.ts";
import { floor } from "./floor.ts";
import { hours } from "./hours.ts";
import { inbox } from "./inbox.ts";
import { letter } from "./letter.ts";
import { offer } from "./offer.ts";
import { outbound } from "./outbound.ts";
import { park } from "./park.ts";
import { people } from "./people.ts";
import { record } from "./record.ts";
import { replay } from "./replay.ts";
import { report } from "./report.ts";
import { roles } from "./roles.ts";
import { rules } from "./rules.ts";
import { settings } from "./settings.ts";
import { shortcuts } from "./shortcuts.ts";
import { signature } from "./signature.ts";
import { states } from "./states.ts";
import { teams } from "./teams.ts";
import { template } from "./template.ts";
import { ticket } from "./ticket.ts";
import { waiting } from "./waiting.ts";
import { webhook } from "./webhook.ts";
import { wrapUp } from "./wrap-up.ts";

export const vi = {
  admin,
  agent,
  alarm,
  auth,
  begin,
  board,
  call,
  comments,
  common,
  company,
  configFile,
  conversation,
  counter,
  customer,
  desk,
  dial,
  errors,
  hours,
  floor,
  inbox,
  letter,
  offer,
  outbound,
  park,
  people,
  record,
  replay,
  report,
  roles,
  rules,
  settings,
  shortcuts,
  signature,
  states,
  teams,
  template,
  ticket,
  waiting,
  webhook,
  wrapUp,
} as const;
