import { AddressKind, readAddress } from "@tongdai/shared";
import { accountsToBegin, type Known } from "../../state/accounts.ts";

export interface TypedAddress {
  readonly kind: AddressKind;
  readonly address: string;
}

/** What was typed, read as an address by which I may write first. */
export const addressesIn = (state: Known, typed: string): TypedAddress[] =>
  AddressKind.options.flatMap((kind) => {
    const address = readAddress(kind, typed);
    return address !== null && accountsToBegin(state, kind).length > 0 ? [{ kind, address }] : [];
  });
