import { beforeEach, expect, test } from "vitest";
import { fetchPage, freshMachine, startDesk } from "../../test/fakes/desk.ts";
import { app, defaultSession, outside, Preventable, privileged } from "../../test/fakes/electron.ts";

beforeEach(freshMachine);

test("the window is sandboxed, isolated and without Node", async () => {
  const { window } = await startDesk();
  expect(app.sandboxed).toBe(true);
  expect(window.options.webPreferences).toMatchObject({
    preload: "/opt/tongdai/preload.cjs",
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  });
  expect(window.options.webPreferences).not.toHaveProperty("enableBlinkFeatures");
  expect(window.loaded).toBe("app://tongdai/");
});

test("the developer tools are for developers", async () => {
  expect((await startDesk()).window.options.webPreferences?.devTools).toBe(true);
  freshMachine();
  app.isPackaged = true;
  expect((await startDesk()).window.options.webPreferences?.devTools).toBe(false);
});

test("the scheme is registered before ready and bypasses nothing", async () => {
  await startDesk();
  expect(privileged.map(({ scheme }) => scheme)).toEqual(["app"]);
  const privileges = privileged[0]?.privileges;
  expect(privileges).toMatchObject({ standard: true, secure: true });
  for (const name of ["bypassCSP", "allowServiceWorkers", "allowExtensions", "corsEnabled"])
    expect(privileges).not.toHaveProperty(name);
});

const events = ["will-navigate", "will-frame-navigate", "will-redirect"];
const attempts = [
  ["https://evil.test/", true],
  ["app://tongdai.evil.test/", true],
  ["javascript:alert(1)", true],
  ["file:///etc/passwd", true],
  ["data:text/html,x", true],
  ["mailto:lan@example.vn", false],
  ["tel:0901234567", false],
  ["ms-msdt:/id", false],
  ["https://evil.test/frame", false],
  ["app://tongdai/", false],
] as const;

test.each(events)("%s is refused on every foreign address", async (name) => {
  const { window } = await startDesk();
  for (const [url, isMainFrame] of attempts) {
    const event = Object.assign(new Preventable(), { url, isMainFrame });
    window.webContents.emit(name, event);
    expect([url, event.defaultPrevented]).toEqual([url, true]);
  }
  const own = Object.assign(new Preventable(), { url: "app://tongdai/", isMainFrame: true });
  window.webContents.emit(name, own);
  expect(own.defaultPrevented).toBe(false);
  expect(outside.opened).toEqual([]);
});

test("no second window, whatever it would show; a web link goes to the system's browser", async () => {
  const { window } = await startDesk();
  const open = (url: string) => window.webContents.openHandler?.({ url } as never);
  const urls = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "about:blank",
    "app://tongdai/",
    "blob:app://tongdai/1",
  ];
  for (const url of [...urls, "mailto:a@b.vn", "tel:113", "http://x.test/", "https:", "", "\u0000"])
    expect([url, open(url)]).toEqual([url, { action: "deny" }]);
  expect(outside.opened).toEqual([]);
  expect(open("https://example.vn/a")).toEqual({ action: "deny" });
  expect(outside.opened).toEqual(["https://example.vn/a"]);
});

test("no webview", async () => {
  const { window } = await startDesk();
  const event = new Preventable();
  window.webContents.emit("will-attach-webview", event, {}, {});
  expect(event.defaultPrevented).toBe(true);
});

test("a bad certificate is the end of it", async () => {
  await startDesk();
  const answers: boolean[] = [];
  const event = new Preventable();
  const answer = (trusted: boolean) => void answers.push(trusted);
  app.emit(
    "certificate-error",
    event,
    {},
    "https://cc.example.vn/",
    "net::ERR_CERT_AUTHORITY_INVALID",
    {},
    answer,
  );
  expect(answers).toEqual([false]);
  expect(event.defaultPrevented).toBe(true);
});

async function asks(permission: string, details: object): Promise<boolean> {
  return new Promise((done) => {
    defaultSession.permissionRequest?.({} as never, permission as never, done, details as never);
  });
}

