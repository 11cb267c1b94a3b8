import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { readConfig } from "./config.ts";
import { challengeOf, grantByCode, permissionUrl } from "./oauth.ts";
import { type ApiStub, apiStub, keptTokens, stubConfig } from "./testing/api-stub.ts";
import { tokenSource } from "./tokens.ts";

const HOUR = 3_600_000;
let stub: ApiStub;
beforeEach(async () => {
  stub = await apiStub();
});
afterEach(() => stub.close());

const setUp = (kept: (now: number) => string | null, more: object = {}) => {
  const clock = fakeClock();
  const credentials = memoryCredentials(kept(clock.now()));
  const config = readConfig({ ...stubConfig, apiUrl: stub.url, oauthUrl: stub.url, ...more });
  const source = () => tokenSource(config, { fetch, clock, credentials });
  return { clock, credentials, source, config };
};

describe("the account's tokens", () => {
  it("serve as they are while they have more than five hours to live", async () => {
    const { source } = setUp(keptTokens);
    expect(await source().current()).toBe("token-1");
    expect(stub.requests).toHaveLength(0);
  });

  it("are renewed before they end, and what comes is kept before it is used", async () => {
    const { source, credentials, clock } = setUp((now) => keptTokens(now, { expiresAt: now + 4 * HOUR }));
    expect(await source().current()).toBe("token-2");
    expect(JSON.parse(credentials.kept() ?? "")).toEqual({
      accessToken: "token-2",
      refreshToken: "refresh-2",
      expiresAt: clock.now() + 25 * HOUR,
      refreshUntil: clock.now() + 89 * 24 * HOUR,
      pasted: null,
    });
  });

  it("are renewed once, whoever asks meanwhile", async () => {
    const { source } = setUp((now) => keptTokens(now, { expiresAt: now }));
    const [a, b] = [source(), source()];
    expect(await Promise.all([a.current(), b.current(), a.current()])).toEqual([
      "token-2",
      "token-2",
      "token-2",
    ]);
    expect(stub.door.grants).toBe(1);
  });

  it("that another process has renewed are taken from it, and the vendor is not asked", async () => {
    const { source, credentials, clock } = setUp(keptTokens);
    const here = source();
    expect(await here.current()).toBe("token-1");
    credentials.set(keptTokens(clock.now(), { accessToken: "token-9" }));
    expect(await here.instead("token-1")).toBe("token-9");
    expect(stub.requests).toHaveLength(0);
  });

  it("that still live serve on while the vendor's door is shut", async () => {
    const { source } = setUp((now) => keptTokens(now, { expiresAt: now + HOUR }));
    stub.reply({ html: "<h1>503</h1>", status: 503 });
    expect(await source().current()).toBe("token-1");
  });

  it("that the vendor will not renew ask for a person, and what was kept stays", async () => {
    const { source, credentials } = setUp((now) =>
      keptTokens(now, { expiresAt: now, refreshToken: "used up" }),
    );
    await expect(source().current()).rejects.toMatchObject({
      code: "channel_paused",
      details: { state: "login_needed" },
      message: "Zalo gives no token: Invalid refresh token, -14014",
    });
    expect(credentials.kept()).toContain("used up");
  });

  it("begin with a pasted one, and anew with another pasted one", async () => {
    const first = setUp(() => null, { refreshToken: "refresh-1" });
    expect(await first.source().current()).toBe("token-2");
    expect(await first.source().current()).toBe("token-2");
    stub.door.refreshToken = "refresh-again";
    const config = readConfig({ ...first.config, refreshToken: "refresh-again" });
    const again = tokenSource(config, { fetch, clock: first.clock, credentials: first.credentials });
    expect(await again.current()).toBe("token-3");
    expect(stub.door.grants).toBe(2);
  });

  it("of an account that nobody has connected are asked for from a person", async () => {
    const { source } = setUp(() => null);
    await expect(source().current()).rejects.toMatchObject({ code: "channel_paused" });
    expect(stub.requests).toHaveLength(0);
  });
});

describe("the permission page", () => {
  it("gets the challenge of our verifier", () => {
    expect(challengeOf("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ")).toBe(
      "RqIZl4LIgn8KxW9QO-nTnv7pf0CnNrksx9fF-CXP2FE",
    );
    const url = new URL(
      permissionUrl(readConfig(stubConfig), {
        redirectUri: "https://gw.example.vn/connect/zalo",
        verifier: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
        state: "s1",
      }),
    );
    expect(url.origin + url.pathname).toBe("https://oauth.zaloapp.com/v4/oa/permission");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_id: stubConfig.appId,
      redirect_uri: "https://gw.example.vn/connect/zalo",
      code_challenge: "RqIZl4LIgn8KxW9QO-nTnv7pf0CnNrksx9fF-CXP2FE",
      state: "s1",
    });
  });

  it("gives a code that is exchanged for tokens once", async () => {
    const { config } = setUp(() => null);
    const grant = await grantByCode({ config, fetch }, { code: "code-1", verifier: "verifier" });
    expect(grant).toEqual({ accessToken: "token-2", refreshToken: "refresh-2", livesMs: 25 * HOUR });
    expect(stub.requests[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  it("tells no secret when the vendor refuses", async () => {
    const { config } = setUp(() => null);
    stub.reply({ json: { error: -14003, error_name: "Invalid code code-7 of app-secret" } });
    await expect(
      grantByCode({ config, fetch }, { code: "code-7", verifier: "verifier-7" }),
    ).rejects.toMatchObject({
      message: "Zalo gives no token: Invalid code *** of ***, -14003",
    });
  });
});
