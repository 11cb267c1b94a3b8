import { z } from "zod";
import { facts, Text } from "../kit/values.ts";
import { userOf, type ZaloEvent } from "./event.ts";
import type { Reader } from "./parse.ts";

/** Events without an id of their own are told apart by who and when. */
const momentKey = (event: ZaloEvent): string => `${event.userId ?? ""}:${event.at ?? ""}`;

const envelope = new Set([
  "app_id",
  "event_name",
  "timestamp",
  "oa_id",
  "user_id",
  "user_id_by_app",
  "sender",
  "recipient",
  "follower",
]);

/** A line in the customer's conversation. */
export const readNotice =
  (rules: { readonly name: string; readonly opensWindow: boolean }): Reader =>
  (event) => ({
    key: momentKey(event),
    event: {
      kind: "notice",
      from: userOf(event),
      name: rules.name,
      data: facts(event.raw, envelope),
      opensWindow: rules.opensWindow,
    },
  });

const Part = z
  .union([Text, z.number().transform(String)])
  .nullish()
  .catch(null);
const Address = z.object({ user_address: Part, user_ward: Part, user_city: Part }).nullish().catch(null);
const Info = z.looseObject({ full_address: Address, address: Part, ward: Part, district: Part, city: Part });

/** Name, telephone number and address that a customer has typed into the vendor's form; the address has two forms. */
export const readInfo: Reader = (event) => {
  const info = Info.parse(event.raw["info"]);
  const { full_address: full, address, ward, district, city, ...rest } = info;
  const places = full ? [full.user_address, full.user_ward, full.user_city] : [address, ward, district, city];
  const where = places.filter(Boolean).join(", ");
  return {
    key: momentKey(event),
    event: {
      kind: "notice",
      from: userOf(event),
      name: "contact_shared",
      data: { ...facts(rest), ...(where !== "" && { address: where }) },
      opensWindow: true,
    },
  };
};

/** Concerns the account, not a customer. */
export const accountEvent: Reader = (event) => ({
  key: momentKey(event),
  event: { kind: "account", name: event.name, data: facts(event.raw, envelope), health: null },
});