test("permissions are asked of us: the headset and notifications, for our page alone", async () => {
  await startDesk();
  const own = { requestingUrl: "app://tongdai/", isMainFrame: true };
  expect(await asks("media", { ...own, mediaTypes: ["audio"] })).toBe(true);
  expect(await asks("notifications", own)).toBe(true);
  expect(await asks("media", { ...own, mediaTypes: ["audio", "video"] })).toBe(false);
  expect(await asks("media", { ...own, requestingUrl: "https://evil.test/", mediaTypes: ["audio"] })).toBe(
    false,
  );
  expect(await asks("media", { ...own, isMainFrame: false, mediaTypes: ["audio"] })).toBe(false);
  for (const name of [
    "geolocation",
    "openExternal",
    "display-capture",
    "clipboard-read",
    "fileSystem",
    "unknown",
  ])
    expect([name, await asks(name, own)]).toEqual([name, false]);
});

test("a silent permission check gets the same answer", async () => {
  await startDesk();
  const check = (permission: string, origin: string, details: object) =>
    defaultSession.permissionCheck?.(null, permission as never, origin, { isMainFrame: true, ...details });
  expect(check("media", "app://tongdai/", { mediaType: "audio" })).toBe(true);
  expect(check("media", "app://tongdai/", { mediaType: "video" })).toBe(false);
  expect(check("media", "app://tongdai/", { mediaType: "audio", securityOrigin: "https://evil.test/" })).toBe(
    false,
  );
  expect(check("notifications", "app://tongdai/", {})).toBe(true);
  expect(check("notifications", "https://evil.test/", {})).toBe(false);
  expect(check("hid", "app://tongdai/", {})).toBe(false);
});

test("no device and no screen is handed out", async () => {
  await startDesk();
  expect(defaultSession.devicePermission?.({ deviceType: "hid", origin: "app://tongdai" } as never)).toBe(
    false,
  );
  const streams: unknown[] = [];
  defaultSession.displayMedia?.({} as never, (given) => void streams.push(given));
  expect(streams).toEqual([{}]);
});

test("the page reaches its gateway and nobody else", async () => {
  app.isPackaged = true;
  await startDesk({ gatewayUrl: "https://cc.example.vn" });
  const cancelled = (url: string) => {
    let cancel: boolean | undefined;
    defaultSession.beforeRequest?.({ url } as never, (response) => {
      cancel = response.cancel;
    });
    return cancel;
  };
  for (const url of [
    "app://tongdai/index.html",
    "https://cc.example.vn/api/v1/me",
    "wss://cc.example.vn/socket.io/",
  ])
    expect([url, cancelled(url)]).toEqual([url, false]);
  for (const url of [
    "https://evil.test/",
    "http://cc.example.vn/",
    "file:///etc/passwd",
    "devtools://devtools/x",
  ])
    expect([url, cancelled(url)]).toEqual([url, true]);
});

test("a download that the page did not ask for is dropped, one that it did is used up", async () => {
  const { window, desktop } = await startDesk();
  const url = "blob:app://tongdai/0f3c";
  window.webContents.downloadURL(url);
  expect(window.webContents.downloads.at(-1)).toMatchObject({ cancelled: true });
  expect(await desktop.download({ url, name: "../hóa đơn.pdf" })).toEqual({ started: true });
  expect(window.webContents.downloads.at(-1)).toMatchObject({
    cancelled: false,
    dialog: { defaultPath: "_hóa đơn.pdf" },
  });
  window.webContents.downloadURL(url);
  expect(window.webContents.downloads.at(-1)).toMatchObject({ cancelled: true });
  expect(await desktop.download({ url: "https://evil.test/a.exe", name: "a" })).toEqual({ started: false });
});

test("the page is served with its policy, and nothing beside its folder", async () => {
  await startDesk({ gatewayUrl: "https://cc.example.vn" });
  const page = await fetchPage("app://tongdai/");
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("content-security-policy")).toContain(
    "connect-src 'self' blob: https://cc.example.vn wss:",
  );
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(await page.text()).toBe("<!doctype html>");
  const script = await fetchPage("app://tongdai/assets/app.js");
  expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  for (const url of [
    "app://tongdai/..%2fsecret.txt",
    "app://tongdai/assets",
    "app://evil/index.html",
    "app://tongdai/no",
  ])
    expect([url, (await fetchPage(url)).status]).toEqual([url, 404]);
  expect((await fetchPage("app://tongdai/", { method: "POST" })).status).toBe(405);
});
