import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";

interface DemoPerson {
  readonly psid: string;
  readonly name: string;
  readonly lastVisit: { readonly daysAgo: number; readonly hour: number };
}
interface DemoPage {
  readonly pageId: string;
  readonly name: string;
  readonly token: string;
  readonly people: readonly DemoPerson[];
}
interface DemoApp {
  readonly appId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly pages: readonly DemoPage[];
}
interface DemoZaloPerson {
  readonly userId: string;
  readonly name: string;
  readonly phone: string;
  readonly lastVisit: DemoPerson["lastVisit"];
}
interface DemoOa {
  readonly oaId: string;
  readonly name: string;
  readonly oaSecret: string;
  readonly refreshToken: string;
  readonly people: readonly DemoZaloPerson[];
}
interface DemoZaloApp {
  readonly appId: string;
  readonly appSecret: string;
  readonly oas: readonly DemoOa[];
}
interface DemoSender {
  readonly provider: string;
  readonly sender: string;
  readonly keys: Readonly<Record<string, string>>;
  /** What the address ends with that the provider calls. */
  readonly webhookKey: string;
  readonly people?: readonly { readonly number: string; readonly name: string }[];
}
interface DemoMailbox {
  readonly address: string;
  readonly name: string;
  readonly password: string;
  readonly people: readonly { readonly address: string; readonly name: string }[];
}
interface DemoUser {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly string[];
}
export interface Demo {
  readonly facebook: { readonly apps: readonly DemoApp[] };
  readonly zalo: { readonly apps: readonly DemoZaloApp[] };
  readonly sms: { readonly accounts: readonly DemoSender[] };
  readonly email: { readonly accounts: readonly DemoMailbox[] };
  readonly voice: { readonly accounts: readonly { readonly number: string; readonly siteSecret: string }[] };
  /** Customers who have not written yet. */
  readonly newcomers: readonly { readonly name: string; readonly phone: string; readonly email: string }[];
  readonly password: string;
  readonly users: readonly DemoUser[];
}

/** The same file from which the gateway seeds its store. */
export function readDemo(): Demo {
  return JSON.parse(readFileSync(join(root, "apps/gateway/demo.json"), "utf8")) as Demo;
}

interface Played {
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
}

/** Whom the demo's visitor can play, each with their own addresses: newcomers first, then those who wrote before. */
export function playedPeople(demo: Demo): Played[] {
  const pages = demo.facebook.apps.flatMap((app) => app.pages);
  const oas = demo.zalo.apps.flatMap((app) => app.oas);
  const all: Played[] = [
    ...demo.newcomers,
    ...pages.flatMap(({ people }) => people.map(({ name }) => ({ name }))),
    ...oas.flatMap(({ people }) => people.map(({ name, phone }) => ({ name, phone: `+${phone}` }))),
    ...demo.sms.accounts.flatMap(({ people = [] }) =>
      people.map(({ name, number }) => ({ name, phone: number })),
    ),
    ...demo.email.accounts.flatMap(({ people }) =>
      people.map(({ name, address }) => ({ name, email: address })),
    ),
  ];
  return [...Map.groupBy(all, ({ name }) => name).values()].map((same) => Object.assign({}, ...same));
}

/** The channels whose vendors are played in the demo. */
export const simulatedChannels = ["facebook", "zalo", "sms", "email"] as const;
export type SimulatedChannel = (typeof simulatedChannels)[number];

export interface Addresses {
  readonly gateway: string;
  /** On which somebody plays customers, on every channel. */
  readonly customer: string;
  /** By the channel that it plays. */
  readonly simulators: Readonly<Record<SimulatedChannel, string>>;
}

/** What each simulator reads from SIM_CONFIG. They remember the people of their first start: `now` is then. */
export const simulatorConfigs = (
  demo: Demo,
  { gateway: gatewayUrl, simulators }: Addresses,
  now: number,
): Record<SimulatedChannel, string> => ({
  facebook: JSON.stringify(facebookApps(demo, gatewayUrl, now)),
  zalo: JSON.stringify(
    demo.zalo.apps.map((app) => ({
      ...app,
      webhookUrl: `${gatewayUrl}/webhooks/zalo/${app.appId}`,
      oas: app.oas.map(({ people, ...oa }) => ({
        ...oa,
        people: people.map(({ lastVisit, ...person }) => ({
          ...person,
          lastWroteAt: timeOf(lastVisit, now),
        })),
      })),
    })),
  ),
  sms: JSON.stringify(
    demo.sms.accounts.map(({ provider, sender, keys, webhookKey }) => ({
      provider,
      sender,
      keys,
      webhookUrl: `${gatewayUrl}/webhooks/sms/${webhookKey}`,
    })),
  ),
  email: JSON.stringify({
    mailboxes: demo.email.accounts.map(({ address, name, password }) => ({ address, name, password })),
    ...mailPorts(simulators.email),
  }),
});

/** The ports that an address of a mail simulator names beside its own. */
export function mailPorts(url: string): { readonly imapPort: number; readonly smtpPort: number } {
  const { searchParams } = new URL(url);
  return { imapPort: Number(searchParams.get("imap")), smtpPort: Number(searchParams.get("smtp")) };
}

function facebookApps(demo: Demo, gatewayUrl: string, now: number): object[] {
  return demo.facebook.apps.map(({ appId, appSecret, verifyToken, pages }) => ({
    appId,
    appSecret,
    verifyToken,
    webhookUrl: `${gatewayUrl}/webhooks/facebook/${appId}`,
    pages: pages.map(({ pageId, name, token, people }) => ({
      pageId,
      name,
      token,
      people: people.map((person) => ({
        psid: person.psid,
        name: person.name,
        lastWroteAt: timeOf(person.lastVisit, now),
      })),
    })),
  }));
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VIETNAM = 7 * HOUR;

/** As the gateway reckons it when it writes their visits: an hour of a day in Vietnam. */
function timeOf({ daysAgo, hour }: DemoPerson["lastVisit"], now: number): number {
  const today = Math.floor((now + VIETNAM) / DAY) * DAY - VIETNAM;
  return today - daysAgo * DAY + hour * HOUR;
}

export function logInTable(demo: Demo): string[] {
  const widest = (values: string[]) => Math.max(...values.map((value) => value.length));
  const first = widest(demo.users.map((user) => user.username));
  const second = widest(demo.users.map((user) => user.name));
  return demo.users.map((user) =>
    [user.username.padEnd(first), user.name.padEnd(second), user.roles.join(", ")].join("   "),
  );
}
