import type { Clock } from "../../kit/clock.ts";
import { asList, asObject, asText, type Json } from "../../kit/json.ts";

/** Somebody who wrote to the page before the simulator began. */
export interface KnownPerson {
  readonly psid: string;
  readonly name: string;
  /** Absent: so long ago that every window is over. */
  readonly lastWroteAt?: number;
}

export interface PageOptions {
  readonly pageId: string;
  readonly name: string;
  readonly token: string;
  /** false: the app must call POST /{page}/subscribed_apps before anything is delivered. */
  readonly subscribed?: boolean;
  readonly people?: readonly KnownPerson[];
}

export interface AppOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly webhookUrl: string;
  readonly pages: readonly PageOptions[];
  /** The dashboard switch "Require App Secret". */
  readonly requireProof?: boolean;
}

export interface Limits {
  readonly textPerSecond: number;
  readonly mediaPerSecond: number;
}

export interface SimulatorOptions {
  readonly apps: readonly AppOptions[];
  readonly port?: number;
  readonly host?: string;
  readonly clock?: Clock;
  /** Divides the retry ladder and the hour after which a subscription is disabled. */
  readonly timeFactor?: number;
  /** The newest version that exists; a later one is answered like an unknown path. */
  readonly graphVersion?: string;
  readonly mediaTtlMs?: number;
  readonly limits?: Partial<Limits>;
  /** Where the world is kept between two starts; absent: in memory only. */
  readonly stateFile?: string;
}

/** For the command line; a configuration that cannot work is refused with a sentence. */
export function parseApps(value: Json | undefined): AppOptions[] {
  if (!Array.isArray(value)) throw new Error("SIM_CONFIG must be a JSON list of apps");
  return value.map(parseApp);
}

function parseApp(value: Json, index: number): AppOptions {
  const app = asObject(value);
  const need = (key: string) => required(app[key], `apps[${index}].${key}`);
  return {
    appId: need("appId"),
    appSecret: need("appSecret"),
    verifyToken: need("verifyToken"),
    webhookUrl: need("webhookUrl"),
    requireProof: app["requireProof"] === true,
    pages: asList(app["pages"]).map((page) => parsePage(page, `apps[${index}].pages`)),
  };
}

function parsePage(value: Json, at: string): PageOptions {
  const page = asObject(value);
  return {
    pageId: required(page["pageId"], `${at}.pageId`),
    name: required(page["name"], `${at}.name`),
    token: required(page["token"], `${at}.token`),
    subscribed: page["subscribed"] !== false,
    people: asList(page["people"]).map((person) => parsePerson(person, `${at}.people`)),
  };
}

function parsePerson(value: Json, at: string): KnownPerson {
  const person = asObject(value);
  const { lastWroteAt } = person;
  const known = {
    psid: required(person["psid"], `${at}.psid`),
    name: required(person["name"], `${at}.name`),
  };
  if (lastWroteAt === undefined) return known;
  if (typeof lastWroteAt !== "number") throw new Error(`SIM_CONFIG: ${at}.lastWroteAt must be a time in ms`);
  return { ...known, lastWroteAt };
}

function required(value: Json | undefined, at: string): string {
  const text = asText(value);
  if (!text) throw new Error(`SIM_CONFIG: ${at} is missing`);
  return text;
}
