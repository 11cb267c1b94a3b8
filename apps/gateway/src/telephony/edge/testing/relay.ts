import type { MediaRelay } from "../b2bua/index.ts";

/** A relay that puts its own name in the place of a description's owner, and tells what it did. */
export function fakeRelay() {
  const did: string[] = [];
  const open = new Set<string>();
  let works = true;
  const relay: MediaRelay = {
    get up() {
      return works;
    },
    async carry({ talk, step, reader, sdp }) {
      did.push(`${step} for ${reader}`);
      if (!works) throw new Error("it does not answer");
      open.add(talk);
      return sdp.replace(/^o=(\S+)/m, "o=$1-relayed");
    },
    release: (talk) => void open.delete(talk),
  };
  return {
    relay,
    did,
    /** Talks that it holds ports for. */
    open,
    worksIs(is: boolean) {
      works = is;
    },
    /** Resolves when what it was asked has been passed on. */
    done: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}
