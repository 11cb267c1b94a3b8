import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { personAt } from "../support/person.ts";
import { accessibilityFaults, picture } from "./support/browser.ts";
import { cutOff, isDrawn, looks, openAnew, pagesOf } from "./support/gallery.ts";
import { type Product, startProduct } from "./support/product.ts";

/** Where each screen is, and whose it is. The demo has told its stories, so none of them is empty. */
const screens = [
  { name: "inbox-all", user: "ha", hash: "#/inbox", open: "all" },
  { name: "conversation", user: "ha", hash: "#/inbox", open: "first" },
  { name: "conversation-closed", user: "ha", hash: "#/inbox", open: "second" },
  { name: "letter", user: "ha", hash: "#/inbox", open: "letter" },
  { name: "window-shut", user: "ha", hash: "#/inbox", open: "window-shut" },
  { name: "template", user: "ha", hash: "#/inbox", open: "template" },
  { name: "transfer", user: "ha", hash: "#/inbox", open: "transfer" },
  { name: "lightbox", user: "ha", hash: "#/inbox", open: "lightbox" },
  { name: "search", user: "ha", hash: "#/inbox", open: "search" },
  { name: "new-conversation", user: "ha", hash: "#/inbox", open: "new-conversation" },
  { name: "new-conversation-letter", user: "ha", hash: "#/inbox", open: "new-conversation-words" },
  { name: "inbox-order", user: "ha", hash: "#/inbox", open: "inbox-order" },
  { name: "tickets", user: "ha", hash: "#/tickets", open: "list" },
  { name: "ticket", user: "ha", hash: "#/tickets", open: "first-ticket" },
  { name: "new-ticket", user: "ha", hash: "#/tickets", open: "new-ticket" },
  { name: "customers", user: "ha", hash: "#/customers", open: "list" },
  { name: "customer", user: "ha", hash: "#/customers", open: "first-customer" },
  { name: "reports", user: "ha", hash: "#/reports", open: "report" },
  { name: "report-rows", user: "ha", hash: "#/reports", open: "report-rows" },
  { name: "shortcuts", user: "ha", hash: "#/inbox", open: "shortcuts" },
  { name: "palette", user: "ha", hash: "#/inbox", open: "palette" },
  { name: "canned-replies", user: "ha", hash: "#/settings/canned" },
  { name: "person-form", user: "admin", hash: "#/settings/people", open: "person" },
  { name: "queue-form", user: "admin", hash: "#/settings/queues", open: "edit" },
  { name: "role-form", user: "admin", hash: "#/settings/roles", open: "edit" },
  { name: "states-form", user: "admin", hash: "#/settings/states", open: "edit" },
  { name: "replay", user: "admin", hash: "#/settings/replay", open: "replay" },
  { name: "queue-hours", user: "admin", hash: "#/settings/queues", open: "queue-hours" },
  { name: "hours-form", user: "admin", hash: "#/settings/hours", open: "edit" },
  { name: "queue-wrap-up", user: "admin", hash: "#/settings/queues", open: "queue-wrap-up" },
  { name: "queue-waiting", user: "admin", hash: "#/settings/queues", open: "queue-waiting" },
  { name: "queue-finding", user: "admin", hash: "#/settings/queues", open: "queue-finding" },
  { name: "queue-rings", user: "admin", hash: "#/settings/queues", open: "queue-rings" },
  { name: "queue-priority", user: "admin", hash: "#/settings/queues", open: "queue-priority" },
  { name: "queue-help", user: "admin", hash: "#/settings/queues", open: "queue-help" },
  { name: "why-waiting", user: "ha", hash: "#/inbox", open: "why-waiting" },
  { name: "config-file", user: "admin", hash: "#/settings/file" },
  { name: "config-unfit", user: "admin", hash: "#/settings/file", open: "config-unfit" },
  { name: "webhook-form", user: "admin", hash: "#/settings/webhooks", open: "add" },
  { name: "webhook-tested", user: "admin", hash: "#/settings/webhooks", open: "webhook-tested" },
  { name: "webhook-log", user: "admin", hash: "#/settings/webhooks", open: "webhook-log" },
  { name: "team-form", user: "admin", hash: "#/settings/teams", open: "add" },
  { name: "skill-form", user: "admin", hash: "#/settings/skills", open: "edit" },
  { name: "canned-form", user: "ha", hash: "#/settings/canned", open: "add" },
  { name: "channel-trial", user: "admin", hash: "#/settings/channels", open: "channel-trial" },
  { name: "mailbox-form", user: "admin", hash: "#/settings/channels", open: "mailbox-form" },
  { name: "channel-form", user: "admin", hash: "#/settings/channels", open: "edit" },
  ...[
    "appearance",
    "notices",
    "sessions",
    "password",
    "channels",
    "people",
    "queues",
    "hours",
    "skills",
    "capacity",
    "teams",
    "roles",
    "states",
    "webhooks",
    "audit",
  ].map((section) => ({
    name: `settings-${section}`,
    user: "admin",
    hash: `#/settings/${section}`,
  })),
] as const satisfies readonly Screen[];

