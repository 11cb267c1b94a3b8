import { seededRandom } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { limits, SipError } from "../message/index.ts";
import { requestText } from "../testing/requests.ts";
import { createFramer } from "./framer.ts";

const read = (framer: ReturnType<typeof createFramer>, chunk: Buffer): string[] =>
  [...framer.frames(chunk)].map((f) => (f.kind === "ping" ? "ping" : f.bytes.toString("utf8")));

test("messages, empty lines and pings come out the same however the stream is cut", () => {
  const random = seededRandom(18);
  const messages = Array.from({ length: 30 }, (_, i) => requestText("INFO", { body: "ằ\r\n\r\n".repeat(i) }));
  const expected = messages.flatMap((m, i) => (i % 3 === 0 ? ["ping", m] : [m]));
  const stream = Buffer.from(expected.map((m) => (m === "ping" ? "\r\n\r\n" : m)).join(""));
  for (let round = 0; round < 30; round++) {
    const framer = createFramer();
    const got: string[] = [];
    for (let at = 0; at < stream.length; ) {
      const size = 1 + Math.floor(random() * (round < 5 ? 3 : 900));
      got.push(...read(framer, stream.subarray(at, at + size)));
      at += size;
    }
    expect(got).toEqual(expected);
    expect(framer.partial).toBe(false);
  }
});

test.for([
  ["no Content-Length", requestText("INFO").replace("Content-Length: 0\r\n", "")],
  ["two Content-Lengths", requestText("INFO", { headers: ["l: 5"] })],
  ["a negative one", requestText("INFO").replace("Content-Length: 0", "Content-Length: -1")],
  [
    "a body that is too large",
    requestText("INFO").replace("Content-Length: 0", `Content-Length: ${limits.message}`),
  ],
  ["a head that does not end", "x".repeat(limits.head + 1)],
] as const)("a stream with %s cannot be cut", ([, text]) => {
  expect(() => read(createFramer(), Buffer.from(text))).toThrow(SipError);
});

test("a message that is not whole is known as one", () => {
  const framer = createFramer();
  read(framer, Buffer.from("INVITE"));
  expect(framer.partial).toBe(true);
});
