import { BuiltInRole, type ChannelId } from "@tongdai/shared";
import { z } from "zod";
// Imported and not read, so that a bundle carries it.
import file from "../../../demo.json" with { type: "json" };

/** Told from the day of the first start, so that the demo is never old when somebody first sees it. */
const LastVisit = z.object({ daysAgo: z.number().int().positive(), hour: z.number().int().min(0).max(23) });
/** Somebody whom the simulator knows by the same id, so that an answer reaches them. */
const Person = z.object({ psid: z.string(), name: z.string(), lastVisit: LastVisit });
const Page = z.object({
  pageId: z.string(),
  name: z.string(),
  token: z.string(),
  queue: z.string(),
  people: z.array(Person),
});
const App = z.object({
  appId: z.string(),
  appSecret: z.string(),
  verifyToken: z.string(),
  pages: z.array(Page),
});
const Oa = z.object({
  oaId: z.string(),
  name: z.string(),
  oaSecret: z.string(),
  refreshToken: z.string(),
  queue: z.string(),
  people: z.array(
    z.object({ userId: z.string(), name: z.string(), phone: z.string(), lastVisit: LastVisit }),
  ),
});
const ZaloApp = z.object({ appId: z.string(), appSecret: z.string(), oas: z.array(Oa) });
const SmsAccount = z.object({
  provider: z.string(),
  sender: z.string(),
  name: z.string(),
  queue: z.string(),
  keys: z.record(z.string(), z.string()),
  people: z.array(z.object({ number: z.string(), name: z.string(), lastVisit: LastVisit })).default([]),
});
const EmailAccount = z.object({
  address: z.string(),
  name: z.string(),
  password: z.string(),
  queue: z.string(),
  people: z.array(z.object({ address: z.string(), name: z.string(), lastVisit: LastVisit })),
});
const VoiceAccount = z.object({
  number: z.string(),
  name: z.string(),
  queue: z.string(),
  siteSecret: z.string(),
});
const Demo = z.object({
  facebook: z.object({ apps: z.array(App) }),
  zalo: z.object({ apps: z.array(ZaloApp) }),
  sms: z.object({ accounts: z.array(SmsAccount) }),
  email: z.object({ accounts: z.array(EmailAccount) }),
  voice: z.object({ accounts: z.array(VoiceAccount) }),
  password: z.string(),
  users: z.array(
    z.object({
      username: z.string(),
      name: z.string(),
      roles: z.array(BuiltInRole),
      queues: z.array(z.string()),
    }),
  ),
});
export type Demo = z.infer<typeof Demo>;

/** The demo contact centre; scripts and the simulator read the same file. */
export const demo: Demo = Demo.parse(file);

/** Somebody who wrote before today, on one of the channels. */
export interface DemoPerson {
  readonly channel: ChannelId;
  /** The vendor's id of the account that they wrote to. */
  readonly accountId: string;
  readonly externalId: string;
  readonly name: string;
  /** Known for certain, as they gave it to the shop: digits with the country's code. */
  readonly phone?: string;
  readonly lastVisit: z.infer<typeof LastVisit>;
}

export const demoPeople: readonly DemoPerson[] = [
  ...demo.facebook.apps.flatMap((app) =>
    app.pages.flatMap(({ pageId, people }) =>
      people.map(({ psid, ...person }) => ({
        ...person,
        channel: "facebook" as const,
        accountId: pageId,
        externalId: psid,
      })),
    ),
  ),
  ...demo.zalo.apps.flatMap((app) =>
    app.oas.flatMap(({ oaId, people }) =>
      people.map(({ userId, name, phone, lastVisit }) => ({
        name,
        phone,
        lastVisit,
        channel: "zalo" as const,
        accountId: oaId,
        externalId: userId,
      })),
    ),
  ),
  ...demo.sms.accounts.flatMap(({ sender, people }) =>
    people.map(({ number, ...person }) => ({
      ...person,
      channel: "sms" as const,
      accountId: sender,
      externalId: number,
    })),
  ),
  ...demo.email.accounts.flatMap(({ address: accountId, people }) =>
    people.map(({ address, ...person }) => ({
      ...person,
      channel: "email" as const,
      accountId,
      externalId: address,
    })),
  ),
];
