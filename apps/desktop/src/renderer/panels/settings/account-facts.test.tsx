import { screen } from "@testing-library/react";
import type { AccountBacklog, AccountFact } from "@tongdai/shared";
import { expect, test } from "vitest";
import { morning, page } from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { Banners } from "../../shell/banners.tsx";
import { AccountFacts, AlarmLine } from "./account-facts.tsx";

const DAY = 24 * 3_600_000;
const alarms = [{ kind: "expiry", level: "warning", at: morning + 12 * DAY }] as const;
const backlog: AccountBacklog = {
  accountId: page.id,
  lastInboundAt: null,
  toSend: 0,
  dueSince: null,
  failed: 0,
  unknown: 0,
  quarantined: null,
  facts: [
    { kind: "expiry", at: morning + 12 * DAY, renews: true },
    { kind: "quota", of: "templates", left: 480, total: 500, resetsAt: morning + DAY },
    { kind: "balance", amount: 150_000, currency: "VND" },
  ],
  factsAt: morning,
};
const withAlarm = (permissions: ("channels.manage" | "work")[]) =>
  scripted({}, { snapshot: { accounts: [{ ...page, alarms: [...alarms] }], permissions } });

test("a card says until when we may, how much is left, and what to do before it is over", async () => {
  const desk = await withAlarm(["channels.manage"]);
  show(
    desk,
    <>
      <dl>
        <AccountFacts backlog={backlog} />
      </dl>
      <AlarmLine alarm={alarms[0]} consent />
    </>,
  );
  expect(screen.getByText(/^đến 03.12.2026, còn .* · tự gia hạn/)).toBeVisible();
  expect(screen.getByText(/còn 480 trên 500/)).toBeVisible();
  expect(screen.getByText(/150\.000/)).toBeVisible();
  expect(screen.getByText(/Bấm Kết nối và chấp thuận lại/)).toBeVisible();
});

test("an alarm names what is low, and a card what is not allowed", async () => {
  const desk = await withAlarm(["channels.manage"]);
  const lacks: AccountFact = { kind: "permissions", missing: ["pages_messaging"], blocks: true };
  const room = { kind: "quota", of: "storage", left: 90e6, total: 1e9, resetsAt: null } as const;
  show(
    desk,
    <>
      <dl>
        <AccountFacts backlog={{ ...backlog, facts: [lacks, room] }} />
      </dl>
      <AlarmLine alarm={{ kind: "quota", level: "danger", at: null, of: "templates" }} consent />
    </>,
  );
  expect(screen.getByText("Hạn mức tin mẫu gần hết.")).toBeVisible();
  expect(screen.getByText("pages_messaging")).toBeVisible();
  expect(screen.getByText("còn 90 MB trên 1,0 GB")).toBeVisible();
});

test("whoever manages channels is told of an alarm wherever they are; an agent is not", async () => {
  const banner = /quyền đã cấp hết lúc/;
  const manager = show(await withAlarm(["channels.manage"]), <Banners />);
  expect(screen.getByText(banner)).toBeVisible();
  manager.unmount();
  show(await withAlarm(["work"]), <Banners />);
  expect(screen.queryByText(banner)).toBeNull();
});
