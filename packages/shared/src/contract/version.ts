/** Raised when a released client could no longer understand the gateway; the gateway refuses other numbers with `contract_mismatch`. */
export const CONTRACT_VERSION = 1;
