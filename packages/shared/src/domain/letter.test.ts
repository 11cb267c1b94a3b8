import { describe, expect, test } from "vitest";
import { answerTo, answerToAll, readRecipients, type Written } from "./letter.ts";

const person = (address: string, name = "") => ({ name, address });
const [mai, hoa, an] = [person("mai@khach.vn", "Mai"), person("hoa@khach.vn"), person("an@khach.vn")];
const own = person("Support@Sen.test");
const letter = (change: Partial<Written["letter"]> = {}): Written => ({
  direction: "in",
  letter: { from: mai, to: [own], cc: [], replyTo: [], ...change },
});

describe("an answer", () => {
  test("goes to whoever wrote, or where they want it", () => {
    expect(answerTo(letter())).toEqual([mai]);
    expect(answerTo(letter({ replyTo: [hoa] }))).toEqual([hoa]);
  });

  test("to a letter of ours goes to whom that went", () => {
    expect(answerTo({ direction: "out", letter: { from: null, to: [hoa], cc: [], replyTo: [] } })).toEqual([
      hoa,
    ]);
  });

  test("to all names each once, in any writing of the address, and never ourselves", () => {
    const all = letter({
      to: [own, person("support+01abc@sen.test"), hoa],
      cc: [an, person("MAI@khach.vn"), person("support@sen.test")],
    });
    expect(answerToAll(all, "support@sen.test")).toEqual({ to: [mai, hoa], cc: [an] });
  });

  test("to all of somebody who writes to us from our own address still has a recipient", () => {
    expect(answerToAll(letter({ from: own }), "support@sen.test").to).toEqual([own]);
  });
});

test("recipients are read as people paste them; a comma in a quoted name parts nothing", () => {
  expect(readRecipients('"Trần, Mai" <mai@khach.vn>; hoa@khach.vn,\n an@khach.vn ,')).toEqual([
    person("mai@khach.vn", "Trần, Mai"),
    hoa,
    an,
  ]);
  expect(readRecipients("mai@")).toEqual([person("mai@")]);
  expect(readRecipients(" ; ")).toEqual([]);
});
