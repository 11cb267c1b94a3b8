import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkedFetch } from "./checked-fetch.ts";

let server: Server;
let host: string;
let asked: string[];
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((down) => server.close(down));
});

const inside = async () => [{ address: "10.0.0.7", family: 4 }];

test.each([
  "https://169.254.169.254/latest/meta-data",
  "https://127.0.0.1:5432",
  "https://[::ffff:10.0.0.1]",
  "https://intern.example.vn",
  "http://graph.facebook.com",
  "https://a:b@graph.facebook.com",
])("%s is refused before anything is sent", async (url) => {
  const send = checkedFetch({ allow: [host], resolve: inside });
  await expect(send(url, { method: "POST", body: "x" })).rejects.toMatchObject({
    code: "forbidden",
    details: { failure: "refused_address" },
  });
});

test("what is allowed by name is asked, and no redirect is followed", async () => {
  const send = checkedFetch({ allow: [host] });
  expect((await send(`http://${host}/me`, { method: "POST" })).status).toBe(302);
  expect(asked).toEqual(["POST /me"]);
  await expect(checkedFetch({ allow: [] })(`http://${host}/me`)).rejects.toMatchObject({ code: "forbidden" });
  expect(asked).toHaveLength(1);
});
