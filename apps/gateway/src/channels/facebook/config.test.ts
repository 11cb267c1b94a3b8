import { AppError } from "@tongdai/shared";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { answerHandshake } from "./handshake.ts";
import { stubConfig } from "./testing/graph-stub.ts";

function wrongFields(config: unknown): string[] {
  try {
    readConfig(config);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return Object.keys(Object(error.details?.["fields"]));
  }
  return [];
}

describe("configuration", () => {
  it("fills in Graph's address and version", () => {
    expect(readConfig(stubConfig)).toEqual({
      ...stubConfig,
      graphUrl: "https://graph.facebook.com",
      graphVersion: "v25.0",
    });
  });

  it("forgives white space around what was pasted", () => {
    expect(readConfig({ ...stubConfig, pageToken: " access-token\n", pageId: "1 " })).toMatchObject(
      stubConfig,
    );
  });

  it.each([
    ["pageToken", "with a line\nend"],
    ["pageToken", "chữ"],
    ["pageId", "cua-hang"],
    ["pageId", 1],
    ["appId", "app"],
    ["graphVersion", "25"],
    ["graphUrl", "graph.facebook.com"],
    ["graphUrl", "ftp://graph.facebook.com"],
    ["graphUrl", "http://graph.facebook.com"],
    ["graphURL", "https://graph.facebook.com"],
  ])("names %s when it is %j", (field, value) => {
    expect(wrongFields({ ...stubConfig, [field]: value })).toEqual([field]);
  });

  it("names all that is wrong at once", () => {
    expect(wrongFields({ graphVersion: "x", other: 1 }).toSorted()).toEqual(
      ["appId", "appSecret", "graphVersion", "other", "pageId", "pageToken", "verifyToken"].toSorted(),
    );
  });

  it.each(["http://localhost:4010", "http://127.0.0.1:4010/", "http://[::1]:4010", "https://graph.example/"])(
    "takes %s for Graph",
    (graphUrl) => {
      expect(readConfig({ ...stubConfig, graphUrl }).graphUrl).toBe(graphUrl.replace(/\/$/, ""));
    },
  );
});

describe("handshake", () => {
  const good = { "hub.mode": "subscribe", "hub.verify_token": "verify-me", "hub.challenge": "1158201444" };
  const answer = (change: Record<string, string>) =>
    answerHandshake("verify-me", new URLSearchParams({ ...good, ...change }));

  it("answers with the challenge alone", () => {
    expect(answer({})).toBe("1158201444");
  });

  it.each([
    { "hub.verify_token": "verify-you" },
    { "hub.verify_token": "" },
    { "hub.verify_token": "verify-me " },
    { "hub.mode": "unsubscribe" },
    { "hub.challenge": "" },
  ])("refuses %j", (change) => {
    expect(answer(change)).toBeNull();
  });

  it("does not know names with underscores", () => {
    const query = new URLSearchParams({
      hub_mode: "subscribe",
      hub_verify_token: "verify-me",
      hub_challenge: "1",
    });
    expect(answerHandshake("verify-me", query)).toBeNull();
  });
});
