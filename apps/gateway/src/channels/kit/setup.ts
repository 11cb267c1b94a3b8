import type { AccountField, ChannelWords } from "@tongdai/shared";

export const words = (vi: string, en: string): ChannelWords => ({ vi, en });

type Given = Pick<AccountField, "name" | "kind" | "label"> & Partial<AccountField>;

/** A field of a channel's form with what most have: required, without a choice, always shown. */
export const field = (given: Given): AccountField => ({
  required: true,
  hint: null,
  options: [],
  when: null,
  ...given,
});
