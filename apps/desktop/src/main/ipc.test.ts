import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { freshMachine, startDesk } from "../../test/fakes/desk.ts";
import { type Frame, handlers, ipcRenderer, outside, wire } from "../../test/fakes/electron.ts";
import { type CallName, callChannel, calls } from "../ipc-contract.ts";
import { emit } from "./ipc.ts";

beforeEach(freshMachine);

const id = "0193e2a4-7d1c-7b6e-9f00-5a2b3c4d5e6f";
const good: Record<CallName, unknown[]> = {
  info: [],
  getSettings: [],
  setGatewayUrl: ["http://127.0.0.1:4000"],
  getToken: [],
  setToken: ["secret"],
  clearToken: [],
  notify: [{ title: "Lan", body: "Chào", conversationId: id }],
  setBadge: [3],
  flashFrame: [true],
  openExternal: ["https://example.vn/"],
  download: [{ url: "blob:app://tongdai/1", name: "a.pdf" }],
};
const names = Object.keys(good) as CallName[];
const invoke = (name: CallName, args: unknown[]) => ipcRenderer.invoke(callChannel(name), ...args);

test("main answers the calls of the contract and no others", async () => {
  await startDesk();
  expect([...handlers.keys()].sort()).toEqual(names.map(callChannel).sort());
  expect(Object.keys(calls).sort()).toEqual([...names].sort());
});

test.each(names)("%s answers our page in the agreed shape", async (name) => {
  await startDesk();
  expect(calls[name].response.safeParse(await invoke(name, good[name])).success).toBe(true);
});

const strangers: Array<[string, Frame | null]> = [
  ["another site", { url: "https://evil.test/", parent: null }],
  ["a look-alike", { url: "app://tongdai.evil.test/", parent: null }],
  ["a name before an @", { url: "app://tongdai@evil/", parent: null }],
  ["a file", { url: "file:///tmp/x.html", parent: null }],
  ["a frame with our address", { url: "app://tongdai/", parent: { url: "app://tongdai/", parent: null } }],
  ["a mail's frame", { url: "about:srcdoc", parent: { url: "app://tongdai/", parent: null } }],
  ["a blob of ours", { url: "blob:app://tongdai/1", parent: null }],
  ["a frame that is gone", null],
];

test.each(strangers)("nothing is answered to %s", async (_who, frame) => {
  await startDesk();
  wire.frame = frame;
  for (const name of names) await expect(invoke(name, good[name])).rejects.toThrow("foreign sender");
  expect(outside.opened).toEqual([]);
  wire.frame = { url: "app://tongdai/", parent: null };
  expect(await invoke("getToken", [])).toBeNull();
});

test.each(names)("%s refuses one argument too many", async (name) => {
  await startDesk();
  await expect(invoke(name, [...good[name], "more"])).rejects.toThrow("malformed arguments");
});

const malformed: Array<[CallName, unknown[]]> = [
  ["setBadge", []],
  ["setBadge", ["3"]],
  ["setBadge", [-1]],
  ["setBadge", [1.5]],
  ["setBadge", [Number.NaN]],
  ["flashFrame", ["true"]],
  ["setToken", [""]],
  ["setToken", [{ toString: "secret" }]],
  ["setToken", ["x".repeat(5000)]],
  ["openExternal", [["https://example.vn/"]]],
  ["openExternal", [`https://example.vn/${"x".repeat(3000)}`]],
  ["setGatewayUrl", [null]],
  ["notify", [{ title: "a", body: "b", conversationId: "1" }]],
  ["notify", [{ title: "a", body: "b", icon: "file:///etc/passwd" }]],
  ["notify", [{ title: "", body: "b" }]],
  ["download", [{ url: "blob:app://tongdai/1" }]],
  ["download", ["blob:app://tongdai/1", "a.pdf"]],
];

test.each(malformed)("%s refuses %j", async (name, args) => {
  await startDesk();
  await expect(invoke(name, args)).rejects.toThrow("malformed arguments");
});

test("a failure tells the page nothing about the machine", async () => {
  const { dir } = await startDesk();
  mkdirSync(join(dir, "session.bin.next"));
  const error: unknown = await invoke("setToken", ["secret"]).catch((reason: unknown) => reason);
  expect(String(error)).toContain("setToken: failed");
  expect(String(error)).not.toContain(dir);
});

test("what was refused is not in the log", async () => {
  await startDesk();
  await expect(invoke("setToken", ["secret-1", "secret-2"])).rejects.toThrow("malformed");
  expect(vi.mocked(console.error).mock.calls).toEqual([
    ["tongdai desktop: setToken refused: malformed arguments"],
  ]);
});

test("an event that breaks the contract is not sent", async () => {
  const { window } = await startDesk();
  const contents = window.webContents as never;
  expect(() => emit(contents, "findNumber", "**21*0901234567#")).toThrow();
  expect(() => emit(contents, "openConversation", "javascript:alert(1)")).toThrow();
  expect(() => emit(contents, "findNumber", "0901234567")).not.toThrow();
});

test("ipcMain and ipcRenderer have one user each, openExternal and the contract no other import", () => {
  const source = join(import.meta.dirname, "..");
  const files = ["main", "preload"].flatMap((folder) =>
    readdirSync(join(source, folder))
      .filter((file) => !file.endsWith(".test.ts"))
      .map((file) => `${folder}/${file}`),
  );
  const using = (pattern: RegExp) =>
    files.filter((file) => pattern.test(readFileSync(join(source, file), "utf8")));
  expect(using(/\bipcMain\b/)).toEqual(["main/ipc.ts"]);
  expect(using(/\bipcRenderer\b/)).toEqual(["preload/index.ts"]);
  expect(using(/\bshell\b.*from "electron"/)).toEqual(["main/open-external.ts"]);
  const contract = readFileSync(join(source, "ipc-contract.ts"), "utf8");
  expect([...contract.matchAll(/from "([^"]+)"/g)].map((match) => match[1])).toEqual(["zod"]);
});