interface Screen {
  readonly name: string;
  readonly user: string;
  readonly hash: string;
  readonly open?: Part;
}

type Part =
  | "list"
  | "all"
  | "first"
  | "second"
  | "letter"
  | "window-shut"
  | "template"
  | "mailbox-form"
  | "transfer"
  | "new-conversation"
  | "new-conversation-words"
  | "inbox-order"
  | "lightbox"
  | "search"
  | "first-ticket"
  | "new-ticket"
  | "first-customer"
  | "report"
  | "report-rows"
  | "edit"
  | "add"
  | "config-unfit"
  | "webhook-tested"
  | "webhook-log"
  | "channel-trial"
  | "person"
  | "replay"
  | "queue-hours"
  | "queue-wrap-up"
  | "queue-waiting"
  | "queue-finding"
  | "queue-rings"
  | "queue-priority"
  | "queue-help"
  | "why-waiting"
  | "shortcuts"
  | "palette";

describe("every screen, photographed and without accessibility faults", () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
    // One who waits, so that there is open work with a picture in it.
    const customer = product.facebook.customer({ pageId: product.pageId, name: "Đỗ Hoàng Kim Ngân" });
    await customer.text("Chị xem giúp em bình này có bị nứt không ạ?");
    await customer.image();
    await makeSkills(product);
    await makeWebhook(product);
  });
  afterAll(() => product?.close());

  describe.each(looks)("$look", (look) => {
    const pageOf = pagesOf(
      () => product,
      look,
      screens.map((s) => s.user),
    );

    test.each(screens)("$name", async (screen: Screen) => {
      const page = pageOf(screen.user);
      await openAnew(page, product.url, screen);
      await openPart(page, screen.open);
      await isDrawn(page);
      await expect.poll(() => page.evaluate(picturesOnTheirWay)).toBe(0);
      await picture(page, `${look.look}-${screen.name}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
    });
  });
});

const picturesOnTheirWay = "[...document.images].filter((i) => !i.complete && i.loading !== 'lazy').length";

/** The demo has none: without them the rules of a queue have little to show. */
async function makeSkills({ url, password }: Product): Promise<void> {
  const admin = await personAt(url, { username: "admin", password });
  const lan = await personAt(url, { username: "lan", password });
  const ids: string[] = [];
  for (const name of ["Hoá đơn", "Bảo hành điện thoại", "Tiếng Anh"])
    ids.push((await admin.call("skill.save", { name })).skill.id);
  const skills = Object.fromEntries(ids.slice(0, 2).map((id) => [id, 4]));
  await admin.call("user.update", { userId: lan.userId, skills });
  lan.disconnect();
  admin.disconnect();
}

/** To a port where nobody listens. */
async function makeWebhook({ url, password }: Product): Promise<void> {
  const admin = await personAt(url, { username: "admin", password });
  await admin.call("webhook.save", {
    name: "Kho và giao hàng",
    url: "https://127.0.0.1:9/hook",
    events: ["ticket.created", "ticket.updated"],
  });
  admin.disconnect();
}

async function writeTo(page: Page, address: string): Promise<void> {
  await page.getByRole("button", { name: /Hội thoại mới|New conversation/ }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type(address);
  await page.getByRole("option", { name: /Nhắn tới|Write to/ }).waitFor();
}

async function openPart(page: Page, part: Part | undefined): Promise<void> {
  const rows = page.getByRole("option");
  const dialog = page.getByRole("dialog");
  switch (part) {
    case undefined:
      return;
    case "all":
      return openAll(page);
    case "first":
      await openAll(page);
      return rows.first().click();
    case "second":
      await openAll(page);
      return rows.nth(1).click();
    case "list":
      return rows.first().waitFor();
    case "first-ticket":
    case "first-customer":
      return rows.first().click();
    case "new-conversation":
      return writeTo(page, "0905 117 882");
    case "new-conversation-words":
      await writeTo(page, "0905 117 882");
      await page.keyboard.press("Enter");
      return dialog.getByRole("textbox", { name: /Nội dung|Message/ }).fill("Dạ đơn của chị đã tới ạ");
    case "inbox-order":
      await page.getByRole("tab", { name: /Đang mở|Open/ }).click();
      await page.getByRole("button", { name: /Bộ lọc|Filter/ }).click();
      return page.getByRole("menuitemcheckbox", { name: /Mới nhất|Newest/ }).waitFor();
    case "letter":
      await openAll(page);
      await rows.filter({ hasText: "Long Nguyen" }).click();
      return page.frameLocator("iframe").first().locator("img").waitFor();
    case "window-shut":
      await openAll(page);
      await rows.filter({ hasText: "Ok em, đẹp đấy" }).click();
      return page.getByRole("button", { name: /kênh khác|another channel/ }).waitFor();
    case "template":
      await openPart(page, "window-shut");
      await page.getByRole("button", { name: /^(Gửi tin mẫu|Send a template)$/ }).click();
      await dialog.getByRole("radio").first().click();
      return dialog.getByRole("textbox", { name: "customer_name" }).waitFor();
    case "mailbox-form":
      await page
        .getByRole("button", { name: /^(Kết nối|Connect)$/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: /hộp thư|mailbox/ }).click();
      return dialog.waitFor();
    case "transfer":
      await openAll(page);
      await rows.first().click();
      await page.getByRole("button", { name: /Chuyển|Transfer/ }).waitFor();
      await page.keyboard.press("x");
      return dialog.waitFor();
    case "lightbox":
      await openAll(page);
      await rows.first().click();
      await page.getByRole("button", { name: /Xem hình lớn|View larger/ }).click();
      await dialog.getByRole("img").waitFor();
      // A picture is looked at on a dark ground, whatever stands behind it.
      expect(
        await dialog.evaluate(
          (node) => node.ownerDocument.defaultView?.getComputedStyle(node).backgroundColor,
        ),
      ).toBe("rgba(0, 0, 0, 0.88)");
      return;
    case "search":
      await page.getByRole("search").getByRole("textbox").waitFor();
      await page.keyboard.press("/");
      await page.locator("input:focus").waitFor();
      await page.keyboard.type("don hang");
      return page.getByRole("navigation").locator("mark").first().waitFor();
    case "new-ticket":
      await rows.first().waitFor();
      await page.keyboard.press("t");
      return dialog.waitFor();
    case "report":
      return openReport(page);
    case "report-rows":
      await openReport(page);
      await page.getByRole("button", { name: /^(Đến|Offered), (Tổng|Total)/ }).click();
      return dialog.getByRole("row").nth(1).waitFor();
    case "edit":
      await page
        .getByRole("button", { name: /^(Sửa|Edit)/ })
        .first()
        .click();
      return dialog.waitFor();
    case "add":
      await page
        .getByRole("main")
        .getByRole("button", { name: /^(Thêm|Add)/ })
        .first()
        .click();
      return dialog.waitFor();
    case "config-unfit":
      return openFile(page);
    case "channel-trial":
      await page
        .getByRole("button", { name: /^(Thử|Try it)$/ })
        .first()
        .click();
      await page.getByText(/^(Đang đợi tin|Waiting for your)/).waitFor();
      return;
    case "webhook-tested":
      await page.getByRole("button", { name: /^(Gửi thử|Send a test)$/ }).click();
      return page.getByText(/^(Địa chỉ không được phép|The address is not allowed)/).waitFor();
    case "webhook-log":
      await page.getByRole("button", { name: /^(Nhật ký gửi|Delivery log)$/ }).click();
      return dialog.waitFor();
    case "person":
      await page.getByRole("option").first().click();
      return openPart(page, "edit");
    case "replay":
      await page.getByRole("button", { name: /^(Chạy lại|Run)$/ }).click();
      return page.getByRole("table").first().waitFor();
    case "queue-hours":
    case "queue-wrap-up":
    case "queue-waiting":
    case "queue-finding":
    case "queue-rings":
    case "queue-priority":
    case "queue-help":
      await openPart(page, "edit");
      return openQueuePart(page, part);
    case "why-waiting":
      await openAll(page);
      await rows.first().click();
      await page.getByRole("button", { name: /Vì sao đang chờ|Why it waits/ }).click();
      return dialog.getByRole("listitem").first().waitFor();
    case "shortcuts":
      await page.keyboard.press("?");
      return dialog.waitFor();
    case "palette":
      await page.keyboard.press("Control+k");
      return dialog.getByText(/Hộp thư|Inbox/, { exact: true }).waitFor();
  }
}

/** A file that is none of ours. */
async function openFile(page: Page): Promise<void> {
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "tongdai-config.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByText(/không phải tệp cấu hình|not a configuration file/).waitFor();
}

/** Each part as it looks when something stands in it. */
async function openQueuePart(page: Page, part: Part): Promise<void> {
  const dialog = page.getByRole("dialog");
  const press = (name: RegExp) => dialog.getByRole("button", { name }).first().click();
  const tabs = ["wrap-up", "hours", "finding", "rings", "priority", "help", "waiting"];
  await dialog
    .getByRole("tab")
    .nth(1 + tabs.indexOf(part.replace("queue-", "")))
    .click();
  if (part === "queue-rings") {
    await press(/phải có: Thêm kỹ năng|must have: Add skill/);
    await press(/Thêm vòng|Add ring/);
  } else if (part === "queue-priority") {
    await press(/Thêm thẻ|Add tag/);
    await dialog.getByRole("textbox", { name: /^(Thẻ|Tag)$/ }).fill("VIP");
    await press(/Thêm mốc|Add a mark/);
  } else if (part === "queue-help") {
    await press(/Thêm hàng chờ|Add queue/);
  }
}

async function openAll(page: Page): Promise<void> {
  await page.getByRole("tab").last().click();
  await page.getByRole("option").first().waitFor();
}

/** A month, by agent: every column there is. */
async function openReport(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: /Khoảng thời gian|Period/ }).click();
  await page.getByRole("option", { name: /30 ngày|30 days/ }).click();
  await page.getByRole("combobox", { name: /Xem theo|^By/ }).click();
  await page.getByRole("option", { name: /Tổng đài viên|Agent/ }).click();
  await page
    .getByRole("row", { name: /^(Tổng|Total) / })
    .last()
    .waitFor();
}
