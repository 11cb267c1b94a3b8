import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { fakeClock } from "@tongdai/shared/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { answer, parseMessage, serialise } from "../message/index.ts";
import { requestText } from "../testing/requests.ts";
import { createBans, createGate, listenStream, listenWebSocket } from "./index.ts";

/** The certificate is made on the spot: one that is kept runs out. */
const openssl = (() => {
  try {
    return execFileSync("openssl", ["version"]).length > 0;
  } catch {
    return false;
  }
})();

describe.skipIf(!openssl)("when given certificates", () => {
  let tls: { cert: Buffer; key: Buffer };
  let dir = "";
  const undo: (() => unknown)[] = [];

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "edge-tls-"));
    const [key, cert] = [join(dir, "key.pem"), join(dir, "cert.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
    const kind = [
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
    ];
    execFileSync("openssl", ["req", ...kind, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
    tls = { key: readFileSync(key), cert: readFileSync(cert) };
  });
  afterAll(() => rmSync(dir, { recursive: true }));
  afterEach(async () => {
    for (const f of undo.splice(0).reverse()) await f();
  });

  const clock = fakeClock();
  const gate = () =>
    createGate({
      bans: createBans(clock, { strikes: 9, duration: 1 }),
      report: () => {},
      receiver: {
        message(message, flow) {
          const reason = flow.transport;
          if (message.kind === "request") flow.send(serialise(answer(message, 200, { reason })));
        },
        closed: () => {},
      },
    });

  test("the edge speaks TLS, and hangs up on who does not", async () => {
    const listener = await listenStream({ host: "127.0.0.1", port: 0, clock, tls }, gate());
    undo.push(() => listener.close());
    const socket = connect({ port: listener.port, host: "127.0.0.1", ca: tls.cert });
    undo.push(() => socket.destroy());
    await once(socket, "secureConnect");
    socket.write(requestText("OPTIONS"));
    expect(parseMessage(((await once(socket, "data")) as [Buffer])[0])).toMatchObject({
      status: 200,
      reason: "TLS",
    });
    const plain = connectTcp(listener.port, "127.0.0.1");
    plain.on("error", () => {});
    plain.write(requestText("OPTIONS"));
    await once(plain, "close");
    expect(listener.connections).toBe(1);
  });

  test("the edge speaks WSS on a server of HTTPS", async () => {
    const server = createServer(tls);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const options = { server, path: "/sip", secure: true, sentBy: "tongdai", clock, allowOrigin: () => true };
    const listener = listenWebSocket(options, gate());
    undo.push(
      () => server.close(),
      () => listener.close(),
    );
    const ws = new WebSocket(`wss://127.0.0.1:${port}/sip`, ["sip"], { ca: tls.cert, origin: "https://a" });
    undo.push(() => ws.terminate());
    await once(ws, "open");
    ws.send(requestText("OPTIONS"));
    expect(parseMessage(((await once(ws, "message")) as [Buffer])[0])).toMatchObject({ reason: "WSS" });
  });
});
