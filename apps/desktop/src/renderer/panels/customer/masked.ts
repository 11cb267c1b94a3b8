/** The gateway writes `0901 *** 567` and `l***@gmail.com` for people who may not see addresses. */
export const isMasked = (value: string): boolean => value.includes("***");
