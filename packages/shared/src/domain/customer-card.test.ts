import fc from "fast-check";
import { expect, test } from "vitest";
import { type Card, mergedCard, spreadEdit } from "./customer-card.ts";

const word = fc.constantFrom("a", "b", "c", "constructor");
const card: fc.Arbitrary<Card> = fc.record({
  name: fc.constantFrom("Lan", "Minh", "#123456"),
  attributes: fc.dictionary(word, word),
  tags: fc.uniqueArray(word),
  ownerId: fc.option(word, { nil: null }),
});
const asSeen = (c: Card) => ({ ...c, tags: [...c.tags].sort() });

test("the oldest customer's word counts, and a placeholder is no name", () => {
  const old: Card = { name: "#123456", attributes: { city: "Huế" }, tags: ["VIP"], ownerId: null };
  const young: Card = {
    name: "Lan",
    attributes: { city: "Vinh", age: "30" },
    tags: ["VIP", "sỉ"],
    ownerId: "u",
  };
  expect(mergedCard([old, young])).toEqual({
    name: "Lan",
    attributes: { city: "Huế", age: "30" },
    tags: ["VIP", "sỉ"],
    ownerId: "u",
  });
});

test("a customer alone is shown as it is", () =>
  fc.assert(
    fc.property(card, (own) => {
      expect(mergedCard([own])).toEqual(own);
    }),
  ));

test("what is edited on the merged card is what the merged card then says", () =>
  fc.assert(
    fc.property(fc.array(card, { minLength: 1, maxLength: 4 }), card, (own, edited) => {
      fc.pre(!edited.name.startsWith("#"));
      expect(asSeen(mergedCard(spreadEdit(own, edited)))).toEqual(asSeen(edited));
    }),
  ));

test("an edit of one thing leaves what the others say of another", () => {
  const own: Card[] = [
    { name: "Lan", attributes: {}, tags: [], ownerId: null },
    { name: "Lan Nguyễn", attributes: { city: "Vinh" }, tags: ["sỉ"], ownerId: "u" },
  ];
  const [first, second] = spreadEdit(own, { ...mergedCard(own), name: "Chị Lan" });
  expect(first).toEqual({ ...own[0], name: "Chị Lan" });
  expect(second).toEqual(own[1]);
});
