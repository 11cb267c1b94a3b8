import { describe, expect, it } from "vitest";
import { parseBody } from "./parse.ts";
import { fixture } from "./testing/fixture.ts";

const PAGE = "100";
const POST = `${PAGE}_9`;
const said = {
  item: "comment",
  verb: "add",
  comment_id: "9_1",
  post_id: POST,
  parent_id: POST,
  from: { id: "61", name: "Mai" },
  message: "giá?",
  created_time: 1_700_000_000,
};
const changes = (...values: object[]) => ({
  object: "page",
  entry: [{ id: PAGE, time: 1_700_000_100_000, changes: values.map((value) => ({ field: "feed", value })) }],
});
const read = (value: object) => parseBody(changes(value))[0];
const event = (value: object) => read(value)?.event;

describe("comments of a page's feed", () => {
  it("reads a comment that stands by itself, and one that answers it", () => {
    expect(read(said)).toMatchObject({
      at: 1_700_000_000_000,
      event: {
        kind: "message",
        from: "61",
        senderName: "Mai",
        externalId: "9_1",
        text: "giá?",
        replyToExternalId: null,
        comment: { post: POST, thread: "9_1" },
      },
    });
    expect(event({ ...said, comment_id: "9_2", parent_id: "9_1" })).toMatchObject({
      replyToExternalId: "9_1",
      comment: { post: POST, thread: "9_1" },
    });
  });

  it("takes a parent that is any post of the page for no comment", () => {
    expect(event({ ...said, parent_id: `${PAGE}_77` })).toMatchObject({ comment: { thread: "9_1" } });
  });

  it("keeps one whose author is not told, as nobody else's", () => {
    const { from: _, ...unnamed } = said;
    expect(event(unnamed)).toMatchObject({ kind: "message", from: "comment:9_1" });
    expect(event(unnamed)).not.toHaveProperty("senderName");
    expect(parseBody(fixture("changes"))).toMatchObject([
      { event: { kind: "message", from: "comment:9_1", text: "giá bao nhiêu ạ" } },
    ]);
  });

  it("knows the author by the older names of the fields", () => {
    const { from: _, ...old } = said;
    expect(event({ ...old, sender_id: "61", sender_name: "Mai" })).toMatchObject({
      from: "61",
      senderName: "Mai",
    });
  });

  it("never takes the page's own comment for a customer's", () => {
    const own = { ...said, comment_id: "9_3", parent_id: "9_1", from: { id: PAGE, name: "Sen" } };
    expect(event(own)).toMatchObject({
      kind: "echo",
      ours: null,
      byContent: true,
      externalId: "9_3",
      comment: { thread: "9_1" },
    });
  });

  it("tells two edits apart by when they were told, and an edit from its comment", () => {
    const edited = { ...said, verb: "edited", message: "giá áo?" };
    expect(event(edited)).toMatchObject({ kind: "edited", text: "giá áo?", revision: 1_700_000_100_000 });
    expect(read(edited)?.key).not.toBe(read(said)?.key);
  });

  it.each([
    ["remove", { kind: "removed", externalId: "9_1" }],
    ["delete", { kind: "removed", externalId: "9_1" }],
    ["hide", { kind: "marked", mark: "hidden", on: true }],
    ["unhide", { kind: "marked", mark: "hidden", on: false }],
  ])("reads: %s", (verb, expected) => {
    expect(event({ ...said, verb })).toMatchObject(expected);
  });

  it("hides what the page's list of words has hidden at once", () => {
    expect(event({ ...said, is_hidden: true })).toMatchObject({ comment: { hidden: true } });
  });

  it("reads the page's own like only", () => {
    const like = { ...said, item: "reaction", reaction_type: "like", from: { id: PAGE } };
    expect(event(like)).toMatchObject({ kind: "marked", mark: "liked", on: true });
    expect(event({ ...like, verb: "remove" })).toMatchObject({ kind: "marked", on: false });
    expect(event({ ...like, from: { id: "61" } })).toMatchObject({ kind: "unsupported" });
    expect(event({ ...like, reaction_type: "angry" })).toMatchObject({ kind: "unsupported" });
  });

  it("reads pictures and films, and says where there is something that it cannot read", () => {
    const kinds = (value: object) => {
      const read = event(value);
      return read?.kind === "message" ? read.attachments.map((a) => a.kind) : [];
    };
    expect(kinds({ ...said, photo: "https://cdn.example/1.jpg" })).toEqual(["image"]);
    expect(kinds({ ...said, video: "https://cdn.example/1.mp4" })).toEqual(["video"]);
    expect(kinds({ ...said, photo: "javascript:alert(1)" })).toEqual([]);
    expect(kinds({ ...said, message: undefined })).toEqual(["unsupported"]);
  });

  it("reads a post that was changed or taken down, and leaves a new one alone", () => {
    const post = { item: "status", post_id: POST, from: { id: PAGE }, message: "Mới" };
    expect(event({ ...post, verb: "edited" })).toMatchObject({ kind: "post", externalId: POST, text: "Mới" });
    expect(event({ ...post, verb: "remove" })).toMatchObject({ kind: "post", externalId: POST, text: null });
    expect(event({ ...post, verb: "add" })).toMatchObject({ kind: "unsupported" });
  });

  it("keeps what it cannot read, and its neighbours live", () => {
    const odd = { ...said, comment_id: { secret: "bí mật" } };
    const items = parseBody(changes(odd, { item: "comment", verb: "add" }, said));
    expect(items.map((i) => i.event.kind)).toEqual(["unsupported", "unsupported", "message"]);
    expect(JSON.stringify(items)).not.toContain("bí mật");
  });
});
