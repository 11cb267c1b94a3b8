import { BuiltInRole } from "@tongdai/shared";
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
});
const ZaloApp = z.object({ appId: z.string(), appSecret: z.string(), oas: z.array(Oa) });
const SmsAccount = z.object({
  provider: z.string(),
  sender: z.string(),
  name: z.string(),
  queue: z.string(),
  keys: z.record(z.string(), z.string()),
});
const EmailAccount = z.object({
  address: z.string(),
  name: z.string(),
  password: z.string(),
  queue: z.string(),
});
const Demo = z.object({
  facebook: z.object({ apps: z.array(App) }),
  zalo: z.object({ apps: z.array(ZaloApp) }),
  sms: z.object({ accounts: z.array(SmsAccount) }),
  email: z.object({ accounts: z.array(EmailAccount) }),
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

export type DemoPerson = z.infer<typeof Person> & { readonly pageId: string };

/** The customers who wrote before today, on whichever page. */
export const demoPeople: readonly DemoPerson[] = demo.facebook.apps.flatMap((app) =>
  app.pages.flatMap(({ pageId, people }) => people.map((person) => ({ ...person, pageId }))),
);
