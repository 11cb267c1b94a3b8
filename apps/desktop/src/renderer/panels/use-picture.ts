import type { Customer } from "@tongdai/shared";
import { useMedia } from "../actions/react-client.ts";

/** The customer's face, where a channel gave one. */
export function usePicture(customer: Customer | null): string | undefined {
  const known = customer?.identities.find((identity) => identity.avatarMediaId !== null);
  const picture = useMedia(known?.avatarMediaId ?? null);
  return picture && picture !== "failed" ? picture : undefined;
}
