import { createHash } from "node:crypto";
import { asList, asObject, asText, isObject, type Json, type JsonObject } from "../kit/json.ts";

/** Somebody whom the reader can play, with their address on each channel. */
export interface Played {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

export interface PlayedChannel {
  readonly channel: string;
  /** The simulator's own page. */
  readonly url: string;
}

/** The site's call button: who serves its script, what it calls, and with what the site says who its visitor is. */
export interface PlayedCalls {
  readonly gateway: string;
  readonly number: string;
  readonly siteSecret: string;
}

export interface Options {
  /** `null`: nobody can be called. */
  readonly calls: PlayedCalls | null;
  readonly channels: readonly PlayedChannel[];
  readonly people: readonly Played[];
}

/** A mobile number of nobody in particular, the same each time. */
function numberOf(name: string): string {
  const hash = createHash("sha256").update(name).digest();
  return `+849${String(hash.readUInt32BE(0) % 100_000_000).padStart(8, "0")}`;
}

/** "Phạm Thị Mai" becomes pham.thi.mai@khach.test. */
function addressOf(name: string): string {
  const plain = name.replace(/đ/gi, "d").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return `${plain.match(/[a-z0-9]+/g)?.join(".") ?? "khach"}@khach.test`;
}

const callsOf = (calls: JsonObject): PlayedCalls => ({
  gateway: asText(calls["gateway"]) ?? "",
  number: asText(calls["number"]) ?? "",
  siteSecret: asText(calls["siteSecret"]) ?? "",
});

/** What a configuration names; an address that it leaves out is made from the name. */
export function parseOptions(value: Json | undefined): Options {
  if (!isObject(value)) throw new Error("SIM_CONFIG must be a JSON object of channels and people");
  return {
    calls: isObject(value["calls"]) ? callsOf(value["calls"]) : null,
    channels: Object.entries(asObject(value["channels"])).map(([channel, url]) => ({
      channel,
      url: asText(url) ?? "",
    })),
    people: asList(value["people"]).map((one) => {
      const person = asObject(one);
      const name = asText(person["name"]) ?? "";
      return {
        name,
        phone: asText(person["phone"]) ?? numberOf(name),
        email: asText(person["email"]) ?? addressOf(name),
      };
    }),
  };
}
