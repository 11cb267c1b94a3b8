import { expect, test } from "vitest";
import { APP_ORIGIN } from "./origin.ts";
import { mayUse, type PermissionAsked } from "./permissions.ts";

const page = { requestingUrl: "app://tongdai/", isMainFrame: true, media: [] };
const may = (asked: Partial<PermissionAsked> & { permission: string }) =>
  mayUse({ ...page, ...asked }, APP_ORIGIN);

test("the headset and notifications, for our own page", () => {
  expect(may({ permission: "media", media: ["audio"] })).toBe(true);
  expect(may({ permission: "notifications" })).toBe(true);
});

test("the whole screen for the floor on a wall, for our own page", () => {
  expect(may({ permission: "fullscreen" })).toBe(true);
});

test("the camera is not part of the work", () => {
  expect(may({ permission: "media", media: ["video"] })).toBe(false);
  expect(may({ permission: "media", media: ["audio", "video"] })).toBe(false);
  expect(may({ permission: "media" })).toBe(false);
});

test("nobody else, not even a frame inside our page", () => {
  for (const permission of [
    "media",
    "notifications",
    "fullscreen",
    "clipboard-sanitized-write",
    "loopback-network",
  ]) {
    const media = ["audio"];
    expect(may({ permission, media, requestingUrl: "https://evil.test/" })).toBe(false);
    expect(may({ permission, media, requestingUrl: "app://tongdai.evil.test/" })).toBe(false);
    expect(may({ permission, media, requestingUrl: "about:srcdoc" })).toBe(false);
    expect(may({ permission, media, isMainFrame: false })).toBe(false);
  }
});

test.each([
  "geolocation",
  "display-capture",
  "clipboard-read",
  "openExternal",
  "fileSystem",
  "hid",
  "usb",
  "serial",
  "midi",
  "midiSysex",
  "pointerLock",
  "idle-detection",
  "window-management",
  "storage-access",
  "web-app-installation",
  "unknown",
  "a permission that is invented tomorrow",
])("%s is denied", (permission) => expect(may({ permission, media: ["audio"] })).toBe(false));
