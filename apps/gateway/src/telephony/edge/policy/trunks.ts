import { BlockList, isIPv6 } from "node:net";

/** A carrier or a PBX that sends us calls. */
export interface Trunk {
  readonly id: string;
  /** Addresses and networks (`203.0.113.0/28`) that its calls come from without a password. */
  readonly addresses: readonly string[];
  /** The user that it registers with us as, and whose password its calls carry. */
  readonly user?: string;
}

/** Knows trunks by where they call from. @throws when an address cannot be read */
export function createTrunks(trunks: readonly Trunk[]) {
  const known = trunks.map((trunk) => ({ trunk, list: listOf(trunk.addresses) }));
  return {
    at(address: string): Trunk | undefined {
      // IPv4 that comes by a socket for both kinds.
      const bare = address.replace(/^::ffff:(?=[0-9.]+$)/, "");
      return known.find(({ list }) => list.check(bare, family(bare)))?.trunk;
    },
    of: (user: string): Trunk | undefined => trunks.find((trunk) => trunk.user === user),
  };
}

function listOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of addresses) {
    const [address = "", bits] = text.split("/");
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return list;
}

const family = (address: string): "ipv4" | "ipv6" => (isIPv6(address) ? "ipv6" : "ipv4");

export type Trunks = ReturnType<typeof createTrunks>;
