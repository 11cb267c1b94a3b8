import { z } from "zod";
import { NewPassword, User } from "./people.ts";
import { Id } from "./scalars.ts";

/** `POST /api/v1/sessions`. A browser asks for a cookie, the desktop keeps the token itself. */
export const LogIn = z.strictObject({
  username: z.string().min(1).max(60),
  password: z.string().min(1).max(200),
  /** Takes the place of a password that somebody else has given; only with `password_change_required`. */
  newPassword: NewPassword.optional(),
  carry: z.enum(["cookie", "token"]).default("cookie"),
});

export const LoggedIn = z.object({ user: User, token: z.string().nullable() });
export type LoggedIn = z.infer<typeof LoggedIn>;

/** `POST /api/v1/media`, multipart, one part named `file`. */
export const Uploaded = z.object({
  mediaId: Id,
  kind: z.enum(["image", "video", "audio", "file"]),
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  thumbnail: z.boolean(),
});
export type Uploaded = z.infer<typeof Uploaded>;

/** `GET /api/v1/messages/:id/body?images=0|1`: the letter itself. */
export const LetterBody = z.object({
  /** Clean and complete: its pictures stand in it. What it quotes is marked by `data-quote`. `null`: it is not formatted. */
  html: z.string().nullable(),
  /** What its text quotes, where it is not formatted. */
  quoted: z.string(),
  /** Pictures that lie elsewhere and were not asked for: whoever keeps them would learn that the letter is read. */
  remote: z.number().int(),
});
export type LetterBody = z.infer<typeof LetterBody>;
