import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { _electron, type Browser, chromium, type ElectronApplication, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/**
 * The shell inside Electron, where there is one (on a display-less machine: `xvfb-run -a npm run test:e2e`),
 * and its content security policy in Chromium, which is the same engine.
 */
const desktop = join(import.meta.dirname, "../../apps/desktop");

/** The binary, if it is here. Never require("electron"): that downloads it. */
function electronBinary(): string | undefined {
  if (process.env["ELECTRON_BINARY"]) return process.env["ELECTRON_BINARY"];
  const names: Record<string, string> = {
    linux: "electron",
    darwin: "Electron.app/Contents/MacOS/Electron",
    win32: "electron.exe",
  };
  const manifest = createRequire(join(desktop, "package.json")).resolve("electron/package.json");
  const executable = join(dirname(manifest), "dist", names[process.platform] ?? "electron");
  return existsSync(executable) ? executable : undefined;
}

const binary = electronBinary();
if (!binary && process.env["REQUIRE_ELECTRON"] === "1")
  throw new Error(
    "REQUIRE_ELECTRON=1 but there is no Electron binary: npx install-electron, or set ELECTRON_BINARY",
  );

describe.skipIf(!binary)("the shell in Electron", () => {
  let userData = "";
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    if (!existsSync(join(desktop, "dist/main/index.js"))) throw new Error("npm run build first");
    userData = await mkdtemp(join(tmpdir(), "tongdai-electron-"));
    // Chromium refuses to run its own sandbox as root, as in many containers.
    const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    app = await _electron.launch({
      executablePath: binary ?? "",
      args: [desktop, `--user-data-dir=${userData}`, ...root],
    });
    page = await app.firstWindow();
    await page.waitForLoadState("load");
  });
  afterAll(async () => {
    await app?.close();
    if (userData) await rm(userData, { recursive: true, force: true });
  });

  test("the page is ours and has no Node", async () => {
    expect(page.url()).toBe("app://tongdai/");
    expect(await page.evaluate("[typeof process, typeof require, typeof module, location.origin]")).toEqual([
      "undefined",
      "undefined",
      "undefined",
      "app://tongdai",
    ]);
  });

  test("the window is sandboxed and isolated", async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
        contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test("the bridge answers, refuses and is frozen", async () => {
    expect(await page.evaluate("desktop.getSettings()")).toMatchObject({ source: "default" });
    expect(await page.evaluate("desktop.setBadge('3').catch((e) => String(e))")).toContain(
      "malformed arguments",
    );
    expect(await page.evaluate("desktop.openExternal('file:///etc/passwd')")).toEqual({ opened: false });
    expect(await page.evaluate("Object.isFrozen(desktop)")).toBe(true);
  });

  test("navigation, windows, foreign fetches and eval lead nowhere", async () => {
    for (const url of ["https://example.invalid/", "file:///etc/passwd", "javascript:document.title='gone'"])
      await page.evaluate(`location.href = ${JSON.stringify(url)}; undefined`).catch(() => {});
    expect(await page.evaluate("String(window.open('about:blank'))")).toBe("null");
    expect(await page.evaluate("window.open('javascript:alert(1)')")).toBeNull();
    expect(await page.evaluate("fetch('https://example.invalid/').catch(() => 'blocked')")).toBe("blocked");
    expect(await page.evaluate("fetch('app://tongdai/..%2f..%2fpackage.json').then((r) => r.status)")).toBe(
      404,
    );
    expect(page.url()).toBe("app://tongdai/");
    expect(app.windows()).toHaveLength(1);
  });

  test("a written frame is shown, cannot leave and gets no bridge", async () => {
    const shown = await page.evaluate(`new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.srcdoc = "<p>mail</p><a href='https://example.invalid/'>x</a>";
      frame.onload = () => done([frame.contentDocument.body.textContent, typeof frame.contentWindow.desktop]);
      document.body.append(frame);
    })`);
    expect(shown).toEqual(["mailx", "undefined"]);
    await page.frameLocator("iframe").last().locator("a").click();
    expect(page.frames().map((frame) => frame.url())).not.toContain("https://example.invalid/");
  });

  test("permissions other than the headset and notifications are denied", async () => {
    const state = (name: string) =>
      page.evaluate(`navigator.permissions.query({ name: "${name}" }).then((status) => status.state)`);
    expect(await state("geolocation")).toBe("denied");
    expect(await state("notifications")).toBe("granted");
  });
});

