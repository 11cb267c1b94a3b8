/** Without what is mistaken for one another when it is read aloud or copied by hand. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Hard to guess. The alphabet has 31 letters: bytes above the last full round are thrown away, so that none is favoured. */
export function randomWord(length: number): string {
  const limit = 256 - (256 % letters.length);
  let word = "";
  while (word.length < length) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    for (const byte of bytes) if (byte < limit) word += letters.charAt(byte % letters.length);
  }
  return word.slice(0, length);
}
