import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diskMedia } from "./disk.ts";
import { guardedFetch } from "./fetch-media.ts";
import type { Resolve } from "./guarded-request.ts";
import type { MediaStore } from "./media-store.ts";
import { isPublicAddress } from "./public-address.ts";

const limits = { maxBytes: 10_000, timeoutMs: 5_000 };
const noName: Resolve = () => Promise.reject(Object.assign(new Error("no name"), { code: "ENOTFOUND" }));

let dir: string;
let media: MediaStore;
let server: Server;
let answer: RequestListener;
let seen: IncomingMessage[];
let origin: string;
let host: string;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tongdai-media-"));
  media = await diskMedia(dir);
  seen = [];
  server = createServer((req, res) => {
    seen.push(req);
    answer(req, res);
  });
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = `http://${host}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((down) => server.close(down));
  rmSync(dir, { recursive: true, force: true });
});

/** A fetcher that may reach the test's own server, and nothing else that is private. */
const fetcher = (resolve: Resolve = noName) => guardedFetch({ media, allow: [host], resolve });
const failure = (pending: Promise<unknown>): Promise<unknown> =>
  pending.then(
    () => "none",
    (e: unknown) => (e as { details?: { failure?: string } }).details?.failure ?? e,
  );
const send =
  (status: number, headers: Record<string, string> = {}, body = ""): RequestListener =>
  (_req: IncomingMessage, res: ServerResponse) =>
    void res.writeHead(status, headers).end(body);
const leftovers = () => readdirSync(join(dir, "incoming"));

test("what is fetched is kept under its hash, its type found in the bytes", async () => {
  answer = send(200, { "content-type": "text/html" }, "%PDF-1.7\n");
  const stored = await fetcher()(`${origin}/a.png`, limits);
  expect(stored).toMatchObject({ mime: "application/pdf", kind: "file", size: 9 });
  expect((await media.read(stored.hash)).toString()).toBe("%PDF-1.7\n");
});

test("nothing that could identify us or sign us in is sent along", async () => {
  answer = send(200, {}, "x");
  await fetcher()(`${origin}/a?b=c#d`, limits);
  expect(seen[0]?.url).toBe("/a?b=c");
  expect(Object.keys(seen[0]?.headers ?? {}).toSorted()).toEqual([
    "accept",
    "accept-encoding",
    "connection",
    "host",
    "user-agent",
  ]);
});

test.each([404, 403, 500, 204, 206, 304])("an answer of %i is a failure that says so", async (status) => {
  answer = send(status);
  expect(await failure(fetcher()(origin, limits))).toBe(`http_${status}`);
});

test("a redirect to cloud metadata, a private network or another protocol is refused", async () => {
  for (const location of [
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://user:pass@example.com/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "https://[::ffff:127.0.0.1]/",
    "//localhost./",
  ]) {
    answer = send(302, { location });
    const resolve: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
    expect([location, await failure(fetcher(resolve)(origin, limits))]).toEqual([
      location,
      "refused_address",
    ]);
  }
});

test("redirects are followed three times, looked at each time, and no more", async () => {
  answer = (req, res) => {
    const n = Number(req.url?.slice(1));
    if (n === 0) res.end("there");
    else res.writeHead(302, { location: `/${n - 1}` }).end();
  };
  expect(await fetcher()(`${origin}/3`, limits)).toMatchObject({ size: 5 });
  expect(await failure(fetcher()(`${origin}/4`, limits))).toBe("redirects");
});

test("a file that says it is too large is not read, one that does not say is cut off", async () => {
  answer = send(200, { "content-length": "200000000" });
  expect(await failure(fetcher()(origin, limits))).toBe("too_large");
  let written = 0;
  answer = (_req, res) => {
    const more = () => {
      while (!res.destroyed && res.write(Buffer.alloc(1_000))) written += 1_000;
      if (!res.destroyed) res.once("drain", more);
    };
    more();
  };
  expect(await failure(fetcher()(origin, limits))).toBe("too_large");
  expect(written).toBeLessThan(50_000_000);
  expect(leftovers()).toEqual([]);
});

