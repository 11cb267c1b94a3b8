import { createHmac, timingSafeEqual } from "node:crypto";

const MAC_LENGTH = 16;
/** Octets of a local part; servers refuse a longer one. Source: RFC 5321, 4.5.3.1.1. */
const LONGEST_LOCAL = 64;
const TOKEN = /^([0-9a-z]{25})([0-9a-z]{16})$/;

/** The 128 bits of a UUID in 25 letters and digits: local parts lose their case on the way. */
const shorten = (uuid: string): string =>
  BigInt(`0x${uuid.replaceAll("-", "")}`)
    .toString(36)
    .padStart(25, "0");

function lengthen(short: string): string {
  let value = 0n;
  for (const digit of short) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  const hex = value.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const mac = (key: string, mailbox: string, short: string): string =>
  BigInt(`0x${createHmac("sha256", key).update(`${mailbox} ${short}`).digest("hex")}`)
    .toString(36)
    .padStart(50, "0")
    .slice(-MAC_LENGTH);

/**
 * An address of the mailbox that names a conversation, so that an answer finds it whatever a client does to the headers:
 * support@sen.vn -> support+0f…@sen.vn. It cannot be guessed, nor used at another mailbox. Source: RFC 5233 (plus-addresses).
 * @param conversationId a UUID
 * @returns `null`: the mailbox's name leaves no room for it
 */
export function plusAddress(key: string, mailbox: string, conversationId: string): string | null {
  const [local, domain] = splitAddress(mailbox);
  const short = shorten(conversationId);
  const named = `${local}+${short}${mac(key, mailbox.toLowerCase(), short)}`;
  return Buffer.byteLength(named) <= LONGEST_LOCAL ? `${named}@${domain}` : null;
}

/** The conversation that an address names, or `null` for any address that we have not made for this mailbox. */
export function conversationIn(key: string, mailbox: string, address: string): string | null {
  const [local, domain] = splitAddress(address.trim().toLowerCase());
  const [name, own] = splitAddress(mailbox.toLowerCase());
  if (domain !== own || !local.startsWith(`${name}+`)) return null;
  const [, short, given] = TOKEN.exec(local.slice(name.length + 1)) ?? [];
  if (short === undefined || given === undefined) return null;
  const expected = mac(key, mailbox.toLowerCase(), short);
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected)) ? lengthen(short) : null;
}

function splitAddress(address: string): [string, string] {
  const at = address.lastIndexOf("@");
  return [address.slice(0, at), address.slice(at + 1)];
}
