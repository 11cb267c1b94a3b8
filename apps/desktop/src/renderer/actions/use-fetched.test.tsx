import { act, screen } from "@testing-library/react";
import { useCallback } from "react";
import { expect, test } from "vitest";
import { scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { ClientProvider } from "./react-client.ts";
import { useFetched } from "./use-fetched.ts";

interface Asked {
  readonly question: string;
  readonly answer: (text: string) => void;
}

function Probe({ question, asked }: { readonly question: string; readonly asked: Asked[] }) {
  const fetch = useCallback(
    () => new Promise<string>((answer) => asked.push({ question, answer })),
    [question, asked],
  );
  const { value, reload } = useFetched(fetch);
  return (
    <>
      <output>{value ?? "nothing"}</output>
      <button type="button" onClick={reload}>
        again
      </button>
    </>
  );
}

async function open() {
  const asked: Asked[] = [];
  const desk = await scripted({});
  const shown = show(desk, null);
  const newest = () => asked.at(-1) as Asked;
  const answer = (to: Asked, text: string) => act(async () => to.answer(text));
  const ask = (question: string) =>
    shown.rerender(
      <ClientProvider value={desk.client}>
        <Probe question={question} asked={asked} />
      </ClientProvider>,
    );
  ask("month");
  return { ...shown, ask, newest, answer, told: () => screen.getByRole("status").textContent };
}

test("an answer to an older question is not shown, whether it comes before or after the newer one's", async () => {
  const { newest, answer, told, user } = await open();
  const slow = newest();
  await answer(slow, "month");
  expect(told()).toBe("month");
  await user.click(screen.getByRole("button"));
  const again = newest();
  await user.click(screen.getByRole("button"));
  const last = newest();
  expect(new Set([slow, again, last]).size).toBe(3);
  await answer(last, "newer");
  await answer(again, "older");
  expect(told()).toBe("newer");
});

test("a question that was changed takes its answer along", async () => {
  const { ask, newest, answer, told } = await open();
  const month = newest();
  ask("today");
  const today = newest();
  expect(today.question).toBe("today");
  await answer(month, "month");
  expect(told()).toBe("nothing");
  await answer(today, "today");
  expect(told()).toBe("today");
});
