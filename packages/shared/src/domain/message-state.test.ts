import fc from "fast-check";
import { expect, test } from "vitest";
import { MessageState } from "../contract/conversations.ts";
import { advance } from "./message-state.ts";

const road = ["queued", "sending", "sent", "delivered", "read"] as const;
const outgoing = [...road, "unknown", "failed"] as const;
const heard = fc.array(fc.constantFrom(...outgoing), { maxLength: 12 });

test("what a provider says moves a message forward only, in whatever order and however often it is said", () => {
  fc.assert(
    fc.property(fc.constantFrom(...outgoing), heard, (start, said) => {
      let state: MessageState = start;
      const seen: MessageState[] = [state];
      for (const word of said) {
        const next = advance(state, word);
        expect(advance(next, word)).toBe(next);
        if (next !== state) {
          expect(seen).not.toContain(next);
          seen.push(next);
        }
        state = next;
      }
    }),
  );
});

test("the end does not depend on the order of receipts", () => {
  const receipts = fc.array(fc.constantFrom("sent", "delivered", "read"), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(receipts, (said) => {
      const end = (list: typeof said) => list.reduce<MessageState>((s, w) => advance(s, w), "sending");
      expect(end(said.toReversed())).toBe(end(said));
      expect(end(said)).toBe(road[Math.max(...said.map((w) => road.indexOf(w)))]);
    }),
  );
});

test("proof of arrival lifts failed and unknown; failure does not take arrival back", () => {
  for (const doubt of ["failed", "unknown"] as const)
    for (const proof of ["sent", "delivered", "read"] as const) {
      expect(advance(doubt, proof)).toBe(proof);
      expect(advance(proof, doubt)).toBe(proof);
    }
  expect(advance("failed", "unknown")).toBe("failed");
  expect(advance("unknown", "failed")).toBe("unknown");
});

test("what came in or was taken back is no outgoing message and stays", () => {
  for (const state of ["received", "removed"] as const)
    for (const word of outgoing) expect(advance(state, word)).toBe(state);
  expect(MessageState.options.toSorted()).toEqual([...outgoing, "received", "removed"].toSorted());
});
