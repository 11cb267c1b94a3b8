import { readFile } from "node:fs/promises";
import { addDays, dateOf } from "@tongdai/shared";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults, picture } from "./support/browser.ts";
import { isDrawn, looks, openAnew, pagesOf } from "./support/gallery.ts";
import { type Product, startProduct } from "./support/product.ts";

const care = "Chăm sóc khách hàng";
/** The demo tells of customers yesterday: how many came to customer care. */
const offered = new RegExp(`^(Đến|Offered), ${care}: (?<count>[1-9]\\d*)`);
const yesterday = () => addDays(dateOf(Date.now(), "Asia/Ho_Chi_Minh"), -1);

/** A supervisor reads yesterday's numbers and tries it with other people; each test goes on where the one before it ended. */
describe("a supervisor from a number to trying the day again in Chromium", () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.close());

  describe.each(looks)("$look", (look) => {
    const pageOf = pagesOf(() => product, look, ["ha"]);
    const press = (page: Page, name: RegExp) => page.getByRole("button", { name }).click();
    const choose = async (page: Page, field: RegExp, option: RegExp | string) => {
      await page.getByRole("combobox", { name: field }).click();
      await page.getByRole("option", { name: option }).click();
    };
    const shown = async (page: Page, name: string) => {
      await isDrawn(page);
      await picture(page, `${look.look}-story-${name}`);
      expect(await accessibilityFaults(page)).toEqual([]);
    };

    test("the rows behind a number of yesterday", async () => {
      const page = pageOf("ha");
      await openAnew(page, product.url, { name: "report-story", hash: "#/reports" });
      await choose(page, /Khoảng thời gian|Period/, /Hôm qua|Yesterday/);
      await page.getByRole("button", { name: offered }).waitFor();
      await shown(page, "report");
      await press(page, offered);
      const dialog = page.getByRole("dialog");
      await dialog
        .getByRole("row", { name: /Trần Quốc Minh/ })
        .first()
        .waitFor();
      await shown(page, "report-rows");
      await page.keyboard.press("Escape");
    });

    test("the facts as a table for a spreadsheet", async () => {
      const page = pageOf("ha");
      const download = page.waitForEvent("download");
      await press(page, /Tải CSV|Download CSV/);
      const file = await download;
      expect(file.suggestedFilename()).toBe(`tongdai-${yesterday()}-${yesterday()}.csv`);
      const rows = (await readFile(await file.path(), "utf8")).trim().split("\n");
      const told = offered.exec(
        (await page.getByRole("button", { name: offered }).getAttribute("aria-label")) ?? "",
      );
      expect(rows.filter((row) => row.includes(care))).toHaveLength(Number(told?.groups?.["count"]));
    });

    test("from the number to the day and its queue, run again with one more agent: both sides stand there", async () => {
      const page = pageOf("ha");
      await press(page, offered);
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /Chạy lại ngày này|Replay this day/ })
        .click();
      await expect.poll(() => page.getByLabel(/^(Ngày|Day)$/).inputValue()).toBe(yesterday());
      await press(page, /Thêm dòng người|Add/);
      await page
        .getByRole("combobox", { name: /Hàng chờ|Queue/ })
        .filter({ hasText: care })
        .waitFor();
      await press(page, /^(Chạy lại|Run)$/);
      const level = page.getByRole("row", { name: /^(Mức phục vụ|Service level)/ });
      await level.waitFor();
      const [recorded, replayed] = await level.getByRole("cell").allTextContents();
      expect(recorded).toMatch(look.language === "English" ? /^\d+\.\d%/ : /^\d+,\d%/);
      expect(replayed).toBe(recorded);
      await page.getByRole("rowheader", { name: care }).waitFor();
      await shown(page, "replay");
    });

    test("what somebody can do is tried from the keyboard, and the way leads back to the report", async () => {
      const page = pageOf("ha");
      await page.getByRole("combobox", { name: /Đổi kỹ năng|Change skills/ }).press("Enter");
      // The list takes the focus a moment after it is there.
      await page.locator("[role=option]:focus").waitFor();
      await page.keyboard.press("End");
      await page.locator("[role=option]:focus").filter({ hasText: "Trần Quốc Minh" }).waitFor();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: /Trần Quốc Minh/ });
      await dialog.getByLabel(/Hội thoại|Chats/).fill("6");
      await shown(page, "replay-person");
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "hidden" });
      await shown(page, "replay-people");
      await press(page, /Báo cáo ngày này|Report of this day/);
      await page.getByRole("button", { name: offered }).waitFor();
      await page
        .getByRole("combobox", { name: /Hàng chờ|Queue/ })
        .filter({ hasText: care })
        .waitFor();
    });
  });
});