test("a body that never ends, and a host that never answers, run out of time", async () => {
  answer = (_req, res) => void res.writeHead(200).write("a");
  expect(await failure(fetcher()(origin, { ...limits, timeoutMs: 50 }))).toBe("timeout");
  answer = () => {};
  expect(await failure(fetcher()(origin, { ...limits, timeoutMs: 50 }))).toBe("timeout");
  const never: Resolve = () => new Promise(() => {});
  expect(await failure(fetcher(never)("https://example.com/", { ...limits, timeoutMs: 50 }))).toBe("timeout");
  expect(leftovers()).toEqual([]);
});

test("a host that hangs up, or has no name, is unreachable", async () => {
  answer = (req) => void req.socket.destroy();
  expect(await failure(fetcher()(origin, limits))).toBe("unreachable");
  answer = (_req, res) => {
    res.writeHead(200, { "content-length": "100" }).write("half");
    res.socket?.end();
  };
  expect(await failure(fetcher()(origin, limits))).toBe("unreachable");
  expect(await failure(fetcher()("https://no-such-name.example/", limits))).toBe("unreachable");
  expect(leftovers()).toEqual([]);
});

test("a name is resolved once, and the connection goes to what was looked at", async () => {
  answer = send(200, {}, "x");
  const port = host.split(":")[1];
  let asked = 0;
  const rebinding: Resolve = async () => {
    asked++;
    return [{ address: asked === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }];
  };
  const fetchMedia = guardedFetch({ media, allow: [`rebind.example:${port}`], resolve: rebinding });
  expect(await fetchMedia(`http://rebind.example:${port}/`, limits)).toMatchObject({ size: 1 });
  expect(asked).toBe(1);
  expect(seen[0]?.headers.host).toBe(`rebind.example:${port}`);
});

test("a name with one private address among public ones is refused", async () => {
  const mixed: Resolve = async () => [
    { address: "2001:4860:4860::8888", family: 6 },
    { address: "10.0.0.5", family: 4 },
  ];
  expect(await failure(fetcher(mixed)("https://mixed.example/", limits))).toBe("refused_address");
});

test("the allowed host is allowed with its port only", async () => {
  answer = send(200, {}, "x");
  const other = Number(host.split(":")[1]) === 65_535 ? 65_534 : Number(host.split(":")[1]) + 1;
  expect(await failure(fetcher()(`http://127.0.0.1:${other}/`, limits))).toBe("refused_address");
  expect(await failure(guardedFetch({ media, allow: [], resolve: noName })(origin, limits))).toBe(
    "refused_address",
  );
  expect(seen).toEqual([]);
});

describe("addresses in disguise", () => {
  test.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://0x7f.1/",
    "https://127.1/",
    "https://0/",
    "https://0.0.0.0/",
    "https://169.254.169.254/",
    "https://100.64.0.1/",
    "https://192.168.1.1/",
    "https://172.31.255.255/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://192.0.2.1/",
    "https://198.18.0.1/",
    "https://[::]/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fc00::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://①②⑦.⓪.⓪.①/",
    "http://example.com/",
    "ftp://example.com/",
    "data:text/plain,x",
    "javascript:alert(1)",
    "https://user@example.com/",
    "https://",
    "",
    "no address",
  ])("%s is refused", async (url) => {
    expect(await failure(fetcher()(url, limits))).toBe("refused_address");
  });

  test.each([
    "1.1.1.1",
    "203.162.4.191",
    "2001:4860:4860::8888",
    "::ffff:1.1.1.1",
    "2a03:2880:f12f:83:face:b00c:0:25de",
  ])("%s is public", (address) => expect(isPublicAddress(address)).toBe(true));
});
