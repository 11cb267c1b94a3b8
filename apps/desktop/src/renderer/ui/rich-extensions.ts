import { Plugin } from "@tiptap/pm/state";
import { Extension } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { linkAddress } from "./link-address.ts";

/** What would make the text too long stays out; what shortens it never does. */
const upTo = (most: number) =>
  Extension.create({
    name: "upToTheLimit",
    addProseMirrorPlugins: () => [
      new Plugin({
        filterTransaction: (change, { doc }) =>
          !change.docChanged ||
          change.doc.content.size <= most ||
          change.doc.content.size <= doc.content.size,
      }),
    ],
  });

/**
 * Only what a letter needs: each thing more is one that some mail program shows otherwise.
 * @param most longer than this the gateway takes no text
 */
export const richExtensions = (most: number) => [
  StarterKit.configure({
    heading: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    trailingNode: false,
    dropcursor: false,
    gapcursor: false,
    link: {
      openOnClick: false,
      protocols: ["mailto", "tel"],
      isAllowedUri: (url) => linkAddress(url) !== null,
    },
  }),
  upTo(most),
];
