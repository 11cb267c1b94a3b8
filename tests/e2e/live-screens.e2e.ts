import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults, picture } from "./support/browser.ts";
import { type BusyDay, makeBusyDay } from "./support/busy-day.ts";
import { cutOff, isDrawn, looks, openAnew, pagesOf } from "./support/gallery.ts";
import { type Product, startProduct } from "./support/product.ts";

interface Screen {
  readonly name: string;
  readonly user: "lan" | "kien" | "ha" | "admin";
  readonly hash: (day: BusyDay) => string;
  readonly open?: (page: Page) => Promise<unknown>;
}

const wordOf = (page: Page, role: "button" | "menuitem" | "menuitemcheckbox" | "tab", name: RegExp) =>
  page.getByRole(role, { name }).first().click();
const dialogOf = (page: Page) => page.getByRole("dialog").waitFor();
const floor = (day: BusyDay) => `#/floor/${day.queueId}`;

/** The screens of work that goes on: what one finds there was made by a busy day. */
const screens: readonly Screen[] = [
  { name: "state-menu", user: "lan", hash: () => "#/inbox", open: openAway },
  { name: "my-day", user: "lan", hash: () => "#/inbox", open: openMyDay },
  { name: "sign-off", user: "lan", hash: () => "#/inbox", open: openSignOff },
  { name: "company-agent", user: "lan", hash: (d) => `#/inbox/${d.active}` },
  { name: "park", user: "lan", hash: (d) => `#/inbox/${d.active}`, open: (p) => byKey(p, "s") },
  { name: "parked", user: "lan", hash: (d) => `#/inbox/${d.parked}` },
  { name: "wrap-up", user: "lan", hash: (d) => `#/inbox/${d.wrappingUp}`, open: (p) => byKey(p, "e") },
  { name: "offer", user: "kien", hash: () => "#/inbox", open: openOffer },
  { name: "company-supervisor", user: "ha", hash: (d) => `#/inbox/${d.active}` },
  { name: "company-silent", user: "ha", hash: (d) => `#/inbox/${d.wrappingUp}` },
  { name: "floor", user: "ha", hash: floor, open: openFloor },
  { name: "floor-agent-day", user: "ha", hash: floor, open: openAgentDay },
  { name: "floor-thresholds", user: "ha", hash: floor, open: openThresholds },
  { name: "floor-definition", user: "ha", hash: floor, open: openDefinition },
  { name: "floor-notices", user: "ha", hash: floor, open: openNotices },
  { name: "alarm", user: "ha", hash: () => "#/tickets", open: openAlarm },
  { name: "floor-wall", user: "ha", hash: floor, open: openWall },
  { name: "report-teams", user: "ha", hash: () => "#/reports", open: openTeams },
  { name: "settings-states", user: "admin", hash: () => "#/settings/states" },
];

describe("the screens of a busy day, photographed and without accessibility faults", () => {
  let product: Product;
  let day: BusyDay;
  beforeAll(async () => {
    product = await startProduct();
    day = await makeBusyDay(product);
  });
  afterAll(async () => {
    day?.close();
    await product?.close();
  });

  describe.each(looks.slice(0, 3))("$look", (look) => {
    const pageOf = pagesOf(
      () => product,
      look,
      screens.map((s) => s.user),
    );

    test.each(screens)("$name", async (screen: Screen) => {
      const page = pageOf(screen.user);
      await openAnew(page, product.url, { name: screen.name, hash: screen.hash(day) });
      await page.locator("[aria-busy=true]").first().waitFor({ state: "hidden" });
      await screen.open?.(page);
      await isDrawn(page);
      await picture(page, `${look.look}-${screen.name}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      // Nothing stands beside the screen.
      expect(await page.evaluate(tooWide)).toBe(false);
    });
  });
});

const tooWide =
  "document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight";

async function byKey(page: Page, key: string): Promise<void> {
  await page.getByRole("listitem").first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press(key);
  await dialogOf(page);
}

async function openAway(page: Page): Promise<void> {
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("p");
  await wordOf(page, "menuitem", /^(Tạm vắng|Away)/);
  await page.getByRole("menuitemcheckbox", { name: /kho|warehouse/ }).waitFor();
}

async function openMyDay(page: Page): Promise<void> {
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("p");
  await wordOf(page, "menuitem", /Ngày làm việc của tôi|My day/);
  await page.getByRole("dialog").getByRole("listitem").first().waitFor();
}

async function openSignOff(page: Page): Promise<void> {
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("p");
  await wordOf(page, "menuitemcheckbox", /^(Ngoại tuyến|Offline)/);
  await page.getByRole("dialog").getByRole("listitem").first().waitFor();
}

async function openOffer(page: Page): Promise<void> {
  await page
    .getByRole("region", { name: /Lời mời nhận việc|Work offered/ })
    .getByRole("heading", { name: "Mai Thị Phương Thảo" })
    .waitFor();
}

async function openFloor(page: Page): Promise<void> {
  // Today's numbers come a moment after who waits now.
  await page.getByText(/^(Mức phục vụ|Service level): /).waitFor();
  await page.getByRole("listbox").nth(1).waitFor();
  // However long a reason is, the name stands beside it.
  await page.getByText("Trần Quốc Minh").waitFor();
  await page.getByRole("listbox").first().getByRole("option").first().waitFor();
}

async function openAgentDay(page: Page): Promise<void> {
  await openFloor(page);
  await page.getByRole("option", { name: /Hoàng Anh Thư/ }).click();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("listitem").first().waitFor();
}

async function openThresholds(page: Page): Promise<void> {
  await openFloor(page);
  await wordOf(page, "button", /(Ngưỡng của|Thresholds of) Chăm sóc/);
  await dialogOf(page);
}

async function openDefinition(page: Page): Promise<void> {
  await openFloor(page);
  await wordOf(page, "button", /Đổi cách tính mức phục vụ|service level/i);
  await dialogOf(page);
}

async function openNotices(page: Page): Promise<void> {
  await openFloor(page);
  await wordOf(page, "button", /^(Thông báo|Notices|Today's notices)/);
  await dialogOf(page);
}

async function openAlarm(page: Page): Promise<void> {
  await page.getByRole("region", { name: /Báo động của hàng chờ|Alarms of queues/ }).waitFor();
}

async function openWall(page: Page): Promise<void> {
  await openFloor(page);
  await page.keyboard.press("Shift+F");
  await page.getByRole("button", { name: /Thoát toàn màn hình|Leave full screen/ }).waitFor();
  // No bar to scroll with, and no queue below the edge.
  const last = await page.getByRole("row").last().boundingBox();
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
}

async function openTeams(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: /Khoảng thời gian|Period/ }).click();
  await page.getByRole("option", { name: /30 ngày|30 days/ }).click();
  await page.getByRole("combobox", { name: /Xem theo|^By/ }).click();
  await page.getByRole("option", { name: /^(Đội|Team)/ }).click();
  await page.getByRole("row").nth(1).waitFor();
}
