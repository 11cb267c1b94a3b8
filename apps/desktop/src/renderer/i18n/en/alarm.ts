import type { Mirror } from "../types.ts";
import type { alarm as vi } from "../vi/alarm.ts";

export const alarm = {
  label: {
    expiry: "Permission",
    messages: "Message quota",
    templates: "Template quota",
    storage: "Room in the mailbox",
    balance: "Balance",
    permissions: "Not allowed",
  },
  low: { messages: "messages", templates: "templates", storage: "room in the mailbox" },
  expires: "until {{date}}, {{time}} left",
  ended: "over since {{date}}",
  renews: "renewed by itself while the gateway runs",
  quota: "{{left}} of {{total}} left",
  quotaLeft: "{{left}} left",
  resets: "full again {{time}}",
  asOf: "As told",
  line: {
    expiry: "The permission ends at {{time}}. After that nothing is received or sent.",
    quota: "The quota for {{of}} is almost used up; it is full again at {{time}}.",
    quotaForGood: "The quota for {{of}} is almost used up.",
    permissions: "A permission is missing without which nothing is received or sent.",
    connect: "Press Connect and approve again at the channel.",
    save: "Get a new permission at the channel and paste it into the account's form.",
  },
  banner: {
    expiry: "{{name}}: the permission ends at {{time}}. Connect it again before",
    quota: "{{name}}: the quota for {{of}} is almost used up",
    permissions: "{{name}}: a permission is missing without which nothing is received or sent",
  },
} as const satisfies Mirror<typeof vi>;
