import type { Mirror } from "../types.ts";
import type { letter as vi } from "../vi/letter.ts";

export const letter = {
  copies: "Cc Bcc",
  cc: "Cc",
  bcc: "Bcc",
  removeRecipient: "Remove {{who}}",
  forwardPlaceholder: "Add a word, if you like",
  tool: {
    label: "Formatting",
    bold: "Bold",
    italic: "Italic",
    underline: "Underline",
    bullets: "Bulleted list",
    numbers: "Numbered list",
    quote: "Quote",
    link: "Link",
    clear: "Clear formatting",
  },
  link: {
    address: "Address of the link",
    set: "Set",
    remove: "Remove link",
    wrong: "This is not an address that can be opened",
  },
  quote: {
    label: "What is quoted",
    show: "Show what is quoted",
    hide: "Hide what is quoted",
    quoted: "With the letter that is answered",
    forwarded: "With the letter that is forwarded",
    leaveOut: "Leave this letter out",
    add: "Quote the letter that is answered",
  },
  signature: {
    label: "Signature",
    show: "Show the signature",
    hide: "Hide the signature",
    goes: "With the signature: {{first}}",
    leaveOut: "Leave the signature out",
    add: "Add the signature",
  },
  intro: {
    reply: "On {{date}}, {{who}} wrote:",
    forward: "Forwarded letter",
    date: "Date",
    us: "we",
  },
  held: {
    uploading: "Wait until the files are uploaded, then send",
    upload_failed: "A file could not be uploaded: retry or remove it, then send",
    no_recipient: "Add a recipient, then send",
    bad_address: "An address is not right: mend or remove it, then send",
    too_many_recipients: "Too many recipients for one letter",
  },
} satisfies Mirror<typeof vi>;
