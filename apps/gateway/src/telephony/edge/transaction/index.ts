/** Transactions of RFC 3261 17 with RFC 6026. Knows messages and flows; nothing of registrations, dialogs or calls. */
export type { ClientTransaction, ClientUser } from "./client-transaction.ts";
export { createOverload, type OverloadLimits } from "./overload.ts";
export { type Repetition, repeatSuccess } from "./repeat-success.ts";
export type { ServerTransaction } from "./server-transaction.ts";
export {
  createTransactions,
  type Stateless,
  type Transactions,
  type TransactionUser,
} from "./transactions.ts";
