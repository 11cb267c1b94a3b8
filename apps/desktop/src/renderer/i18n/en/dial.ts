import type { Mirror } from "../types.ts";
import type { dial as vi } from "../vi/dial.ts";

export const dial = {
  title: "Call a number",
  to: "Call",
  hint: "A telephone number, or a customer's name",
  wrong: "Not a telephone number yet. Numbers of other countries begin with + or 00",
  emergency: "An emergency number. The exchange does not tell where you are: say it clearly",
  recent: "Called last",
  found: "Whom to call",
  nobody: "Nobody yet. Type a number or a customer's name.",
  unknown: "Nobody known has this number",
  from: "Number shown",
  purpose: "Purpose",
  service: "Service",
  advertising: "Advertising",
  call: "Call",
  callTo: "Call {{name}}",
  left_one: "{{count}} call left today",
  left_other: "{{count}} calls left today",
  refused: {
    switched_off: "Calls out are switched off. An administrator can switch them on in Settings, Calls out.",
    no_trunk:
      "No carrier is connected for calls out. Ask whoever runs the gateway to set TONGDAI_SIP_OUTBOUND.",
    emergency_unreachable: "This exchange cannot reach emergency numbers. Use another telephone at once.",
    bad_number: "This is no telephone number. Check its digits.",
    country: "This country may not be called. An administrator can add its code to the rules for calls out.",
    premium: "1900 numbers cost more and may not be called. An administrator can allow them.",
    no_phone: "Your phone is not connected. Look at Settings, Phone.",
    no_caller_number: "This queue has no number to show. Choose another queue, or ask an administrator.",
    agent_limit: "You have made today's {{limit}} calls. You can call again from {{time}}.",
    day_limit: "The contact centre has made today's {{limit}} calls. Calls go out again from {{time}}.",
    hours: "Calls may not be made at this hour. They may from {{time}}.",
    called_today: "This number had an advertising call within 24 hours. It may have another from {{time}}.",
    opted_out: "The customer wants no advertising. Call for service only.",
  },
} as const satisfies Mirror<typeof vi>;
