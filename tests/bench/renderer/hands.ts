import { median } from "../lib/percentiles.ts";
import type { Bench } from "../parts/renderer.ts";
import { type Target, targets } from "../targets.ts";
import type { MeasuredPage } from "./chromium.ts";
import { frame, press, row } from "./moves.ts";
import { paints } from "./scroll.ts";

const message = '[id^="message-"]';
/** As fingers type it: the input method makes the marks. */
const words = "da em chao chi, don hang cua chi dang tren duong giao a ";

/** What an agent does all day with keys and mouse: each press until the next paint. @param colleague somebody with room for work */
export async function measureHands(bench: Bench, colleague: MeasuredPage): Promise<void> {
  const { page } = bench;
  await page.page.getByRole("listbox").focus();
  await opening(bench);
  await typing(bench);
  await looking(bench);
  await longest(bench);
  await offers(bench, colleague);
}

async function opening(bench: Bench): Promise<void> {
  const { page, report, quick } = bench;
  const times = quick ? 6 : 20;
  const walk = async (key: string, what: string, target: Target) => {
    const all: number[] = [];
    const told = await page.watch(async () => {
      for (let n = 0; n < times; n++) {
        all.push(await page.until(message, () => page.page.keyboard.press(key)));
        // Whoever reads a conversation rests on it; what is passed over quicker is not fetched.
        for (let frames = 0; frames < 12; frames += 2) await frame(page.page);
      }
    });
    paints(bench, what, { told, done: times });
    report.add({ what: "  until its messages are painted, p50", value: median(all), unit: "ms", target });
  };
  await walk("j", "j to a conversation not seen before", targets.openCold);
  await walk("k", "k to one seen before", targets.openCached);
  const clicked = await page.watch(async () => {
    for (let n = 0; n < 8; n++) {
      await page.page
        .locator(row)
        .nth(n % 8)
        .click();
      await frame(page.page);
    }
  });
  paints(bench, "click on a conversation", { told: clicked, done: 8 });
}

async function typing(bench: Bench): Promise<void> {
  const { page, centre, report } = bench;
  const composer = page.page.locator("textarea");
  await composer.focus();
  const keys = words.split("").map((letter) => (letter === " " ? "Space" : letter));
  const type = () => press(page.page, keys);
  const calm = await page.watch(type);
  paints(bench, "a letter in the composer", { told: calm, done: keys.length });
  const stop = centre.write();
  const busy = await page.watch(async () => {
    await type();
    await type();
  });
  const written = await stop();
  paints(bench, "a letter while 50 customers a second write", { told: busy, done: 2 * keys.length });
  report.note(`renderer: ${written} messages came in while typing`);
  await composer.fill("");
  await page.page.getByRole("listbox").focus();
}

async function looking(bench: Bench): Promise<void> {
  const { page } = bench;
  const names = [/Đang chờ/, /Đang mở|Mở/, /Tất cả/, /Của tôi/];
  const filters = await page.watch(async () => {
    for (let round = 0; round < 3; round++)
      for (const name of names) {
        await page.page.getByRole("tab", { name }).first().click();
        await frame(page.page);
        await page.page.locator(row).first().waitFor();
      }
  });
  paints(bench, "another filter", { told: filters, done: 12 });
  await page.page.getByRole("listbox").focus();
  const palette = await page.watch(async () => {
    for (let n = 0; n < 5; n++) {
      await press(page.page, ["Control+k"]);
      await page.page.getByRole("dialog").waitFor();
      await press(page.page, ["t", "i", "c", "Escape"]);
      await page.page.getByRole("dialog").waitFor({ state: "detached" });
    }
  });
  paints(bench, "the palette: opened, three letters, closed", { told: palette, done: 25 });
}

/** By its address, as a link or a search result does. */
async function longest({ page, centre, report }: Bench): Promise<void> {
  const { longest } = centre.bulk;
  const all: number[] = [];
  for (let n = 0; n < 3; n++) {
    await page.page.evaluate(`location.hash = "#/inbox"`);
    await page.page.locator(message).first().waitFor({ state: "detached" });
    const link = `
      const a = document.createElement("a"); a.id = "longest"; a.href = "#/inbox/${longest}"; a.textContent = "o";
      a.style = "position:fixed;inset:0 auto auto 0;z-index:99"; document.body.append(a)`;
    await page.page.evaluate(link);
    all.push(await page.until(message, () => page.page.locator("#longest").click()));
    await page.page.evaluate(`document.getElementById("longest").remove()`);
  }
  report.add({
    what: "open the longest conversation, first time",
    value: all[0] ?? Number.NaN,
    unit: "ms",
    target: targets.openLongest,
  });
  report.add({
    what: "  again",
    value: Math.max(...all.slice(1)),
    unit: "ms",
    target: targets.openCached,
  });
}

async function offers(bench: Bench, colleague: MeasuredPage): Promise<void> {
  const { page } = colleague;
  await page.bringToFront();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("san sang");
  await page.keyboard.press("Enter");
  const card = page.getByRole("region", { name: "Lời mời nhận việc" });
  await card.waitFor();
  const times = 4;
  const told = await colleague.watch(async () => {
    for (let n = 0; n < times; n++) {
      const name = await card.getByRole("heading").textContent();
      await press(page, ["a"]);
      await card.getByRole("heading", { name: name ?? "", exact: true }).waitFor({ state: "detached" });
      if (n + 1 < times) await card.waitFor();
    }
  });
  paints(bench, "a to accept an offer", { told, done: times });
  await colleague.close();
  await bench.page.page.bringToFront();
}
