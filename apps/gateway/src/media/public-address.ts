import ipaddr from "ipaddr.js";

/** The part of IPv6 that is given out to the public; all older and special forms lie outside of it. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address belongs to the open internet: not loopback, private, link-local (cloud metadata), carrier-grade NAT,
 * multicast, reserved, nor an IPv6 form that carries an IPv4 address inside.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` turns ::ffff:127.0.0.1 into 127.0.0.1, which is where a connection to it would go.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || parsed.match(GLOBAL_V6);
}
