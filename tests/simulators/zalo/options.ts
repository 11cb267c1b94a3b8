import type { Clock } from "../kit/clock.ts";
import { asList, asObject, asText, type Json } from "../kit/json.ts";

/** Somebody who wrote to the account before the simulator began. */
export interface KnownPerson {
  readonly userId: string;
  readonly name: string;
  readonly phone?: string;
  readonly lastWroteAt?: number;
}

export interface OaOptions {
  readonly oaId: string;
  readonly name: string;
  /** The "OA Secret Key" by which the webhooks of this account are signed. */
  readonly oaSecret: string;
  /** A refresh token that is good from the beginning, as one made in the vendor's own tool. */
  readonly refreshToken?: string;
  /** Whether charged messages can be paid for. */
  readonly cloudAccount?: boolean;
  /** How many charged messages may be sent. */
  readonly chargedQuota?: number;
  readonly people?: readonly KnownPerson[];
}

export interface AppOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly webhookUrl: string;
  /** Where the permission page may send people back to; absent: anywhere. */
  readonly redirectUris?: readonly string[];
  /** The app's switch by which every call must prove that it knows the app's secret. */
  readonly requireProof?: boolean;
  readonly perMinute?: number;
  readonly oas: readonly OaOptions[];
}

export interface SimulatorOptions {
  readonly apps: readonly AppOptions[];
  readonly port?: number;
  readonly host?: string;
  readonly clock?: Clock;
  /** Divides the retry ladder. */
  readonly timeFactor?: number;
  /** Where the world is kept between two starts; absent: in memory only. */
  readonly stateFile?: string;
}

/** For the command line; a configuration that cannot work is refused with a sentence. */
export function parseApps(value: Json | undefined): AppOptions[] {
  if (!Array.isArray(value)) throw new Error("SIM_CONFIG must be a JSON list of apps");
  return value.map((one: Json) => {
    const app = asObject(one);
    return {
      appId: need(app, "appId"),
      appSecret: need(app, "appSecret"),
      webhookUrl: need(app, "webhookUrl"),
      oas: asList(app["oas"]).map(parseOa),
    };
  });
}

function parseOa(value: Json): OaOptions {
  const oa = asObject(value);
  const refreshToken = asText(oa["refreshToken"]);
  return {
    oaId: need(oa, "oaId"),
    name: need(oa, "name"),
    oaSecret: need(oa, "oaSecret"),
    cloudAccount: oa["cloudAccount"] !== false,
    ...(refreshToken ? { refreshToken } : {}),
    people: asList(oa["people"]).map(parsePerson),
  };
}

function parsePerson(value: Json): KnownPerson {
  const person = asObject(value);
  const at = person["lastWroteAt"];
  const phone = asText(person["phone"]);
  return {
    userId: need(person, "userId"),
    name: need(person, "name"),
    ...(phone ? { phone } : {}),
    ...(typeof at === "number" ? { lastWroteAt: at } : {}),
  };
}

function need(from: Readonly<Record<string, unknown>>, key: string): string {
  const text = asText(from[key]);
  if (!text) throw new Error(`SIM_CONFIG: ${key} is missing`);
  return text;
}
