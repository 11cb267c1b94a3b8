import type { Signature } from "@tongdai/shared";
import type { Queryable } from "../../store/index.ts";
import type { SignatureRow } from "../../store/schema.ts";
import { accountSignatures, signatureOf } from "../../store/signatures.ts";

export const toSignature = ({ owner_id, ...rest }: SignatureRow): Signature => ({
  ownerId: owner_id,
  ...rest,
});

export const listAccountSignatures = async (q: Queryable): Promise<Signature[]> =>
  (await accountSignatures(q)).map(toSignature);

export async function ownSignature(q: Queryable, userId: string): Promise<Signature | null> {
  const row = await signatureOf(q, userId);
  return row ? toSignature(row) : null;
}
