import ipaddr from "ipaddr.js";

/** What limits count as one caller: one household has 2^64 addresses of the newer kind. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv6"
    ? `${parsed.toNormalizedString().split(":").slice(0, 4).join(":")}::`
    : parsed.toString();
}
