import { act, screen } from "@testing-library/react";
import { AppError } from "@tongdai/shared";
import { expect, test, vi } from "vitest";
import { event, morning, page } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { useSelect } from "../../actions/react-client.ts";
import { Toaster } from "../../ui/toast.tsx";
import { ConnectAccount } from "./connect-account.tsx";

function Card({ starts }: { readonly starts: boolean }) {
  const account = useSelect((s) => s.people.accounts[page.id]);
  return (
    <>
      {account && <ConnectAccount account={account} starts={starts} />}
      <Toaster />
    </>
  );
}

async function open(script: Script, starts = false) {
  const desk = await scripted(script, { snapshot: { accounts: [page] } });
  return { ...desk, ...show(desk, <Card starts={starts} />) };
}

test("opens the vendor's page, and waits until the account is well since later", async () => {
  const opened = vi.spyOn(window, "open").mockReturnValue(null);
  const url = "https://vendor.example/permission?state=x";
  const { user, tell } = await open({ "channel_account.connect": () => ({ url }) });
  await user.click(screen.getByRole("button", { name: "Kết nối" }));
  expect(await screen.findByRole("button", { name: "Đang chờ cấp quyền" })).toBeVisible();
  expect(opened).toHaveBeenCalledWith(url, "_blank", "noopener,noreferrer");
  const heard = { ...page, health: { ...page.health, lastInboundAt: morning } };
  act(() => tell(event(9, "channel_account.changed", { account: heard })));
  expect(screen.getByRole("button", { name: "Đang chờ cấp quyền" })).toBeVisible();
  const account = { ...page, health: { ...page.health, since: page.health.since + 1 } };
  act(() => tell(event(10, "channel_account.changed", { account })));
  expect(await screen.findByRole("button", { name: "Kết nối" })).toBeVisible();
  opened.mockRestore();
});

test("says what to set where the vendor could send nobody back", async () => {
  const { user } = await open({
    "channel_account.connect": () => {
      throw new AppError("conflict", "not set", { reason: "no_public_url" });
    },
  });
  await user.click(screen.getByRole("button", { name: "Kết nối" }));
  expect(await screen.findByText(/TONGDAI_PUBLIC_URL/)).toBeVisible();
});

test("after a new account was saved its owner is asked at once, and once only", async () => {
  const opened = vi.spyOn(window, "open").mockReturnValue(null);
  const { tell, sent } = await open(
    { "channel_account.connect": () => ({ url: "https://vendor.example/permission" }) },
    true,
  );
  expect(await screen.findByRole("button", { name: "Đang chờ cấp quyền" })).toBeVisible();
  const heard = { ...page, health: { ...page.health, lastInboundAt: morning } };
  act(() => tell(event(9, "channel_account.changed", { account: heard })));
  expect(sent.filter(({ name }) => name === "channel_account.connect")).toHaveLength(1);
  expect(opened).toHaveBeenCalledOnce();
  opened.mockRestore();
});
