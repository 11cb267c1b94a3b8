import { screen } from "@testing-library/react";
import { AppError } from "@tongdai/shared";
import { expect, test } from "vitest";
import { lan } from "../../../../test/renderer/builders.ts";
import { desk } from "../../../../test/renderer/desk.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { LogIn } from "./index.ts";

const demo = {
  password: "tongdai-demo",
  users: [{ username: "lan", name: lan.name, roles: ["agent"] }],
};

test("a wrong password is said plainly and the box is ready for the next try", async () => {
  const refused = async () => {
    throw new AppError("bad_credentials", "no");
  };
  const { user } = show(await desk({ loggedOut: true, rest: { logIn: refused } }), <LogIn />);
  await user.type(screen.getByLabelText("Tên đăng nhập"), "lan");
  await user.type(screen.getByLabelText("Mật khẩu"), "sai{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Tên đăng nhập hoặc mật khẩu không đúng");
  expect(screen.getByLabelText("Mật khẩu")).toHaveFocus();
});

test("a demo's people are one press away", async () => {
  const asked: string[] = [];
  const logIn = async (username: string, password: string) => {
    asked.push(`${username} ${password}`);
    return lan;
  };
  const d = await desk({ loggedOut: true, rest: { demo: async () => demo, logIn } });
  const { user } = show(d, <LogIn />);
  await user.click(await screen.findByRole("button", { name: /Nguyễn Thị Lan/ }));
  expect(asked).toEqual(["lan tongdai-demo"]);
  expect(d.client.store.getState().session.me?.id).toBe(lan.id);
});

test("the language is chosen here already", async () => {
  const d = await desk({ loggedOut: true });
  const { user } = show(d, <LogIn />);
  await user.click(screen.getByRole("button", { name: "English" }));
  expect(d.client.store.getState().ui.preferences.language).toBe("en");
});

test("whoever was given a password sets one of their own before anything else", async () => {
  const asked: (string | undefined)[][] = [];
  const logIn = async (...given: [string, string, string?]) => {
    asked.push(given);
    if (given[2] === undefined) throw new AppError("password_change_required", "not yours");
    return lan;
  };
  const d = await desk({ loggedOut: true, rest: { logIn } });
  const { user } = show(d, <LogIn />);
  await user.type(screen.getByLabelText("Tên đăng nhập"), "lan");
  await user.type(screen.getByLabelText("Mật khẩu"), "duoc cho san{Enter}");
  expect(await screen.findByRole("heading", { name: "Đặt mật khẩu của bạn" })).toBeVisible();
  const [next, again] = [
    screen.getByLabelText("Mật khẩu mới"),
    screen.getByLabelText("Nhập lại mật khẩu mới"),
  ];
  expect(next).toHaveFocus();
  await user.type(next, "duoc cho san");
  await user.type(again, "duoc cho san{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Phải khác mật khẩu");
  await user.clear(next);
  await user.type(next, "cua rieng toi");
  await user.type(again, "{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("chưa giống nhau");
  expect(d.client.store.getState().session.me).toBeNull();
  await user.clear(again);
  await user.type(again, "cua rieng toi{Enter}");
  expect(asked).toEqual([
    ["lan", "duoc cho san", undefined],
    ["lan", "duoc cho san", "cua rieng toi"],
  ]);
  expect(d.client.store.getState().session.me?.id).toBe(lan.id);
});
