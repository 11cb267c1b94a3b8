import type { Mirror } from "../types.ts";
import type { signature as vi } from "../vi/signature.ts";

export const signature = {
  title: "Signature",
  lead: "Stands below your words in every letter that you send. While you write one, you can look at it and leave it out.",
  label: "The signature",
  placeholder: "Name, title, telephone number",
  none: "Leave it empty to have no signature.",
  empty: "You have no signature yet",
  emptyBody: "Until you have one, your letters carry that of the mailbox, if it has one.",
  write: "Write a signature",
  edit: "Edit the signature",
  remove: "Remove the signature",
  removed: "Signature removed",
  account: "Signature",
  accountTitle: "Signature of {{name}}",
  accountLead: "For the letters of whoever has no signature of their own.",
} satisfies Mirror<typeof vi>;
