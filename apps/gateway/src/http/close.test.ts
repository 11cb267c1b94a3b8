import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { testHttp } from "../testing/test-http.ts";

test("a connection that was answering when the door closed is not waited for once it has answered", async () => {
  const { app, close } = await testHttp();
  onTestFinished(close);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const closed = once(app.server, "close");
  app.server.once("request", () => app.server.close());
  const [answer] = (await once(get({ host: "127.0.0.1", port, path: "/healthz", agent }), "response")) as [
    IncomingMessage,
  ];
  answer.resume();
  await closed;
  expect(answer.statusCode).toBe(200);
});
