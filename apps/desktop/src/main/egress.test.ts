import { expect, test } from "vitest";
import { mayDownload, mayRequest } from "./egress.ts";

const peers = { ownOrigin: "app://tongdai", gatewayOrigin: "https://cc.example.vn" };

test.each([
  "app://tongdai/assets/a.js",
  "https://cc.example.vn/api/v1/me",
  "wss://cc.example.vn/socket.io/?EIO=4",
  "wss://cc.example.vn:8443/sip",
  "blob:app://tongdai/1",
  "data:image/png;base64,AA==",
])("goes out: %s", (url) => expect(mayRequest(url, peers)).toBe(true));

test.each([
  "https://evil.test/collect",
  "https://cc.example.vn.evil.test/",
  "https://cc.example.vn:8443/",
  "https://cc.example.vn@evil.test/",
  "http://cc.example.vn/",
  "ws://cc.example.vn/socket.io/",
  "wss://evil.test:8443/sip",
  "file:///etc/passwd",
  "blob:https://evil.test/1",
  "chrome-extension://abc/x.js",
  "devtools://devtools/x",
  "ftp://cc.example.vn/",
  "nonsense",
])("is held back: %s", (url) => expect(mayRequest(url, peers)).toBe(false));

test("a gateway on this machine speaks http and ws", () => {
  const local = { ownOrigin: "app://tongdai", gatewayOrigin: "http://127.0.0.1:4000" };
  expect(mayRequest("http://127.0.0.1:4000/api", local)).toBe(true);
  expect(mayRequest("ws://127.0.0.1:4000/socket.io/", local)).toBe(true);
  expect(mayRequest("ws://127.0.0.1:5066/sip", local)).toBe(true);
  expect(mayRequest("http://127.0.0.1:631/", local)).toBe(false);
});

test("files come from the page itself or from the gateway", () => {
  expect(mayDownload("blob:app://tongdai/1", peers)).toBe(true);
  expect(mayDownload("https://cc.example.vn/api/v1/media/1", peers)).toBe(true);
  for (const url of [
    "https://evil.test/a.exe",
    "data:text/html,x",
    "file:///etc/passwd",
    "app://tongdai/index.html",
  ])
    expect([url, mayDownload(url, peers)]).toEqual([url, false]);
});