interface Policy {
  contentSecurityPolicy(gatewayOrigin: string): string;
}
interface RendererFile {
  contentTypeOf(path: string): string;
}

describe("the page's policy in a real browser engine", () => {
  const servers: Server[] = [];
  const reached: string[] = [];
  let browser: Browser;
  let page: Page;
  let gateway = "";
  let stranger = "";

  async function listen(handler: RequestListener): Promise<string> {
    const server = createServer(handler);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  beforeAll(async () => {
    const root = join(desktop, "dist/renderer");
    if (!existsSync(join(root, "index.html"))) throw new Error("npm run build first");
    const { contentSecurityPolicy } = (await import(
      join(desktop, "src/main/content-security-policy.ts")
    )) as Policy;
    const { contentTypeOf } = (await import(join(desktop, "src/main/renderer-file.ts"))) as RendererFile;
    const record =
      (who: string): RequestListener =>
      (request, response) => {
        reached.push(`${who} ${request.url}`);
        response.setHeader("access-control-allow-origin", "*").end("{}");
      };
    gateway = await listen(record("gateway"));
    // Another name for this machine: the policy lets sockets, not fetches, go to other ports of the gateway.
    stranger = (await listen(record("stranger"))).replace("127.0.0.1", "localhost");
    const client = await listen((request, response) => {
      const path = join(root, request.url === "/" ? "index.html" : decodeURIComponent(request.url ?? ""));
      readFile(path).then(
        (bytes) =>
          response
            .setHeader("content-security-policy", contentSecurityPolicy(gateway))
            .setHeader("content-type", contentTypeOf(path))
            .end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    browser = await chromium.launch({
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });
    page = await browser.newPage();
    await page.addInitScript(`
      globalThis.violations = [];
      addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI));
    `);
    await page.goto(client);
    await page.waitForLoadState("load");
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
  });

  const refusals = (directive: string): Promise<string[]> =>
    page.evaluate(`violations.filter((v) => v.startsWith(${JSON.stringify(directive)}))`);
  const load = (tag: string, url: string): Promise<unknown> =>
    page.evaluate(`new Promise((done) => {
      const element = Object.assign(document.createElement("${tag}"), { src: ${JSON.stringify(url)} });
      element.onload = element.onerror = (e) => done(e.type);
      document.body.append(element);
      setTimeout(done, 500, "nothing");
    })`);

  test("the built page itself breaks none of it", async () => {
    expect(await refusals("")).toEqual([]);
  });

  test("it reaches the gateway and nobody else", async () => {
    expect(await page.evaluate(`fetch("${gateway}/api").then((r) => r.status)`)).toBe(200);
    expect(await page.evaluate(`fetch("${stranger}/api").catch(() => "blocked")`)).toBe("blocked");
    expect(await page.evaluate(`navigator.sendBeacon("${stranger}/beacon", "x"), 0`)).toBe(0);
    expect(await load("img", `${stranger}/pixel`)).toBe("error");
    expect(await load("script", `${gateway}/script`)).toBe("error");
    await load("iframe", `${stranger}/frame`);
    expect(reached).toContain("gateway /api");
    expect(reached.filter((line) => !line.startsWith("gateway /api"))).toEqual([]);
    expect(await refusals("frame-src")).toHaveLength(1);
  });

  test("no script but its own", async () => {
    await page.evaluate(`{
      const script = document.createElement("script");
      script.textContent = "globalThis.planted = 1";
      document.body.append(script);
      const image = document.createElement("div");
      image.innerHTML = "<img src=x: onerror='globalThis.planted = 2'>";
      document.body.append(image);
    }`);
    expect(await page.evaluate("typeof planted")).toBe("undefined");
    expect((await refusals("script-src")).length).toBeGreaterThan(0);
  });

  test("a written mail is shown and stays mute", async () => {
    const mail = `<p>mail</p><script>document.title='ran'</script><img src='${stranger}/tracker'>`;
    const shown = await page.evaluate(`new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.srcdoc = ${JSON.stringify(mail)};
      frame.onload = () => done([frame.contentDocument.body.innerText.trim(), frame.contentDocument.title]);
      document.body.append(frame);
    })`);
    expect(shown).toEqual(["mail", ""]);
    expect(reached.filter((line) => line.startsWith("stranger"))).toEqual([]);
  });
});
