import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { requireFreePorts } from "./ports.ts";

test("a taken port is named with the command that takes another", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const wanted = [{ port, usedFor: "the gateway", otherwise: "npm start -- --port" }];
  await expect(requireFreePorts(wanted)).rejects.toThrow(
    `Port ${port}, for the gateway, is taken: Tongdai runs already or another program uses it. Stop that, or choose another port: npm start -- --port ${port + 100}`,
  );
  server.close();
  await once(server, "close");
  await expect(requireFreePorts(wanted)).resolves.toBeUndefined();
});
